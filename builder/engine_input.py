"""Writes MJML attributes so that the engine computes and prints the same as npm mjml 5.

The engine miscounts some sizes and ignores some attributes. A size is written so that the engine counts the right number: it
prints sizes as they are and reads `00025px` as 25, so the number of leading zeros names the text to print instead. An ignored
attribute is appended to one that the engine prints: a style as in `border="none;border-collapse:separate"`, an attribute after
NEXT.
"""

import re
from dataclasses import dataclass, field

from builder.inheritance import Inheritance
from builder.jinja import spans
from builder.nodes import Element

Values = dict[str, str]
NEXT = "\ue001"  # ends a value in which `name=value` of another attribute follows; private use, so it is no one's text
SIDES = ("top", "right", "bottom", "left")
PADDINGS = {"mj-accordion-title": "16px", "mj-accordion-text": "16px"}  # that the engine writes after each side's own
COUNTED = {"mj-image": "10px 25px", "mj-divider": "10px 25px"}  # the engine computes their width from the padding
INTEGERS = {
    "mj-image": ("width",),
    "mj-hero": ("height",),
}  # sizes that become html attributes, which hold whole numbers
THUMBNAIL = "110px"  # the width of one where none is given
_ON_HERO = tuple(f"inner-padding{side}" for side in ("", *(f"-{side}" for side in SIDES)))
STYLE_RIDERS: tuple[
    tuple[str, tuple[str, ...], str, str], ...
] = (  # tag, attributes, the attribute to append them to, and its default
    ("mj-accordion-title", ("font-weight",), "font-size", "13px"),
    ("mj-hero", _ON_HERO, "inner-background-color", "transparent"),
    ("mj-hero", ("border-radius",), "vertical-align", "top"),
    ("mj-image", tuple(f"border-{side}" for side in SIDES), "border", "0"),
)
ATTRIBUTE_RIDERS: dict[tuple[str, str], tuple[str, str]] = {  # tag and attribute: append it to, default
    ("mj-button", "title"): ("target", "_blank"),
    ("mj-carousel-image", "rel"): ("target", "_blank"),
    ("mj-image", "sizes"): ("alt", ""),
    ("mj-social-element", "srcset"): ("alt", ""),
    ("mj-social-element", "sizes"): ("alt", ""),
    ("mj-table", "role"): ("cellpadding", "0"),
}
_NUMBER = re.compile(r"\s*(\d*)(?:\.\d*)?")
_PLAIN = re.compile(r"0|[1-9]\d*px")
_BORDER = re.compile(r"(?:border|inner-border)(?:-(?:top|right|bottom|left))?")
_TOKEN = re.compile(r"(?<![\w.#-])0{3,}[0-9]+px")
_LEADING_WORD = re.compile(r"^([a-z]+) +(\d[\w.]*)")


@dataclass
class Sizes:
    """Sizes that are printed with one text and counted with another number."""

    _tokens: dict[tuple[str, int], str] = field(default_factory=dict)

    def write(self, size: str, counted: int) -> str:
        """Return the size to write for the engine, so that it counts `counted` pixels."""
        if size == f"{counted}px":
            return size
        return self._tokens.setdefault((size, counted), f"{'0' * (len(self._tokens) + 3)}{counted}px")

    def restore(self, html: str) -> str:
        """Replace every such size in the engine's html by the text that its author wrote."""
        printed = {token: size for (size, _), token in self._tokens.items()}
        return _TOKEN.sub(lambda found: printed.get(found[0], found[0]), html) if printed else html


def values(element: Element, inheritance: Inheritance, sizes: Sizes, parent: Element | None) -> Values:
    """Return the attributes of a tag as they are written for the engine."""
    tag, given = element.tag, {name: each.value for name, each in inheritance.attributes(element).items()}
    given = {name: _size(name, value, tag) for name, value in given.items()}
    if given.get("full-width", "full-width") != "full-width":
        del given["full-width"]  # the engine takes every value as yes
    if tag == "mj-table":
        given |= {name: str(pixels(given[name])) for name in ("cellpadding", "cellspacing") if name in given}
    if tag == "mj-body":
        given.pop("css-class", None)  # written on <body>, as its id is
    if tag == "mj-carousel":
        given.setdefault("tb-width", THUMBNAIL)
        if given.get("thumbnails") == "supported":
            given["thumbnails"] = "visible"  # the engine knows no other word for them
    if tag in COUNTED or (tag == "mj-column" and any(name.startswith("padding") for name in given)):
        given |= _more_counted(tag, given, sizes, _taken(tag, given, parent, inheritance))
    _paddings(tag, given, sizes)
    _ride(tag, given)
    return given


def pixels(size: str) -> int:
    """Count a size as npm mjml does: the digits at its beginning, in any unit."""
    found = _NUMBER.match(size)
    return int(found[1] or 0) if found else 0


def sides(given: Values, default: str = "0") -> dict[str, str]:
    """Return the padding of each side."""
    words = (given.get("padding") or default).split()[:4]
    four = [
        words[0],
        words[1 if len(words) > 1 else 0],
        words[2 if len(words) > 2 else 0],
        words[-1 if len(words) != 3 else 1],
    ]
    return {side: given.get(f"padding-{side}") or size for side, size in zip(SIDES, four, strict=True)}


def across(given: Values) -> int:
    """Return the pixels of a width that the left and right padding take."""
    around = sides(given)
    return pixels(around["left"]) + pixels(around["right"])


def _size(name: str, value: str, tag: str) -> str:
    if spans(value):
        return value
    if _BORDER.fullmatch(name):
        return _LEADING_WORD.sub(r"\2 \1", value.strip())  # CSS reads both; the engine counts a width that comes first
    if name == "line-height":
        return value.replace(",", ".")
    if name in INTEGERS.get(tag, ()) and value.strip() != "auto":
        return f"{pixels(value)}px"
    return "0px" if value.strip() == "0" and name.endswith("width") else value


def _ride(tag: str, given: Values) -> None:
    """Append attributes that the engine ignores to attributes that it prints."""
    if tag == "mj-table" and pixels(given.get("cellspacing", "0")):
        given["border"] = f"{given.get('border', 'none')};border-collapse:separate"
    for rider, names, carrier, default in STYLE_RIDERS:
        riding = [f"{name.removeprefix('inner-')}:{given[name]}" for name in names if name in given and rider == tag]
        if riding:
            given[carrier] = ";".join([given.get(carrier, default), *riding])
    for (rider, name), (carrier, default) in ATTRIBUTE_RIDERS.items():
        if rider == tag and name in given:
            given[carrier] = f"{given.get(carrier, default)}{NEXT}{name}={given.pop(name)}"


def _paddings(tag: str, given: Values, sizes: Sizes) -> None:
    if tag in PADDINGS:
        given["padding"] = " ".join(sides(given, PADDINGS[tag]).values())
        for side in SIDES:
            given.pop(f"padding-{side}", None)
    for name in ("padding", *(f"padding-{side}" for side in SIDES)):
        if name in given:
            given[name] = " ".join(_counted(size, sizes) for size in given[name].split())


def _counted(size: str, sizes: Sizes) -> str:
    if _PLAIN.fullmatch(size):
        return "0px" if size == "0" else size
    return size if _TOKEN.fullmatch(size) else sizes.write(size, pixels(size))


def _more_counted(tag: str, given: Values, sizes: Sizes, pixels_more: int) -> Values:
    """Enlarge the counted right padding by the pixels that the engine forgets, so that it computes the right width."""
    if not pixels_more:
        return {}
    right = sides(given, COUNTED.get(tag, "0"))["right"]
    return {"padding-right": sizes.write("0px" if right == "0" else right, pixels(right) + pixels_more)}


def _taken(tag: str, given: Values, parent: Element | None, inheritance: Inheritance) -> int:
    """Return the pixels that the engine forgets: the padding of <mj-hero> for its children, and a column's inner borders."""
    if tag == "mj-column":
        widths = [given.get(f"inner-border-{side}", given.get("inner-border", "")) for side in ("left", "right")]
        return sum(int(found[1]) for width in widths if (found := re.search(r"(?:^| )(\d+)", width)))
    if parent is None or parent.tag != "mj-hero":
        return 0
    return across({name: each.value for name, each in inheritance.attributes(parent).items()})
