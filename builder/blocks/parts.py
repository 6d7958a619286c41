"""Reads the attributes that all blocks share from an element. Lint reports wrong values first; here they are left out."""

import re
from typing import Any

from builder import jinja
from builder.blocks.model import POINTS, POINTS_SHAPE, Option, Style, styled
from builder.markup import Element


def common(element: Element, style: Style, language: str) -> dict[str, Any]:
    """Read the fields of a Block that every kind has."""
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
    """Return the condition as one Jinja expression; empty for a block that is always asked."""
    given = jinja.unescaped_value(element.get("when")).strip()
    unknown = f"'{element.get('name')}' not in known"
    if element.get("ask") != "unknown":
        return given
    return f"({given}) and {unknown}" if given else unknown


def text(element: Element, name: str) -> str:
    """Read an attribute as a plain-text template: entities decoded, Jinja kept, white space as one space."""
    return spaced(jinja.decoded_value(element.get(name)))


def options(element: Element) -> tuple[Option, ...]:
    """Read the options of a block."""
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
    """Return the <ac-option> tags of a block."""
    return [child for child in element.elements if child.tag == "ac-option"]


def number(element: Element, name: str, default: int, most: int) -> int:
    """Read a whole number from 1 to `most`; the default for anything else."""
    text = element.get(name)
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) and 1 <= int(text) <= most else default


def points(element: Element) -> dict[str, Any]:
    """Read the points and the floor of an answer."""
    given = {name: element.get(name) for name in POINTS}
    worth = {name: int(text) if POINTS_SHAPE.fullmatch(text) else 0 for name, text in given.items()}
    return {**worth, "floor": element.get("floor")}


def spaced(text: str) -> str:
    """Fold white space as a browser does; a no-break space stays."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")
