"""Reads MJML with the place of everything in it, since the MJML engine reports neither faults nor lines.

Iterative, so that hostile nesting costs memory in proportion and never the stack; limits are refused by name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from builder import jinja
from builder.problems import Problem

MAX_CHARACTERS = 500_000  # of one file; a template of 100 kB of html is already clipped by Gmail
MAX_DEPTH = 100  # the engine crashes the process at about 12,000

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
RAW_TEXT = frozenset({"style", "script", "mj-style"})

_TOKEN = re.compile(
    r"(?P<comment><!--(?:(?!-->).)*+(?:-->|\Z))"
    r"|(?P<declaration><[!?][^>]*+(?:>|\Z))"
    r"|</(?P<close>[A-Za-z][\w:.-]*)\s*>"
    r"|<(?P<open>[A-Za-z][\w:.-]*+)"
    r"(?P<attributes>(?:\s*[^\s=<>\"'/]++(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?+)*+)\s*(?P<empty>/?)>"
    r"|(?P<text>[^<]+)"
    r"|(?P<stray><)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=<>\"'/]++)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?+")


@dataclass(frozen=True)
class Source:
    """One file of a template. `path` is what problems name."""

    path: str
    text: str
    spans: list[jinja.Span] = field(init=False)
    shadow: str = field(init=False)
    line_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        spans = jinja.spans(self.text)
        object.__setattr__(self, "spans", spans)
        object.__setattr__(self, "shadow", jinja.shadow(self.text, spans))
        object.__setattr__(self, "line_starts", [0, *(m.end() for m in re.finditer("\n", self.text))])

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def problem(self, offset: int, rule: str, message: str, fix: str) -> Problem:
        line, column = self.position(offset)
        return Problem(self.path, line, column, rule, "error", message, fix)


@dataclass(frozen=True)
class Attribute:
    """`value` is the source between the quotes, entities and Jinja as written; `quoted` is false for a bare value."""

    name: str
    value: str
    source: Source
    start: int
    quoted: bool = True


@dataclass
class Text:
    """Characters between tags, comments included, as written."""

    source: Source
    start: int
    end: int

    @property
    def raw(self) -> str:
        return self.source.text[self.start : self.end]


@dataclass
class Element:
    """A tag with what stands in it. `inner` gives the content as written."""

    tag: str
    source: Source
    start: int
    attributes: dict[str, Attribute] = field(default_factory=dict)
    children: list["Element | Text"] = field(default_factory=list)
    inner_start: int = 0
    inner_end: int = 0

    @property
    def inner(self) -> str:
        return self.source.text[self.inner_start : self.inner_end]

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value as written, or the default."""
        return self.attributes[name].value if name in self.attributes else default

    def walk(self) -> Iterator["Element"]:
        """This element and all below it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.elements))


def parse(source: Source) -> tuple[list[Element | Text], list[Problem]]:
    """The elements of a file and the faults of its markup. A file over a limit gives no element and one fault."""
    if len(source.text) > MAX_CHARACTERS:
        limit = source.problem(
            0,
            "too-large",
            f"The file has {len(source.text):,} characters; {MAX_CHARACTERS:,} is the limit.",
            "Split the email, or move images out of it.",
        )
        return [], [limit]
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.root = Element("", source, 0)
        self.open = [self.root]
        self.problems: list[Problem] = []
        broken = jinja.unclosed(source.text)
        if broken is not None:
            self._report(broken, "jinja-syntax", "Jinja opens here and never closes.", "Close it with }}, %} or #}.")

    def read(self) -> tuple[list[Element | Text], list[Problem]]:
        at, end = 0, len(self.source.shadow)
        while at < end:
            found = _TOKEN.match(self.source.shadow, at)
            assert found, "the pattern ends in a single character"  # noqa: S101
            at = self._take(found)
            if len(self.open) > MAX_DEPTH:
                self._report(
                    found.start(),
                    "too-deep",
                    f"Tags are nested more than {MAX_DEPTH} deep here.",
                    "Close the tags before this one, or nest less.",
                )
                return [], self.problems
        for element in self.open[1:]:
            self._unclosed(element)
        return self.root.children, self.problems

    def _take(self, found: re.Match[str]) -> int:
        if found["open"]:
            return self._opened(found)
        if found["close"]:
            self._closed(found["close"].lower(), found.start(), found.end())
        elif found["stray"]:
            self._report(found.start(), "stray-less-than", "A lone < stands in the text.", "Write &lt; instead.")
            self._text(found)
        elif not found["declaration"]:
            if found["comment"] and not found["comment"].endswith("-->"):
                self._report(found.start(), "unclosed-tag", "A comment opens here and never closes.", "Add -->.")
            self._text(found)
        return found.end()

    def _text(self, found: re.Match[str]) -> None:
        self.open[-1].children.append(Text(self.source, found.start(), found.end()))

    def _opened(self, found: re.Match[str]) -> int:
        element = Element(found["open"].lower(), self.source, found.start())
        element.inner_start = element.inner_end = at = found.end()
        self._attributes(element, found)
        self.open[-1].children.append(element)
        if found["empty"] or element.tag in VOID:
            return at
        if element.tag in RAW_TEXT:
            return self._raw_text(element, at)
        self.open.append(element)
        return at

    def _attributes(self, element: Element, found: re.Match[str]) -> None:
        for each in _ATTRIBUTE.finditer(self.source.shadow, *found.span("attributes")):
            name, start = each[1].lower(), each.start()
            if jinja.FILLER in name:
                self._report(
                    start,
                    "jinja-in-tag",
                    f"Jinja stands between the attributes of <{element.tag}>.",
                    "Put the condition inside an attribute's value, or around the whole tag.",
                )
                continue
            if name in element.attributes:
                self._report(
                    start,
                    "duplicate-attribute",
                    f"{name} is given twice on <{element.tag}>.",
                    "Keep one of them.",
                )
            if each[2] is None or each[2][0] not in "\"'":
                self._report(
                    start,
                    "unquoted-attribute",
                    f"The value of {name} on <{element.tag}> has no quotes.",
                    f'Write {name}="{each[2] or ""}".',
                )
            value_start, value_end = each.span(2)
            quoted = each[2] is not None and each[2][0] in "\"'"
            value = self.source.text[value_start + quoted : value_end - quoted] if each[2] else ""
            element.attributes[name] = Attribute(name, value, self.source, start, quoted)

    def _raw_text(self, element: Element, at: int) -> int:
        closing = re.compile(rf"</{re.escape(element.tag)}\s*>", re.IGNORECASE).search(self.source.shadow, at)
        if not closing:
            self._unclosed(element)
            return len(self.source.shadow)
        element.inner_end = closing.start()
        element.children.append(Text(self.source, at, closing.start()))
        return closing.end()

    def _closed(self, tag: str, start: int, end: int) -> None:
        if tag not in (element.tag for element in self.open[1:]):
            if tag not in VOID:
                self._report(
                    start,
                    "stray-closing-tag",
                    f"</{tag}> closes nothing.",
                    "Remove it, or open the tag before.",
                )
            return
        while self.open[-1].tag != tag:
            self._crossed(self.open.pop(), tag, start)
        self.open.pop().inner_end = start

    def _crossed(self, element: Element, tag: str, at: int) -> None:
        element.inner_end = at
        line, _ = self.source.position(element.start)
        self._report(
            at,
            "crossed-tags",
            f"</{tag}> comes while <{element.tag}> of line {line} is still open.",
            f"Write </{element.tag}> before it.",
        )

    def _unclosed(self, element: Element) -> None:
        element.inner_end = len(self.source.text)
        self._report(element.start, "unclosed-tag", f"<{element.tag}> is never closed.", f"Add </{element.tag}>.")

    def _report(self, at: int, rule: str, message: str, fix: str) -> None:
        self.problems.append(self.source.problem(at, rule, message, fix))
