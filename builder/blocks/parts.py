"""Reads what blocks have in common out of an element. Lint has spoken before; what is wrong here is left out."""

from typing import Any

from builder import jinja
from builder.blocks.model import POINTS, Option, Style, styled
from builder.markup import Element


def common(element: Element, style: Style, language: str) -> dict[str, Any]:
    return {
        "kind": element.tag.removeprefix("ac-"),
        "name": element.get("name"),
        "question": text(element, "question"),
        "language": language,
        "answers": element.get("answers", "latest"),
        "style": styled(style, element),
    }


def text(element: Element, name: str) -> str:
    """An attribute as a plain-text template: entities decoded, Jinja kept, white space as one space."""
    return " ".join(jinja.decoded(element.get(name)).split())


def options(element: Element) -> tuple[Option, ...]:
    return tuple(
        Option(child.get("value"), " ".join(jinja.decoded(child.inner).split()), **points(child))
        for child in element.elements
        if child.tag == "ac-option"
    )


def points(element: Element) -> dict[str, int]:
    return {name: int(element.get(name, "0") or 0) for name in POINTS}
