"""Finds CSS that makes Gmail drop a whole style sheet."""

import re
from collections.abc import Iterator

from builder.css import SHEETS
from builder.lint.view import View, at, problem_in
from builder.nodes import Text
from builder.problems import Problem

MAX_BYTES = 16_384  # of all <style> of a mail (developers.google.com/workspace/gmail/design/css)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_MARK = re.compile(r"[{};]")


def check(view: View) -> Iterator[Problem]:
    """Check one body for gmail-style."""
    size = 0
    for place in view.places:
        if place.element.tag not in SHEETS or "inline" in place.element.attributes:
            continue
        for text in (child for child in place.element.children if isinstance(child, Text)):
            size += len(text.raw.encode("utf-8", "replace"))
            nested = _nested(text)
            if nested is not None:
                said = "An @ rule stands in another one; Gmail drops the whole style sheet."
                yield problem_in(text.source, nested, "gmail-style", said, "Write each @ rule by itself.")
        if size > MAX_BYTES:
            said = f"The styles have {size:,} bytes; Gmail drops what is over {MAX_BYTES:,}."
            yield at(place.element, "gmail-style", said, "Shorten them, or put them on the tags with mj-attributes.")
            return


def _nested(text: Text) -> int | None:
    """Find the first @ rule inside another one."""
    css = _COMMENT.sub(lambda comment: " " * len(comment[0]), text.source.shadow[text.start : text.end])
    opened: list[bool] = []
    begun = 0
    for mark in _MARK.finditer(css):
        before = css[begun : mark.start()]
        begun = mark.end()
        if mark[0] == "{":
            named = before.lstrip().startswith("@")
            if named and any(opened):
                return text.start + mark.start() - len(before.lstrip())
            opened.append(named)
        elif mark[0] == "}" and opened:
            opened.pop()
    return None
