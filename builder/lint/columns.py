"""Finds columns without a width in loops and behind conditions, because MJML computes widths before their number is known."""

from collections.abc import Iterator

from builder import rows
from builder.jinja import keyword
from builder.lint.view import View, at
from builder.nodes import Element, Text
from builder.problems import Problem

ROWS = frozenset({"mj-section", "mj-group"})
COLUMNS = frozenset({"mj-column", "mj-group"})


def check(view: View) -> Iterator[Problem]:
    """Check one body for column-width; reports each row once."""
    for place in view.places:
        if place.element.tag in ROWS:
            yield from _row(view, place.element)


def _row(view: View, row: Element) -> Iterator[Problem]:
    if row.tag == "mj-section" and rows.cases(row, sized=False) is not None:
        return  # written once for each case
    opened: list[str] = []
    columns = sum(child.tag in COLUMNS for child in row.elements)
    for child in row.children:
        if isinstance(child, Text):
            _follow(child, opened)
            continue
        looped, asked = "for" in opened, "if" in opened and columns > 1
        if child.tag in COLUMNS and (looped or asked) and not view.inheritance.value(child, "width"):
            why = "stands in a loop" if looped else "stands behind a condition, beside others,"
            said = f"This <{child.tag}> {why} and has no width."
            fix = 'Write a width, as in width="33%".'
            if not looped:
                fix = "Give each column of the row a width, or put the condition around whole sections."
            yield at(child, "column-width", said, fix)
            return


def _follow(text: Text, opened: list[str]) -> None:
    for span in text.spans if not text.is_comment else ():
        word = keyword(text.source.text[span.start : span.end])
        if word in ("if", "for"):
            opened.append(word)
        elif word in ("endif", "endfor") and opened:
            opened.pop()
