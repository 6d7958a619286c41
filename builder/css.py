"""Parses the CSS that an author wrote, in style sheets and style attributes, with the place of each declaration.

Rules inside an at-rule (@media, @supports) are left out, because they hold under a condition only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from builder.nodes import Attribute, Element, Source

SHEETS = frozenset({"mj-style", "style"})
MAX_DECLARATIONS = 100  # of one rule
MAX_DEPTH = 8
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"([a-zA-Z-]++)\s*+:\s*+([^;]*+)")


@dataclass(frozen=True)
class Declaration:
    """`name:value` in lower case, at an offset of its file; Jinja in it is one FILLER for each character."""

    name: str
    value: str
    start: int


@dataclass(frozen=True)
class Group:
    """The declarations of one rule of a sheet, or of one style attribute (then `element` is its tag).

    An at-rule without a body, and a rule that contains other rules, are groups with a selector and no declarations.
    """

    selector: str
    source: Source
    start: int
    declarations: tuple[Declaration, ...]
    element: Element | None = None


def attribute(style: Attribute) -> tuple[Declaration, ...]:
    """Parse the declarations of a style attribute."""
    start = style.value_start
    return _declarations(style.source.shadow[start : start + len(style.value)], start)


def sheet(source: Source, start: int, end: int) -> Iterator[Group]:
    """Yield the rules of a style sheet that hold unconditionally. Takes time linear in its text."""
    text = _COMMENT.sub(lambda comment: " " * len(comment[0]), source.shadow[start:end])
    opened: list[tuple[str, int]] = []
    begun = 0
    for mark in re.finditer(r"[{};]", text):
        before = text[begun : mark.start()]
        at = begun + len(before) - len(before.lstrip())
        if mark[0] == "{":
            if opened and not opened[-1][0].startswith("@"):
                yield Group(f"{opened[-1][0]}{{", source, start + at, ())
            opened.append((before.strip(), at))
            begun = mark.end()
        elif mark[0] == "}" and opened:
            selector, place = opened.pop()
            if not any(outer.startswith("@") for outer, _ in (*opened, (selector, place))):
                yield Group(selector, source, start + place, _declarations(before, start + begun))
            begun = mark.end()
        elif mark[0] == ";" and not opened:
            if before.strip().startswith("@"):
                yield Group(before.strip(), source, start + at, ())
            begun = mark.end()
        if len(opened) > MAX_DEPTH:
            return


def _declarations(text: str, start: int) -> tuple[Declaration, ...]:
    """`start` is where the text stands in its file."""
    found = islice(_DECLARATION.finditer(text), MAX_DECLARATIONS)
    return tuple(Declaration(each[1].lower(), each[2].strip().lower(), start + each.start(1)) for each in found)
