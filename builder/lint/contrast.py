"""Checks the contrast of text with its background (low-contrast), as far as MJML's attributes and inline styles tell both.

Reports nothing if the background is an image, a value contains Jinja, or a rule of the author's style sheet applies to the tag.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder import css
from builder.inheritance import Inheritance
from builder.jinja import FILLER
from builder.lint import colors, styles
from builder.lint.view import View, is_block, problem_in
from builder.mjml import style
from builder.nodes import Element, Text
from builder.problems import Problem

NORMAL, LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3
LARGE_PX, LARGE_BOLD_PX = 24.0, 18.66
DEFAULT_INK = {"mj-button": "#ffffff"}
BUTTON = "#414141"  # MJML's own
HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}  # of the size around them
SHOWING = frozenset({"mj-text", "mj-button", "mj-table", "mj-navbar-link", "mj-social-element"})
_BOLD_TAGS = frozenset({"b", "strong", "th", *HEADINGS})
_PIXELS = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(px|em|%)")
_LENGTHS = {"px": 0.0, "em": 1.0, "%": 0.01}
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0*)?(?:;|$|!)|max-height:0|font-size:[01](?:px)?(?:;|$|!)"
)
_SEEN = re.compile(rf"[\w{FILLER}]")


@dataclass(frozen=True)
class Look:
    """The look of text at one place; an empty colour is unknown. `told` is the element that set the colour."""

    ink: str
    back: str
    size: float
    bold: bool
    told: Element


def check(view: View) -> Iterator[Problem]:
    """Check one body for low-contrast; reports each place that sets a colour once."""
    root = view.tree.mjml
    body = next((child for child in root.elements if child.tag == "mj-body"), None) if root else None
    if root is None or body is None:
        return
    reader = _Reader(view.inheritance, _styled(view), style(root).color)
    told: set[tuple[str, int]] = set()
    for look in reader.read(body, Look("", "#ffffff", 13, False, body)):
        place = (look.told.source.path, look.told.start)
        if place not in told:
            told.add(place)
            yield _problem(look)


def _problem(look: Look) -> Problem:
    wanted = _wanted(look)
    element = look.told
    given = next((element.attributes[name] for name in ("color", "style") if name in element.attributes), element)
    ratio = int(colors.contrast(look.ink, look.back) * 10) / 10
    said = f"{look.ink} on {look.back} has a contrast of {ratio}:1; this text needs {wanted}:1 (WCAG 2.2, 1.4.3)."
    fix = f"{colors.mended(look.ink, look.back, wanted)} would do."
    return problem_in(given.source, given.start, "low-contrast", said, fix)


def _wanted(look: Look) -> float:
    return LARGE if look.size >= (LARGE_BOLD_PX if look.bold else LARGE_PX) else NORMAL


def _styled(view: View) -> set[str]:
    """Return the classes (with a dot) and tags whose colours the author's style sheets set."""
    return {
        name.lower()
        for group in styles.groups(view)
        if group.element is None
        and any("color" in each.name or "background" in each.name for each in group.declarations)
        for name in re.findall(r"\.[\w-]+|\*|\b[a-z][a-z0-9]*\b", group.selector[:1_000])
    }


class _Reader:
    def __init__(self, inheritance: Inheritance, styled: set[str], question: str) -> None:
        self.of, self.styled, self.question = inheritance, styled, question
        self.lost = bool(styled & {"*", "div", "td", "tr", "table", "body"})  # tags that MJML puts around everything

    def read(self, element: Element, look: Look) -> Iterator[Look]:
        """Yield every look below an element in which text is too faint to read."""
        if self.lost or not (element.children or is_block(element)):
            return
        own = self._own(element, look)
        if _is_hidden(element):
            return
        if is_block(element):
            yield from _faint(replace(own, ink=colors.read(element.get("color") or self.question), size=18, bold=True))
            return
        if element.tag in css.SHEETS:
            return
        yield from self._texts(element.children, own) if element.tag in SHOWING or not _is_mjml(element) else ()
        for child in element.elements:
            yield from self.read(child, own)

    def _texts(self, children: Sequence[Element | Text], look: Look) -> Iterator[Look]:
        seen = (child for child in children if isinstance(child, Text) and not child.is_comment)
        if any(_SEEN.search(text.source.shadow, text.start, text.end) for text in seen):
            yield from _faint(look)

    def _own(self, element: Element, look: Look) -> Look:
        own = self._of_mjml(element, look) if _is_mjml(element) else _of_html(element, look)
        classes = f"{element.get('class')} {element.get('css-class')}".split()
        if self.styled and (element.tag in self.styled or any(f".{name}" in self.styled for name in classes)):
            return replace(own, ink="", back="")
        return own

    def _of_mjml(self, element: Element, look: Look) -> Look:
        back = look.back
        for name in ("background-color", "inner-background-color", "container-background-color"):
            value = self.of.value(element, name)
            if (value and element.tag != "mj-text") or (name.startswith("container") and value):
                back = colors.read(value) or ("" if value.lower() not in ("none", "transparent") else back)
        if self.of.value(element, "background-url") or element.tag == "mj-hero":
            back = ""
        if element.tag not in SHOWING:
            return replace(look, back=back)
        if element.tag == "mj-button" and not self.of.value(element, "background-color"):
            back = BUTTON
        ink = self.of.value(element, "color") or DEFAULT_INK.get(element.tag, "#000000")
        bold = _is_bold(self.of.value(element, "font-weight"))
        return Look(colors.read(ink), back, _size(self.of.value(element, "font-size"), 13), bold, element)


def _of_html(element: Element, look: Look) -> Look:
    declared = css.attribute(element.attributes["style"]) if "style" in element.attributes else ()
    given = {each.name: each.value for each in declared}
    ink, told = look.ink, look.told
    if "color" in given or (element.tag in ("a", "font")):
        ink, told = colors.read(given.get("color", element.get("color"))), element
    back = look.back
    for value in (element.get("bgcolor"), given.get("background", ""), given.get("background-color", "")):
        back = colors.read(value) if value and value not in ("none", "transparent") else back
        told = element if value and value not in ("none", "transparent") else told
    if "opacity" in given or "background-image" in given or "background" in element.attributes:
        back = ""
    size = _size(given.get("font-size", ""), look.size * HEADINGS.get(element.tag, 1.0), look.size)
    bold = _is_bold(given["font-weight"]) if "font-weight" in given else look.bold or element.tag in _BOLD_TAGS
    return Look(ink, back, size, bold, told)


def _faint(look: Look) -> Iterator[Look]:
    if look.ink and look.back and colors.contrast(look.ink, look.back) < _wanted(look):
        yield look


def _is_hidden(element: Element) -> bool:
    """Return whether a style hides it, such as a preheader for the inbox."""
    style = re.sub(r"\s+", "", element.get("style").lower())
    return bool(_HIDDEN.search(style)) or "hidden" in element.attributes


def _is_mjml(element: Element) -> bool:
    return element.tag.startswith(("mj", "ac-"))


def _size(value: str, default: float, around: float = 13) -> float:
    found = _PIXELS.fullmatch(value.strip())
    if not found:
        return default
    number, unit = float(found[1]), found[2]
    return number if unit == "px" else number * _LENGTHS[unit] * around


def _is_bold(value: str) -> bool:
    return value.strip() in ("bold", "bolder", "600", "700", "800", "900")
