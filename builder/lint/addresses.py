"""Finds links without a usable address and images that no mail client can load."""

import re
from collections.abc import Iterator

from builder.jinja import FILLER
from builder.lint.view import Place, View, at
from builder.nodes import Attribute, Element
from builder.problems import Problem

LINKS = frozenset({"a", "area", "mj-button", "mj-navbar-link", "mj-social-element", "mj-image", "mj-carousel-image"})
NEEDS = frozenset({"mj-button", "mj-navbar-link"})  # useless without an address
IMAGES = {
    "img": ("src",),
    "mj-image": ("src",),
    "mj-carousel-image": ("src", "thumbnails-src"),
    "mj-social-element": ("src",),
    "mj-section": ("background-url",),
    "mj-wrapper": ("background-url",),
    "mj-hero": ("background-url",),
    "mj-carousel": ("left-icon", "right-icon"),
    "mj-accordion": ("icon-wrapped-url", "icon-unwrapped-url"),
}
SCHEMES = ("http", "https", "mailto", "tel", "sms", "webcal")
_WHOLE = re.compile(rf"(?:https?://[^\s/?#]|(?:{'|'.join(SCHEMES[2:])}):).*", re.DOTALL | re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#].*)?", re.DOTALL | re.IGNORECASE)
_FIX = "Write the whole address, as in https://shop.example/order."


def check(view: View) -> Iterator[Problem]:
    """Check one body for dead-link and dead-image."""
    anchors = {name for place in view.places for name in (place.element.get("id"), place.element.get("name")) if name}
    for place in view.places:
        if place.parent == "mj-attributes" or any(above.tag == "mj-attributes" for above in place.above):
            continue
        if place.element.tag in LINKS:
            yield from _link(view, place, anchors)
        for name in IMAGES.get(place.element.tag, ()):
            given = view.inheritance.attributes(place.element).get(name)
            if given is not None and given.value.strip() and not _loads(given):
                said = f'{name}="{given.value.strip()[:60]}" of <{place.element.tag}> is no whole address.'
                fix = "Write the whole address, as in https://shop.example/logo.png."
                yield at(_where(place.element, given), "dead-image", said, fix)


def _link(view: View, place: Place, anchors: set[str]) -> Iterator[Problem]:
    element = place.element
    given = view.inheritance.attributes(element).get("href")
    if given is None:
        if element.tag in NEEDS:
            yield at(
                element, "dead-link", f"This <{element.tag}> has no href and leads nowhere.", 'Add href="https://…".'
            )
        return
    href = _read(given)
    if href.startswith(FILLER):
        return
    base = (
        view.inheritance.value(place.above[-1], "base-url") if element.tag == "mj-navbar-link" and place.above else ""
    )
    href = base + href
    if href.startswith("#") and href[1:] in anchors:
        return
    if not _WHOLE.fullmatch(href) and not base.startswith(FILLER):
        said = f'href="{given.value.strip()[:60]}" of <{element.tag}> leads nowhere.'
        yield at(_where(element, given), "dead-link", said, _mended(href))


def _mended(href: str) -> str:
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() not in SCHEMES:
        return f"Mail clients open {', '.join(SCHEMES)}; {_FIX[0].lower()}{_FIX[1:]}"
    if _HOST.fullmatch(href):
        return f"Write https://{href.lstrip('/')[:60].replace(FILLER, '…')}."
    return _FIX


def _loads(given: Attribute) -> bool:
    address = _read(given)
    return address.startswith((FILLER, "data:image/", "cid:")) or bool(
        re.match(r"https?://[^\s/?#]", address, re.IGNORECASE)
    )


def _read(given: Attribute) -> str:
    """Return the value with each character of Jinja as FILLER."""
    start = given.value_start
    return given.source.shadow[start : start + len(given.value)].strip()


def _where(element: Element, given: Attribute) -> Element | Attribute:
    """Choose the place to report: the attribute if it stands on the tag, else the tag that inherits it."""
    return given if element.attributes.get(given.name) is given else element
