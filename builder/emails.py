"""Compiles an Email once for each version and language; everything that depends on the person is left as Jinja."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from builder import documents, mjml
from builder.blocks import Block
from builder.catalog import EmailSource
from builder.formats import html, text
from builder.markup import Element
from builder.mjml import Document
from builder.problems import BrokenTemplate, Problem, errors


@dataclass(frozen=True)
class CompiledEmail:
    """One Email in one language. `subject`, `html` and `text` are Jinja templates; `blocks` by name, in reading order."""

    source: EmailSource
    language: str
    subject: str
    html: str
    text: str
    blocks: Mapping[str, Block]
    document: Document


@lru_cache(maxsize=128)
def compile(source: EmailSource, language: str) -> CompiledEmail:  # noqa: A001
    """The email in one of its languages; cached, since equal sources have equal versions. Raises BrokenTemplate."""
    root = _root(source, language)
    subject, preheader = source.subject[language], source.preheader.get(language, "")
    document = mjml.compile(root, language, subject, preheader)
    blocks = {block.name: block for block in document.blocks.values()}
    return CompiledEmail(
        source=source,
        language=language,
        subject=subject,
        html=html.document(document),
        text=text.document(root, blocks),
        blocks=blocks,
        document=document,
    )


def _root(source: EmailSource, language: str) -> Element:
    tree = documents.read(source.body(language), language, source.files)
    if errors(tree.problems):
        raise BrokenTemplate(tree.problems)
    if tree.mjml is None:
        path, fix = source.body(language), "Write <mjml><mj-body> … </mj-body></mjml>."
        raise BrokenTemplate([Problem(path, 1, 1, "missing-mjml", "error", "There is no <mjml> in this file.", fix)])
    return tree.mjml
