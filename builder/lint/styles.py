"""What the author styled in one body: every rule of <mj-style> and <style>, and every style attribute of html."""

from collections.abc import Iterator
from itertools import islice

from builder.css import SHEETS, Group, attribute, sheet
from builder.lint.view import View
from builder.nodes import Text

MAX_GROUPS = 1_000  # of one body; Gmail reads 16 kB of style, which holds half as many


def groups(view: View) -> Iterator[Group]:
    """What the author styled in one body, up to MAX_GROUPS."""
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
