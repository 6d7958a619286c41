"""Finds links whose words do not say where they lead; the list of words is from accessibility audits in both languages."""

import re
from collections.abc import Iterator

from builder.lint import prose
from builder.lint.view import View, at
from builder.nodes import Element
from builder.problems import Problem

LINKS = frozenset({"a", "mj-button", "mj-navbar-link"})
VAGUE = {
    "es": "haz clic aquí|haga clic aquí|clic aquí|clica aquí|click aquí|pincha aquí|pulsa aquí|pulse aquí|toca aquí|aquí"
    "|entra aquí|más|ver|ver más|leer más|lee más|saber más|más info|más información|enlace|este enlace|link|ir|continuar"
    "|en este enlace",
    "en": "click here|click|click this|tap here|press here|here|right here|more|see more|read more|learn more|more info"
    "|more information|find out more|link|this link|this|go|continue|start|view",
}
_VAGUE = frozenset("|".join(VAGUE.values()).split("|"))
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s/]+/\S+")


def check(view: View) -> Iterator[Problem]:
    """Check one body for vague-link."""
    for place in view.places:
        link = place.element
        shown = place.parent != "mj-attributes" and ("href" in link.attributes or link.tag != "a")
        if link.tag in LINKS and shown:
            yield from _link(link)


def _link(link: Element) -> Iterator[Problem]:
    said = prose.plain(link)
    name = prose.spaced(link.get("aria-label") or link.get("title") or said)
    bare = name.strip(" .:…»›>→-¡!").casefold()
    if not bare:
        fix = "Say between the tags where it leads, or in the alt of its image."
        yield at(link, "vague-link", "This link has nothing to read.", fix)
    elif bare in _VAGUE:
        fix = "Say where it leads or what it does: “Ver mi pedido”, “See my order”."
        yield at(link, "vague-link", f"“{name[:40]}” does not say where this link leads.", fix)
    elif _ADDRESS.fullmatch(name):
        fix = "Say in words what is there."
        yield at(link, "vague-link", f"This link shows a bare address, “{name[:40]}”.", fix)
