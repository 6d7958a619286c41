"""File pairs: what an author writes (`.mjml`) and what becomes of it in each format (`.html`, `.txt`).

A change of look is read in the diff of the pairs: `make golden` writes them anew.
"""

from collections.abc import Callable
from pathlib import Path

from builder import documents, mjml
from builder.blocks import DECLARATIONS, Block
from builder.formats import html, text
from builder.markup import Element, Source, parse

PAIRS = Path(__file__).parent / "pairs"
FORMATS = (".html", ".txt")
LANGUAGES = ("es", "en")


def cases() -> list[Path]:
    """Every source file. One that begins with <mjml is a whole email, any other is one block."""
    return sorted(PAIRS.glob("*.mjml"))


def render(case: Path, suffix: str) -> str:
    """What the case becomes in a format, Jinja still in it."""
    source = case.read_text(encoding="utf-8")
    return _email(source, suffix) if source.startswith("<mjml") else _block(source, suffix)


def kinds() -> set[str]:
    """The kinds of block that have a case."""
    return {block.kind for case in cases() if not case.name.startswith("email") for block in [_built(case, "es")]}


def _block(source: str, suffix: str) -> str:
    draw: Callable[[Block], str] = html.block if suffix == ".html" else text.block
    blocks = [_build(source, language) for language in LANGUAGES]
    return "\n\n".join(draw(block).replace("><", ">\n<") for block in blocks) + "\n"


def _email(source: str, suffix: str) -> str:
    root = documents.read("body.mjml", "es", {"body.mjml": source}).mjml
    assert root, "an email begins with <mjml>"
    compiled = mjml.compile(root, "es", "Hola {{ person.first_name }}", "Un minuto.")
    if suffix == ".html":
        return html.document(compiled).rstrip() + "\n"
    return text.document(root, {block.name: block for block in compiled.blocks.values()})


def _built(case: Path, language: str) -> Block:
    return _build(case.read_text(encoding="utf-8"), language)


def _build(source: str, language: str) -> Block:
    nodes, problems = parse(Source("block.mjml", source))
    element = next(node for node in nodes if isinstance(node, Element))
    assert not problems
    return DECLARATIONS[element.tag].build(element, mjml.Style(), language)
