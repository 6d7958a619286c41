"""Extracts the words of a body in reading order: its texts, buttons, images and blocks, as lines without markup."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builder.jinja import FILLER as VALUE
from builder.jinja import unescaped_value
from builder.nodes import Attribute, Element, Text
from builder.tags import CONTENT_TAGS

LOOPED = 3  # the number of turns that a for loop counts for
_IMAGES = frozenset({"mj-image", "mj-carousel-image"})
_SECTIONS = frozenset({"mj-section", "mj-hero"})
_BUTTONS = frozenset({"mj-button", "mj-navbar-link", "mj-social-element"})
_SILENT = frozenset({"mj-head", "mj-title", "mj-preview", "mj-style", "style", "script", "template"})
_INLINE_TAGS = """
    a abbr b bdi bdo big cite code data del dfn em font i img ins kbd mark q s samp small span strike strong sub sup td th
    time tt u var wbr
"""
_INLINE = frozenset(_INLINE_TAGS.split())

Kind = Literal["text", "button", "image", "block"]


@dataclass(frozen=True)
class Line:
    """One paragraph, row or label. In `said`, each {{ … }} is one VALUE; `words` counts words in a loop LOOPED times."""

    said: str
    words: int


@dataclass(frozen=True)
class Piece:
    """One text, button, image or block. `shared` is true if it stands in a partial and not in the email's own body."""

    element: Element
    kind: Kind
    lines: tuple[Line, ...]
    shared: bool
    section: Element | None = None

    @property
    def text(self) -> str:
        """The lines joined by line breaks."""
        return "\n".join(line.said for line in self.lines)

    @property
    def words(self) -> int:
        """The number of words."""
        return sum(line.words for line in self.lines)


def read(nodes: Sequence[Element | Text], home: str) -> list[Piece]:
    """List all pieces of a body; `home` is the path of its own file."""
    reader = _Reader(home)
    reader.read(nodes)
    return reader.pieces


def plain(element: Element) -> str:
    """Return the words of one tag as one line."""
    reader = _Reader(element.source.path)
    reader.inside(element.children)
    return spaced(" ".join(line.said for line in reader.lines()))


def reading_text(text: Text | Attribute) -> str:
    """Return a text or a value as read: entities decoded, comments and conditions removed, each {{ … }} one VALUE."""
    start, end = (text.start, text.end) if isinstance(text, Text) else _within(text)
    if isinstance(text, Text) and text.is_comment:
        return ""
    read = html.unescape if isinstance(text, Text) else unescaped_value
    pieces, at = [], start
    for span in text.spans:
        pieces.append(read(text.source.text[at : span.start]))
        pieces.append(VALUE if span.kind == "expression" else "")
        at = span.end
    return "".join((*pieces, read(text.source.text[at:end])))


def spaced(text: str) -> str:
    """Fold white space to single spaces."""
    return " ".join(text.split())


def _within(attribute: Attribute) -> tuple[int, int]:
    return attribute.value_start, attribute.value_start + len(attribute.value)


class _Reader:
    def __init__(self, home: str) -> None:
        self.home, self.loops = home, 0
        self.pieces: list[Piece] = []
        self.section: Element | None = None
        self._lines: list[list[tuple[str, int]]] = [[]]

    def read(self, nodes: Sequence[Element | Text]) -> None:
        for node in nodes:
            if isinstance(node, Text):
                self._count(node)
            elif node.tag.startswith("ac-"):
                self._piece(node, "block", _asked(node))
            elif node.tag in _IMAGES:
                self._piece(node, "image", [_value(node, "alt")])
            elif node.tag in CONTENT_TAGS and node.tag not in _SILENT:
                self._lines = [[]]
                self.inside(node.children)
                self._piece(node, "button" if node.tag in _BUTTONS else "text", [])
            elif node.tag not in _SILENT:
                self.section = node if node.tag in _SECTIONS else self.section
                self.read(node.children)

    def inside(self, nodes: Sequence[Element | Text]) -> None:
        """Collect the lines of a tag that shows text."""
        for node in nodes:
            if isinstance(node, Text):
                self._count(node)
                self._lines[-1].append((reading_text(node), LOOPED if self.loops else 1))
            elif node.tag not in _SILENT:
                self._break(node.tag)
                if node.tag == "img":
                    self._lines[-1].append((f" {_value(node, 'alt')} ", 1))
                self.inside(node.children)
                self._break(node.tag)

    def lines(self) -> tuple[Line, ...]:
        return tuple(line for line in map(_line, filter(None, self._lines)) if line.said)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            if self._lines[-1]:
                self._lines.append([])
        elif tag in ("td", "th"):
            self._lines[-1].append((" ", 1))

    def _piece(self, element: Element, kind: Kind, texts: list[str]) -> None:
        if texts:
            self._lines = [[(text, 1)] for text in texts]
        self.pieces.append(Piece(element, kind, self.lines(), element.source.path != self.home, self.section))

    def _count(self, text: Text) -> None:
        """Count the open loops. Document order suffices, because a loop closes in the tag that opened it."""
        for span in text.spans if not text.is_comment else ():
            if span.kind == "statement":
                statement = text.source.text[span.start + 2 : span.end].lstrip("-+ \t\r\n")
                self.loops = max(0, self.loops + statement.startswith("for") - statement.startswith("endfor"))


def _asked(block: Element) -> list[str]:
    """Return a block's question and its options."""
    options = [spaced(f"{_value(child, 'title')} {plain(child)}") for child in block.elements]
    return [_value(block, "question"), *(option for option in options if option)]


def _value(element: Element, name: str) -> str:
    attribute = element.attributes.get(name)
    return reading_text(attribute) if attribute else ""


def _line(parts: Sequence[tuple[str, int]]) -> Line:
    return Line(spaced("".join(text for text, _ in parts)), sum(len(text.split()) * times for text, times in parts))
