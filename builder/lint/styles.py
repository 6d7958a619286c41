"""Collects the author's styles in one body: every rule of <mj-style> and <style>, and every style attribute of html."""

from collections.abc import Iterator
from itertools import islice

from builder.css import SHEETS, Group, attribute, sheet
from builder.lint.view import View
from builder.nodes import Text

MAX_GROUPS = 1_000  # of one body; more than Gmail's 16 kB of style can hold


def groups(view: View) -> Iterator[Group]:
    """Yield the author's styles in one body, at most MAX_GROUPS."""
    return islice(_groups(view), MAX_GROUPS)


def _groups(view: View) -> Iterator[Group]:
    for place in view.places:
        element = place.element
        if element.tag in SHEETS:
            for text in (child for child in element.children if isinstance(child, Text)):
                yield from sheet(text.source, text.start, text.end)
        elif not element.tag.startswith(("mj", "ac-")) and "style" in element.attributes:
            style = element.attributes["style"]
            yield Group("", style.source, style.start, attribute(style), element)
