"""Compiles an email once for each version and language; personal data stays in it as Jinja."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from builder import brand, documents, mjml
from builder.blocks import Block
from builder.catalog import EmailSource
from builder.eligibility import Facts
from builder.formats import amp, html, kinetic, text
from builder.formats.amp import Loss
from builder.markup import Element
from builder.mjml import Document
from builder.problems import BrokenTemplate, Problem, errors


@dataclass(frozen=True)
class CompiledEmail:
    """One email in one language. `subject`, `html` and the like are Jinja templates; `blocks` by name, in reading order.

    `kinetic` is the html part that also reveals choices if a client can; `amp` is empty if the email cannot be AMP. `facts` are
    the rules' facts that depend on the email alone; `reads_known` says that the email depends on earlier answers.
    """

    source: EmailSource
    language: str
    subject: str
    html: str
    kinetic: str
    amp: str
    amp_losses: tuple[Loss, ...]
    text: str
    blocks: Mapping[str, Block]
    document: Document
    facts: Facts
    reads_known: bool

    @cached_property
    def exclusive(self) -> frozenset[str]:
        """The names of the questions that take one option only."""
        return frozenset(name for name, block in self.blocks.items() if not block.many and not block.limit)

    def html_with(self, kinetic: bool) -> str:
        """Return the html part, kinetic or plain."""
        return self.kinetic if kinetic else self.html


@lru_cache(maxsize=128)
def compile(source: EmailSource, language: str) -> CompiledEmail:  # noqa: A001
    """Compile the email in one of its languages. Cached, because equal sources have equal versions. Raises BrokenTemplate."""
    root = _root(source, language)
    subject, preheader = source.subject[language], source.preheader.get(language, "")
    document = mjml.compile(root, language, subject, preheader)
    blocks = {block.name: block for block in document.blocks.values()}
    plain, amp_document = html.document(document), amp.document(document)
    return CompiledEmail(
        source=source,
        language=language,
        subject=subject,
        html=plain,
        kinetic=kinetic.document(document, choices="kinetic" in source.formats_on),
        amp=amp_document.template,
        amp_losses=amp_document.losses,
        text=text.document(root, blocks),
        blocks=blocks,
        document=document,
        facts=_facts(source, blocks, plain, amp_document.template),
        reads_known="known" in plain or any(block.when for block in blocks.values()),
    )


def _facts(source: EmailSource, blocks: Mapping[str, Block], plain: str, amp_template: str) -> Facts:
    return Facts(
        mail_class=source.mail_class,
        kinds=frozenset(block.kind for block in blocks.values()),
        off=source.formats_off,
        kinetic_choices="kinetic" in source.formats_on,
        html_bytes=len(plain.encode("utf-8", "replace")),
        amp_bytes=len(amp_template.encode("utf-8", "replace")),
        amp_losses=not amp_template,
        invitation=source.invitation is not None,
    )


def _root(source: EmailSource, language: str) -> Element:
    tree = documents.read(source.body(language), language, brand.filled(source.files, language))
    if errors(tree.problems):
        raise BrokenTemplate(tree.problems)
    if tree.mjml is None:
        path, fix = source.body(language), "Write <mjml><mj-body> … </mj-body></mjml>."
        raise BrokenTemplate([Problem(path, 1, 1, "missing-mjml", "error", "There is no <mjml> in this file.", fix)])
    return tree.mjml
