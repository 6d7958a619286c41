"""File pairs: what an author writes (`.mjml`) and what becomes of it in each format.

A change of look is read in the diff of the pairs: `make golden` writes them anew.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from builder import documents, mjml, times
from builder.blocks import DECLARATIONS, Block
from builder.blocks.model import Style
from builder.eligibility import carried
from builder.formats import amp, calendar, card, gmail, html, kinetic, mailto, text
from builder.formats.amp import blocks as amp_blocks
from builder.formats.calendar import Meeting
from builder.formats.personalised_block import personalised
from builder.markup import Element, Source, parse
from builder.mime import Address

PAIRS = Path(__file__).parent / "pairs"
LANGUAGES = ("es", "en")
BASE = "https://acto.example.com"
CONTEXT: dict[str, Any] = {  # what the formats that are data are filled in with
    "person": {"first_name": "Ana"},
    "data": {
        "price": 20,
        "what": "tu caso",
        "slots": [{"start": "2026-12-03T10:00-05:00"}, {"start": "2026-07-03T10:00+02:00"}],
    },
    "known": {},
}
Draw = Callable[[Block], str]


def _lines(markup: str) -> str:
    return markup.replace("><", ">\n<")


def _card(block: Block) -> str:
    filled = personalised(block, CONTEXT)
    document = card.document([filled], {block.name: f"{BASE}/o/TOKEN"}, "ORIGINATOR", {})
    return json.dumps(document, ensure_ascii=False, indent=1)


def _gmail(block: Block) -> str:
    return json.dumps(
        json.loads(gmail.document(personalised(block, CONTEXT), BASE, "TOKEN")), ensure_ascii=False, indent=1
    )


def _mailto(block: Block) -> str:
    return unquote(mailto.link(personalised(block, CONTEXT), "r+TOKEN@in.example.com")).replace("\r\n", "\n")


BLOCKS: dict[str, Draw] = {  # how each format draws one block, by the suffix of its files
    ".html": lambda block: _lines(html.block(block)),
    ".txt": text.block,
    ".amp": lambda block: _lines(amp_blocks.render(block)),
    ".kinetic": lambda block: _lines(kinetic.block(block)),
    ".card.json": _card,
    ".gmail.json": _gmail,
    ".mailto": _mailto,
}
CARRIED = {".kinetic": "kinetic", ".card.json": "card", ".gmail.json": "gmail", ".mailto": "mailto"}
EMAILS: dict[str, Callable[[mjml.Document, Element], str]] = {
    ".html": lambda compiled, root: html.document(compiled).rstrip() + "\n",
    ".txt": lambda compiled, root: text.document(root, {block.name: block for block in compiled.blocks.values()}),
    ".amp": lambda compiled, root: amp.document(compiled).template.rstrip() + "\n",
}


def cases() -> list[Path]:
    """Every source file. One that begins with <mjml is a whole email, any other is one block."""
    return sorted(PAIRS.glob("*.mjml"))


def pairs() -> list[tuple[Path, str]]:
    """Every source with the suffix of each format that can carry it."""
    return [(case, suffix) for case in cases() for suffix in (EMAILS if _is_email(case) else _suffixes(case))]


def render(case: Path, suffix: str) -> str:
    """What the case becomes in a format, Jinja still in it where the format is a template."""
    return _email(case, suffix) if _is_email(case) else _block(case, suffix)


def kinds() -> set[str]:
    """The kinds of block that have a case."""
    return {_built(case, "es").kind for case in cases() if not _is_email(case)}


def invitation() -> str:
    """The one invitation: everything in it is the same for every email that has one."""
    start = times.read("2026-07-03T10:00+02:00")
    assert start
    meeting = Meeting("TOKEN@example.com", "Taller: costes, ventas; y más", start, 90, "Calle 70A # 7-41, Bogotá")
    return calendar.document(meeting, Address("Brújula", "hola@example.com"), Address("Ana Díaz", "ana@example.com"), 0)


def _suffixes(case: Path) -> list[str]:
    kind = _built(case, "es").kind
    block = _built(case, "es")
    able = [suffix for suffix in BLOCKS if kind in carried(CARRIED.get(suffix, "html"))]
    return [suffix for suffix in able if suffix != ".kinetic" or kinetic.reveals(block)]


def _is_email(case: Path) -> bool:
    return case.read_text(encoding="utf-8").startswith("<mjml")


def _block(case: Path, suffix: str) -> str:
    return "\n\n".join(BLOCKS[suffix](_built(case, language)) for language in LANGUAGES) + "\n"


def _email(case: Path, suffix: str) -> str:
    root = documents.read("body.mjml", "es", {"body.mjml": case.read_text(encoding="utf-8")}).mjml
    assert root, "an email begins with <mjml>"
    return EMAILS[suffix](mjml.compile(root, "es", "Hola {{ person.first_name }}", "Un minuto."), root)


def _built(case: Path, language: str) -> Block:
    nodes, problems = parse(Source("block.mjml", case.read_text(encoding="utf-8")))
    element = next(node for node in nodes if isinstance(node, Element))
    assert not problems
    return DECLARATIONS[element.tag].build(element, Style(), language)
