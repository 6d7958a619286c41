"""Where Jinja stands in a text, so that everything else can leave it alone.

MJML is structure and is compiled once; Jinja is the person and is rendered for each message. Both live in one file, so
the first step of everything is to know which characters are whose.
"""

import html
import html.entities
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

FILLER = "\ue000"  # stands for one character of Jinja in a shadow; private use, so it is no one's text

_OPENER = re.compile(r"\{\{|\{%|\{#")
_STRING = re.compile(r"""\"[^"\\]*+(?:\\.[^"\\]*+)*"|'[^'\\]*+(?:\\.[^'\\]*+)*'""", re.DOTALL)  # may hold the end mark
_CLOSERS = {  # the kind of span an opener begins, and what may come next in it: its end, or the quote of a string
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
    """One piece of Jinja: offsets into its text, and whether it is an expression, a statement, a comment or raw."""

    start: int
    end: int
    kind: str


def scan(text: str) -> tuple[list[Span], int | None]:
    """Every closed piece of Jinja, and where the first stands that never closes. Linear in the text, whatever it holds."""
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
    """Every closed piece of Jinja, up to the first that never closes."""
    return scan(text)[0]


def shadow(text: str, of: list[Span]) -> str:
    """The text with every character of Jinja replaced by FILLER: same length, same lines, no Jinja."""
    pieces, at = [], 0
    for span in of:
        pieces.append(text[at : span.start])
        pieces.append(re.sub(r"[^\n]", FILLER, text[span.start : span.end]))
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)


def split(text: str) -> Iterator[tuple[bool, str]]:
    """The text as (is it Jinja, piece), in order; the pieces joined give the text."""
    at = 0
    for span in spans(text):
        if span.start > at:
            yield False, text[at : span.start]
        yield True, text[span.start : span.end]
        at = span.end
    if at < len(text):
        yield False, text[at:]


def outside(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` done to everything that is not Jinja."""
    return "".join(piece if is_jinja else change(piece) for is_jinja, piece in split(text))


def keyword(piece: str) -> str:
    """The word a statement begins with; empty for an expression."""
    word = _KEYWORD.match(piece)
    return word[1] if word else ""


def masked(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` done to every piece of Jinja."""
    return "".join(change(piece) if is_jinja else piece for is_jinja, piece in split(text))


def literal(text: str) -> str:
    """Plain text as a Jinja template that prints it: what looks like Jinja in it is printed, not run."""
    return _OPENER.sub(lambda found: "{{ '" + found.group() + "' }}", text)


def decoded(markup: str) -> str:
    """Markup text as a plain-text template: entities outside Jinja become their characters and never become Jinja."""
    return outside(markup, lambda piece: literal(html.unescape(piece)))


def decoded_value(value: str) -> str:
    """An attribute's source as a plain-text template: as `decoded`, and `&copy=` of an address stays as it is."""
    return outside(value, lambda piece: literal(unescaped_value(piece)))


def unescaped_value(value: str) -> str:
    """What a browser reads of an attribute: an entity without a semicolon before a letter, a digit or = is none (HTML 13.2.5.73)."""
    return _ENTITY.sub(_entity, value)


def _entity(found: re.Match[str]) -> str:
    name, closed = found["name"], found[0].endswith(";")
    if name and (f"{name};" if closed else name) not in html.entities.html5:
        return found[0]
    if name and not closed and found.string[found.end() : found.end() + 1] == "=":
        return found[0]
    return html.unescape(found[0])


def escaped(template: str) -> str:
    """A plain-text template as an HTML template: what is outside Jinja is escaped for text and quoted attributes."""
    return outside(template, lambda piece: html.escape(piece, quote=True))
