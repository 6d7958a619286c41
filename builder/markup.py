"""Parses MJML with the place of every node, because the MJML engine reports neither faults nor lines.

Iterative, so that deep nesting costs memory in proportion and never overflows the stack; a file over a limit is refused by name.
"""

import re

from builder import jinja
from builder.nodes import Attribute, Element, Source, Text
from builder.problems import Problem

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "Attribute", "Element", "Source", "Text", "parse"]

MAX_CHARACTERS = 200_000  # of one file; a template of 100 kB of html is already clipped by Gmail
MAX_DEPTH = 100  # the engine crashes the process at about 12,000
MAX_FAULTS = 50  # of one file, because each may cost a search of the rest of the file

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
RAW_TEXT = frozenset({"style", "script", "mj-style"})
OURS = ("mj", "ac-")  # tags that the MJML engine or Acto reads; the rest is HTML for the mail client

# Possessive only over single characters: over a group such a quantifier matches wrongly before CPython 3.11.5 (gh-106052).
# No two parts can take the same character, so the plain group around them never backtracks for long.
_NAME_AND_VALUE = r"[^\s=<>\"'/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?"
_TOKEN = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z))"
    r"|(?P<declaration><[!?][^>]*+(?:>|\Z))"
    r"|</(?P<close>[A-Za-z][\w:.-]*)\s*>"
    r"|<(?P<open>[A-Za-z][\w:.-]*+)"
    r"(?P<attributes>(?:\s*+" + _NAME_AND_VALUE + r")*)\s*+(?P<empty>/?)>"
    r"|(?P<text>[^<]+)"
    r"|(?P<stray><)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=<>\"'/]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++))?")


def parse(source: Source) -> tuple[list[Element | Text], list[Problem]]:
    """Parse a file into its elements and the faults of its markup. A file over a limit gives no element and one fault."""
    if len(source.text) > MAX_CHARACTERS:
        said = f"The file has more than {MAX_CHARACTERS:,} characters."
        return [], [source.problem(0, "too-large", said, "Split the email, or move images out of it.")]
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.root = Element("", source, 0)
        self.open = [self.root]
        self.problems: list[Problem] = []
        self.swallowed = False  # by a comment or a style that never ends; tags left open by it are not reported
        if source.unclosed is not None:
            comment = source.text.startswith("{#", source.unclosed)  # in CSS: @media print{#menu{…}}
            fix = (
                "Close it with #}; in CSS write a space between { and #." if comment else "Close it with }}, %} or #}."
            )
            self._report(source.unclosed, "jinja-syntax", "Jinja opens here and never closes.", fix)

    def read(self) -> tuple[list[Element | Text], list[Problem]]:
        at, end = 0, len(self.source.shadow)
        while at < end:
            found = _TOKEN.match(self.source.shadow, at)
            assert found, "the pattern ends in a single character"  # noqa: S101
            at = self._take(found)
            if len(self.problems) >= MAX_FAULTS:
                return [], self.problems
            if len(self.open) > MAX_DEPTH:
                said = f"Tags are nested more than {MAX_DEPTH} deep here."
                self._report(found.start(), "too-deep", said, "Close the tags before this one, or nest less.")
                return [], self.problems
        for element in self.open[1:] if not self.swallowed else ():
            self._unclosed(element)
        return self.root.children, self.problems

    def _take(self, found: re.Match[str]) -> int:
        if found["open"]:
            return self._opened(found)
        if found["close"]:
            self._closed(found["close"].lower(), found.start(), found.end())
        elif found["stray"]:
            self._stray(found.start())
            self._text(found)
        elif not found["declaration"]:
            if found["comment"] and not found["comment"].endswith("-->"):
                self.swallowed = True
                self._report(found.start(), "unclosed-tag", "A comment opens here and never closes.", "Add -->.")
            self._text(found)
        return found.end()

    def _stray(self, at: int) -> None:
        if re.match(r"</?[A-Za-z]", self.source.shadow[at : at + 3]):
            said = "A tag opens here and does not end as a tag does."
            self._report(at, "broken-tag", said, "Look for a missing quote or a missing >.")
        else:
            self._report(at, "stray-less-than", "A lone < stands in the text.", "Write &lt; instead.")

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
                said = f"Jinja stands between the attributes of <{element.tag}>."
                fix = "Put the condition inside an attribute's value, or around the whole tag."
                self._report(start, "jinja-in-tag", said, fix)
                continue
            if name in element.attributes:
                said = f"{name} is given twice on <{element.tag}>."
                self._report(start, "duplicate-attribute", said, "Keep one of them.")
            element.attributes[name] = self._attribute(element, name, each)

    def _attribute(self, element: Element, name: str, found: re.Match[str]) -> Attribute:
        written = found[2] or ""
        quoted = written[:1] in ("'", '"') and bool(written)
        if not quoted and element.tag.startswith(OURS):
            said = f"The value of {name} on <{element.tag}> has no quotes."
            self._report(found.start(), "unquoted-attribute", said, f'Write {name}="{written}".')
        start, end = found.span(2) if written else (found.end(), found.end())
        value = self.source.text[start + quoted : end - quoted]
        return Attribute(name, value, self.source, found.start(), start + quoted, quoted)

    def _raw_text(self, element: Element, at: int) -> int:
        closing = re.compile(rf"</{re.escape(element.tag)}\s*>", re.IGNORECASE).search(self.source.shadow, at)
        if not closing:
            self.swallowed = True
            self._unclosed(element)
            return len(self.source.shadow)
        element.inner_end = closing.start()
        element.children.append(Text(self.source, at, closing.start()))
        return closing.end()

    def _closed(self, tag: str, start: int, end: int) -> None:
        if tag not in (element.tag for element in self.open[1:]):
            if tag not in VOID:
                said, fix = f"</{tag}> closes nothing.", "Remove it, or open the tag before."
                self._report(start, "stray-closing-tag", said, fix)
            return
        while self.open[-1].tag != tag:
            self._crossed(self.open.pop(), tag, start)
        self.open.pop().inner_end = start

    def _crossed(self, element: Element, tag: str, at: int) -> None:
        element.inner_end = at
        line, _ = self.source.position(element.start)
        said = f"</{tag}> comes while <{element.tag}> of line {line} is still open."
        self._report(at, "crossed-tags", said, f"Write </{element.tag}> before it.")

    def _unclosed(self, element: Element) -> None:
        element.inner_end = len(self.source.text)
        self._report(element.start, "unclosed-tag", f"<{element.tag}> is never closed.", f"Add </{element.tag}>.")

    def _report(self, at: int, rule: str, message: str, fix: str) -> None:
        self.problems.append(self.source.problem(at, rule, message, fix))
