"""Defines the nodes of a parsed template: files, attributes, elements and text, each with its place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from builder import jinja
from builder.problems import Problem

_CONDITIONAL = re.compile(r"<!--\s*(?:\[if\b|<!\s*\[endif)", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Source:
    """One file of a template. Problems name its `path`; `spans` are its pieces of Jinja, up to an `unclosed` one."""

    path: str
    text: str
    spans: list[jinja.Span] = field(init=False)
    unclosed: int | None = field(init=False)
    shadow: str = field(init=False)
    line_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        spans, unclosed = jinja.scan(self.text)
        object.__setattr__(self, "unclosed", unclosed)
        object.__setattr__(self, "spans", spans)
        object.__setattr__(self, "shadow", jinja.shadow(self.text, spans))
        object.__setattr__(self, "line_starts", [0, *(m.end() for m in re.finditer("\n", self.text))])

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both from 1, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def spans_in(self, start: int, end: int) -> list[jinja.Span]:
        """Return the pieces of Jinja between two offsets."""
        first = bisect_left(self.spans, start, key=lambda span: span.start)
        last = bisect_left(self.spans, end, key=lambda span: span.start)
        return self.spans[first:last]

    def problem(self, offset: int, rule: str, message: str, fix: str) -> Problem:
        """Build an error of a rule at an offset of this file."""
        line, column = self.position(offset)
        return Problem(self.path, line, column, rule, "error", message, fix)


@dataclass(frozen=True)
class Attribute:
    """An attribute of a tag. `value` is the source between the quotes, entities and Jinja as written, from offset `value_start`.

    `start` is the offset of the name; `quoted` is false for a bare value.
    """

    name: str
    value: str
    source: Source
    start: int
    value_start: int
    quoted: bool = True

    @property
    def spans(self) -> list[jinja.Span]:
        """The pieces of Jinja in the value."""
        return self.source.spans_in(self.value_start, self.value_start + len(self.value))


@dataclass(eq=False)
class Text:
    """Characters between tags, comments included, as written."""

    source: Source
    start: int
    end: int

    @property
    def raw(self) -> str:
        """The characters as written."""
        return self.source.text[self.start : self.end]

    @property
    def is_comment(self) -> bool:
        """True if it is a comment."""
        return self.raw.startswith("<!--")

    @property
    def is_conditional(self) -> bool:
        """True if it is a conditional comment of Outlook, or an end of one: `<!--[if mso]>`, `<!--<![endif]-->`."""
        return bool(_CONDITIONAL.match(self.raw))

    @property
    def spans(self) -> list[jinja.Span]:
        """The pieces of Jinja in the text."""
        return self.source.spans_in(self.start, self.end)


@dataclass(eq=False)
class Element:
    """A tag with its attributes and children. `inner` is its content as written."""

    tag: str
    source: Source
    start: int
    attributes: dict[str, Attribute] = field(default_factory=dict)
    children: list["Element | Text"] = field(default_factory=list)
    inner_start: int = 0
    inner_end: int = 0

    @property
    def inner(self) -> str:
        """The content as written."""
        return self.source.text[self.inner_start : self.inner_end]

    @property
    def elements(self) -> list["Element"]:
        """The child elements, without the text between them."""
        return [child for child in self.children if isinstance(child, Element)]

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute's value as written, or the default."""
        return self.attributes[name].value if name in self.attributes else default

    def walk(self) -> Iterator["Element"]:
        """Yield this element and all below it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.elements))


Node = Element | Text
