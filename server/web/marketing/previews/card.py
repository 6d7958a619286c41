"""Converts an Adaptive Card into a tree of pieces that a template draws; a part that opens contains the pieces it opens.

Only the elements of Acto's own cards are drawn. Any other is shown by its name, so that nothing is missing unnoticed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]
_ESCAPE = re.compile(r"\\([\\*_\[\]()`#])")
_INPUTS = ("Input.Text", "Input.ChoiceSet")


@dataclass(frozen=True)
class Piece:
    """One element of the card. `kind`: text, group, button, opens, choices, field, unknown; `label` is its text."""

    kind: str
    label: str = ""
    name: str = ""
    bold: bool = False
    quiet: bool = False
    many: bool = False
    compact: bool = False
    choices: tuple[str, ...] = ()
    inside: tuple[Piece, ...] = field(default=())


def tree(document: str) -> tuple[Piece, ...]:
    """Return the card's pieces in order; empty for an empty card."""
    if not document:
        return ()
    body: Sequence[Json] = json.loads(document)["body"]
    return _pieces(body)


def read(text: str) -> str:
    """Remove the escapes that the builder adds for the card's Markdown."""
    return _ESCAPE.sub(r"\1", text)


def _pieces(elements: Sequence[Json]) -> tuple[Piece, ...]:
    hidden = {element["id"]: element for element in elements if element.get("isVisible") is False}
    return tuple(piece for element in elements if element.get("id") not in hidden for piece in _drawn(element, hidden))


def _drawn(element: Json, hidden: Mapping[str, Json]) -> tuple[Piece, ...]:
    kind = element["type"]
    if kind == "TextBlock":
        return (_text(element),)
    if kind == "Container":
        return (Piece("group", name=element.get("id", ""), inside=_pieces(element["items"])),)
    if kind == "ActionSet":
        return tuple(_action(action, hidden) for action in element["actions"])
    if kind in _INPUTS:
        return (_input(element),)
    return (Piece("unknown", kind),)


def _text(element: Json) -> Piece:
    return Piece(
        "text", read(element["text"]), bold=element.get("weight") == "bolder", quiet=bool(element.get("isSubtle"))
    )


def _action(action: Json, hidden: Mapping[str, Json]) -> Piece:
    if action["type"] == "Action.Http":
        return Piece("button", action["title"])
    if action["type"] == "Action.ToggleVisibility":
        opened = [hidden[target] for target in action["targetElements"] if target in hidden]
        return Piece("opens", action["title"], inside=tuple(each for one in opened for each in _pieces(one["items"])))
    return Piece("unknown", action["type"])


def _input(element: Json) -> Piece:
    if element["type"] == "Input.Text":
        return Piece("field", element.get("placeholder", ""), element["id"])
    return Piece(
        "choices",
        name=element["id"],
        many=bool(element.get("isMultiSelect")),
        compact=element.get("style") == "compact",
        choices=tuple(choice["title"] for choice in element["choices"]),
    )
