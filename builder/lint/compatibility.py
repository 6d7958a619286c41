"""Reports the author's own html and CSS that a large mail client ignores (client-support); output of MJML itself is not checked."""

from collections.abc import Iterator
from functools import lru_cache

from builder import css
from builder.css import Declaration, Group
from builder.lint import clients, styles
from builder.lint.clients import Feature, named
from builder.lint.view import Place, View, problem_in
from builder.nodes import Attribute, Source
from builder.problems import Problem

RULE = "client-support"
_CSS = clients.features(clients.CSS)
_SELECTORS = clients.features(clients.SELECTORS)
_IMAGES = clients.features(clients.IMAGES)
_PICTURES = {"mj-image": "src", "mj-carousel-image": "src", "mj-social-element": "src", "img": "src"}
Sighting = tuple[Source, int, str, str, str]  # file, offset, feature, clients that ignore it, what to do


def check(view: View) -> Iterator[Problem]:
    """Check one body for client-support; reports each feature once for each file, at its first use."""
    told: set[tuple[str, str]] = set()
    for source, at, name, who, instead in (*_tags(view), *_styles(view)):
        who = who.replace("w", "") if "!mso" in source.text else who  # the file has its own version for Outlook
        if who and (source.path, name) not in told:
            told.add((source.path, name))
            verb = "ignore" if len(who) > 1 else "ignores"
            yield problem_in(source, at, RULE, f"{named(who)} {verb} this: {name}.", instead)


def _tags(view: View) -> Iterator[Sighting]:
    for place in view.places:
        element = place.element
        if element.tag in clients.TAGS:
            yield element.source, element.start, f"<{element.tag}>", *clients.TAGS[element.tag]
        if element.tag == "style" and any(above.tag == "mj-body" for above in place.above):
            yield element.source, element.start, *clients.STYLE_IN_BODY
        if element.tag in _PICTURES and _PICTURES[element.tag] in element.attributes:
            yield from _picture(element.attributes[_PICTURES[element.tag]])
        yield from _width(place)


def _picture(src: Attribute) -> Iterator[Sighting]:
    address = src.value[:2_000].strip().lower()
    for feature in _IMAGES:
        if feature.pattern.match(address):
            yield src.source, src.start, feature.name, feature.clients, feature.instead


def _width(place: Place) -> Iterator[Sighting]:
    element = place.element
    if element.tag == "img" and "style" in element.attributes and "width" not in element.attributes:
        names = {declaration.name for declaration in css.attribute(element.attributes["style"])}
        if "max-width" in names and "width" not in names:
            yield element.source, element.start, *clients.MAX_WIDTH


def _styles(view: View) -> Iterator[Sighting]:
    for group in styles.groups(view):
        for feature in _SELECTORS:
            if feature.pattern.match(group.selector[:1_000]):
                yield group.source, group.start, feature.name, feature.clients, feature.instead
        for declaration in group.declarations:
            for feature in _used(declaration.name, declaration.value[:500]):
                if not _has_fallback(declaration, feature, group):
                    yield group.source, declaration.start, feature.name, feature.clients, feature.instead


@lru_cache(maxsize=2048)
def _used(name: str, value: str) -> tuple[Feature, ...]:
    return tuple(feature for feature in _CSS if feature.pattern.match(f"{name}:{value}"))


def _has_fallback(declaration: Declaration, feature: Feature, group: Group) -> bool:
    """Return whether another declaration of the group sets the same property in a way that these clients read."""
    family = "background" if declaration.name.startswith("background") else declaration.name
    return any(
        (other.name == declaration.name or (family == "background" and other.name.startswith(family)))
        and feature not in _used(other.name, other.value[:500])
        for other in group.declarations
    )
