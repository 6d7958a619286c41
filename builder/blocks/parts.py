"""Reads what blocks have in common out of an element. Lint has spoken before; what is wrong here is left out."""

import re
from typing import Any

from builder import jinja
from builder.blocks.model import POINTS, POINTS_SHAPE, Option, Style, styled
from builder.markup import Element


def common(element: Element, style: Style, language: str) -> dict[str, Any]:
    return {
        "kind": element.tag.removeprefix("ac-"),
        "name": element.get("name"),
        "question": text(element, "question"),
        "language": language,
        "answers": element.get("answers", "latest"),
        "when": when(element),
        "closes": text(element, "closes"),
        "product": element.get("product"),
        "style": styled(style, element),
    }


def when(element: Element) -> str:
    """The condition as one Jinja expression; empty for a block that is always asked."""
    given = jinja.unescaped_value(element.get("when")).strip()
    unknown = f"'{element.get('name')}' not in known"
    if element.get("ask") != "unknown":
        return given
    return f"({given}) and {unknown}" if given else unknown


def text(element: Element, name: str) -> str:
    """An attribute as a plain-text template: entities decoded, Jinja kept, white space as one space."""
    return spaced(jinja.decoded_value(element.get(name)))


def options(element: Element) -> tuple[Option, ...]:
    return tuple(
        Option(
            child.get("value"),
            spaced(jinja.decoded(child.inner)),
            **points(child),
            product=child.get("product"),
            thanks=text(child, "thanks"),
        )
        for child in option_elements(element)
    )


def option_elements(element: Element) -> list[Element]:
    return [child for child in element.elements if child.tag == "ac-option"]


def number(element: Element, name: str, default: int, most: int) -> int:
    """A whole number from 1 to `most`; the default for anything else."""
    text = element.get(name)
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) and 1 <= int(text) <= most else default


def points(element: Element) -> dict[str, Any]:
    """What an answer is worth."""
    given = {name: element.get(name) for name in POINTS}
    worth = {name: int(text) if POINTS_SHAPE.fullmatch(text) else 0 for name, text in given.items()}
    return {**worth, "floor": element.get("floor")}


def spaced(text: str) -> str:
    """White space folded as a browser folds it: a no-break space is the author's and stays."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")
