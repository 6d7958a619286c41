"""Finds the pieces of Jinja in a text, so that other code can change the rest and leave them alone.

MJML is structure and is compiled once; Jinja depends on the person and is rendered for each message. Both share one file, so
every reader of a template separates them first.
"""

import html
import html.entities
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FILLER = "\ue000"  # replaces one character of Jinja in a shadow; of private use, so that no text has it

_OPENER = re.compile(r"\{\{|\{%|\{#")
_STRING = re.compile(r"""\"[^"\\]*+(?:\\.[^"\\]*+)*"|'[^'\\]*+(?:\\.[^'\\]*+)*'""", re.DOTALL)  # may hold the end mark
_CLOSERS = {  # opener: the kind of its span, and a pattern for its next event: its end, or the quote of a string
    "{{": ("expression", re.compile(r"\}\}|[\"']")),
    "{%": ("statement", re.compile(r"%\}|[\"']")),
    "{#": ("comment", re.compile(r"#\}")),
}
_KEYWORD = re.compile(r"\{%[-+]?\s*([A-Za-z_]+)")
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|(?P<name>[A-Za-z][A-Za-z0-9]*+);?)")
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_RAW_END = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")


@dataclass(frozen=True)
class Span:
    """One piece of Jinja: its offsets in the text, and its kind: expression, statement, comment or raw."""

    start: int
    end: int
    kind: str


def scan(text: str) -> tuple[list[Span], int | None]:
    """Find every closed piece of Jinja, and the offset of the first that never closes (None if all close). Linear in the text."""
    found: list[Span] = []
    at = 0
    while opener := _OPENER.search(text, at):
        kind, closer = _CLOSERS[opener.group()]
        end = _end(text, opener.end(), closer)
        if end is not None and _RAW.match(text, opener.start()):
            ending = _RAW_END.search(text, end)
            kind, end = "raw", ending.end() if ending else None
        if end is None:
            return found, opener.start()
        at = end
        found.append(Span(opener.start(), at, kind))
    return found, None


def _end(text: str, at: int, closer: re.Pattern[str]) -> int | None:
    """Returns the offset behind the closing mark, or None if it is missing or a string before it never ends.

    A loop and not one pattern, because a possessive quantifier over a group matches wrongly before CPython 3.11.5 (gh-106052) and a
    plain one backtracks.
    """
    while found := closer.search(text, at):
        if found.group() not in "\"'":
            return found.end()
        string = _STRING.match(text, found.start())
        if string is None:
            return None
        at = string.end()
    return None


def spans(text: str) -> list[Span]:
    """Find every closed piece of Jinja, up to the first that never closes."""
    return scan(text)[0]


def shadow(text: str, of: list[Span]) -> str:
    """Replace every character of Jinja by FILLER: same length, same lines."""
    pieces, at = [], 0
    for span in of:
        pieces.append(text[at : span.start])
        pieces.append(re.sub(r"[^\n]", FILLER, text[span.start : span.end]))
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)


def split(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the text in order as (is it Jinja, piece); the pieces joined give the text."""
    at = 0
    for span in spans(text):
        if span.start > at:
            yield False, text[at : span.start]
        yield True, text[span.start : span.end]
        at = span.end
    if at < len(text):
        yield False, text[at:]


def outside(text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to everything that is not Jinja."""
    return "".join(piece if is_jinja else change(piece) for is_jinja, piece in split(text))


def keyword(piece: str) -> str:
    """Return the first word of a statement; empty for an expression."""
    word = _KEYWORD.match(piece)
    return word[1] if word else ""


def masked(text: str, change: Callable[[str], str]) -> str:
    """Apply `change` to every piece of Jinja."""
    return "".join(change(piece) if is_jinja else piece for is_jinja, piece in split(text))


def literal(text: str) -> str:
    """Write plain text as a Jinja template that prints it: characters that look like Jinja are printed, not run."""
    return _OPENER.sub(lambda found: "{{ '" + found.group() + "' }}", text)


def decoded(markup: str) -> str:
    """Decode markup text into a plain-text template: entities outside Jinja become their characters and never become Jinja."""
    return outside(markup, lambda piece: literal(html.unescape(piece)))


def decoded_value(value: str) -> str:
    """Decode an attribute's source into a plain-text template: as `decoded`, but `&copy=` in an address stays as it is."""
    return outside(value, lambda piece: literal(unescaped_value(piece)))


def unescaped_value(value: str) -> str:
    """Decode an attribute as a browser does: an entity without a semicolon before a letter, a digit or = is none (HTML 13.2.5.73)."""
    return _ENTITY.sub(_entity, value)


def _entity(found: re.Match[str]) -> str:
    name, closed = found["name"], found[0].endswith(";")
    if name and (f"{name};" if closed else name) not in html.entities.html5:
        return found[0]
    if name and not closed and found.string[found.end() : found.end() + 1] == "=":
        return found[0]
    return html.unescape(found[0])


def escaped(template: str) -> str:
    """Write a plain-text template as an HTML template, escaped outside Jinja for text and quoted attributes."""
    return outside(template, lambda piece: html.escape(piece, quote=True))
