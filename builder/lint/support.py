"""Finds tags and attributes that do not work: scripts, handlers and CDATA, and MJML that the engine does not apply."""

import re
from collections.abc import Iterator

from builder.lint.view import Place, View, at, problem_in
from builder.nodes import Element
from builder.problems import Problem
from builder.tags import UNRENDERED

RULE, APPLIED = "not-supported", "not-applied"
_CDATA = re.compile(r"<!\[CDATA\[")


def check(view: View) -> Iterator[Problem]:
    """Check one body for not-supported and not-applied."""
    sources = {}
    for place in view.places:
        sources[place.element.source.path] = place.element.source
        yield from _tag(place)
    for source in sources.values():
        for cdata in _CDATA.finditer(source.shadow):
            yield problem_in(source, cdata.start(), RULE, "CDATA is not read here.", "Write &lt; and &amp; instead.")


def _tag(place: Place) -> Iterator[Problem]:
    element = place.element
    if element.tag == "mj-html-attributes":
        yield at(
            element, APPLIED, "<mj-html-attributes> is not applied here.", "Use <mj-raw> where HTML must be exact."
        )
    if element.tag == "mj-raw" and "position" in element.attributes:
        yield at(element, APPLIED, "mj-raw position is not applied here.", "Put the <mj-raw> where it belongs.")
    if element.tag == "script":
        yield at(element, RULE, "Scripts do not run in mail, and filters distrust them.", "Remove it.")
    for name in (name for name in UNRENDERED.get(element.tag, ()) if name in element.attributes):
        yield at(element.attributes[name], APPLIED, f"{name} of <{element.tag}> does nothing here.", "Remove it.")
    yield from _handlers(element)


def _handlers(element: Element) -> Iterator[Problem]:
    if element.tag.startswith(("mj", "ac-")):
        return
    for name, attribute in element.attributes.items():
        if re.fullmatch(r"on[a-z]+", name):
            yield at(attribute, RULE, f"{name} does not run in mail.", "Remove it; use a link.")
