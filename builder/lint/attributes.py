"""Checks the attributes of MJML tags and blocks: unknown names, missing ones, and values."""

from collections.abc import Iterator, Mapping

from builder.blocks import DECLARATIONS
from builder.lint import values
from builder.lint.view import Place, View, at, meant
from builder.nodes import Attribute, Element
from builder.problems import Problem
from builder.tags import EVERYWHERE, TAGS

_BLOCK_KINDS = {
    "accent": "hex",
    "color": "hex",
    "padding": "box",
    "name": "name",
    "value": "name",
    "product": "product",
    "limit": "limit",
}
_POINTS = frozenset({"interest", "need", "urgency"})  # checked by the rules of blocks
_NO_JINJA = frozenset({"path", "name", "inline", "position", "css-class", "mj-class"})


def check(view: View) -> Iterator[Problem]:
    """Check one body for unknown-attribute, missing-attribute, bad-value and jinja-in-layout."""
    for place in view.places:
        element, kinds = place.element, _kinds(place)
        if kinds is None:
            continue
        for attribute in element.attributes.values():
            if attribute.name in kinds:
                yield from _value(element, attribute, kinds[attribute.name])
            else:
                yield _unknown(element, attribute, kinds)
        yield from _missing(place, view)


def _kinds(place: Place) -> Mapping[str, str] | None:
    """Return the attributes that a tag may have; None for HTML, whose attributes are not checked."""
    tag = place.element.tag
    if tag in DECLARATIONS:
        return {name: _kind(name, row.allowed) for name, row in DECLARATIONS[tag].attributes.items()}
    if tag == "ac-option":
        declared = DECLARATIONS.get(place.parent)
        return (
            {name: _kind(name, row.allowed) for name, row in declared.option_attributes.items()} if declared else None
        )
    if tag == "ac-all":
        return TAGS[tag].attributes
    return {**EVERYWHERE, **TAGS[tag].attributes} if tag in TAGS else None


def _kind(name: str, allowed: tuple[str, ...]) -> str:
    return "/".join(allowed) or _BLOCK_KINDS.get(name, "points" if name in _POINTS else "text")


def _required(place: Place) -> tuple[str, ...]:
    tag = place.element.tag
    if place.parent == "mj-attributes":
        return ("name",) if tag == "mj-class" else ()
    declared = DECLARATIONS.get(tag)
    rows = declared.attributes if declared else {}
    if tag == "ac-option" and place.parent in DECLARATIONS:
        rows = DECLARATIONS[place.parent].option_attributes
    if rows:
        return tuple(name for name, row in rows.items() if row.required)
    return TAGS[tag].required if tag in TAGS else ()


def _missing(place: Place, view: View) -> Iterator[Problem]:
    element = place.element
    for name in _required(place):
        given = view.inheritance.attributes(element).get(name)
        if given is None or not given.value.strip():
            said = f"<{element.tag}> has no {name}."
            yield at(element, "missing-attribute", said, f'Add {name}="…".')


def _unknown(element: Element, attribute: Attribute, kinds: Mapping[str, str]) -> Problem:
    near = meant(attribute.name, kinds)
    fix = f"Did you mean {near}?" if near else "Remove it, or put it on a tag of its own kind."
    return at(attribute, "unknown-attribute", f"<{element.tag}> has no attribute {attribute.name}.", fix)


def _value(element: Element, attribute: Attribute, kind: str) -> Iterator[Problem]:
    block = element.tag.startswith("ac-")
    fixed = values.shapes_layout(kind)
    if attribute.spans:
        if fixed or (not block and attribute.name in _NO_JINJA):
            said = f"Jinja stands in {attribute.name} of <{element.tag}>, which must not depend on a person."
            fix = "Write a fixed value; to choose between two, put an {% if %} around two tags."
            yield at(attribute, "jinja-in-layout", said, fix)
    elif kind not in ("name", "points") and attribute.value and not values.fits(attribute.value, kind):
        said = f'{attribute.name}="{attribute.value[:40]}" on <{element.tag}> is not a valid value.'
        yield at(attribute, "bad-value", said, f"Write {values.wanted(kind)}.")
