"""Resolves the attributes of an MJML tag as npm mjml 5 does, because the engine resolves some of them differently.

From the weakest: <mj-all>, attributes that a parent passes to its children, the tag's row in <mj-attributes>, each mj-class in
order, rows for the tag inside a parent's mj-class, and the tag's own attributes.
"""

from collections.abc import Iterator
from dataclasses import replace

from builder.jinja import FILLER
from builder.nodes import Attribute, Element
from builder.tags import HANDED, TAGS

Attributes = dict[str, Attribute]
MAX_CLASSES = 20  # of one tag


class Inheritance:
    """The default attributes of one body and its partials."""

    def __init__(self, root: Element) -> None:
        rows = [row for each in root.walk() if each.tag == "mj-attributes" for row in each.elements]
        self.tags = _merged(row for row in rows if row.tag != "mj-class")
        self.classes = _merged((row for row in rows if row.tag == "mj-class"), "name")
        self.in_classes = {
            row.get("name"): _merged(iter(row.elements)) for row in rows if row.tag == "mj-class" and row.elements
        }
        self._parents = {id(child): element for element in root.walk() for child in element.elements}
        self._resolved: dict[int, Attributes] = {}

    def attributes(self, element: Element) -> Attributes:
        """Return every attribute that counts on a tag of MJML, by name; mj-class is resolved and left out."""
        if id(element) not in self._resolved:
            self._resolved[id(element)] = self._resolve(element)
        return self._resolved[id(element)]

    def parent(self, element: Element) -> Element | None:
        """Return the tag around a tag."""
        return self._parents.get(id(element))

    def value(self, element: Element, name: str) -> str:
        """Return the value that counts, empty for none; a value that depends on a person is one FILLER."""
        attribute = self.attributes(element).get(name)
        return "" if attribute is None else FILLER if attribute.spans else attribute.value.strip()

    def defaults(self, tag: str) -> Attributes:
        """Return the attributes that <mj-all> and the tag's row in <mj-attributes> give to a tag that the author did not write."""
        return self._everywhere(tag) | self.tags.get(tag, {})

    def _resolve(self, element: Element) -> Attributes:
        own = {name: each for name, each in element.attributes.items() if name != "mj-class"}
        if not element.tag.startswith(("mj-", "ac-")):
            return own
        given = self._everywhere(element.tag) | self._handed(element) | self.tags.get(element.tag, {})
        return given | self._of_classes(element) | own

    def _everywhere(self, tag: str) -> Attributes:
        """The attributes of <mj-all> that a tag of the body has."""
        known = TAGS[tag].attributes if tag in TAGS and "mj-head" not in TAGS[tag].parents else {}
        of_all = self.tags.get("mj-all", {})
        return {name: each for name, each in of_all.items() if name in known or (known and name == "css-class")}

    def _handed(self, element: Element) -> Attributes:
        """The attributes that a parent passes to its children, as mj-social its font to each network."""
        parent = self.parent(element)
        names = HANDED.get(parent.tag, {}).get(element.tag, {}) if parent else {}
        of_parent = self.attributes(parent) if parent and names else {}
        return {name: of_parent[source] for name, source in names.items() if source in of_parent}

    def _of_classes(self, element: Element) -> Attributes:
        found: Attributes = {}
        for name in _classes(element):
            found = _joined(found, self.classes.get(name, {}))
        above = self.parent(element)
        while above and "mj-class" not in above.attributes:
            above = self.parent(above)
        for name in _classes(above) if above else ():
            found = found | self.in_classes.get(name, {}).get(element.tag, {})
        return found


def _classes(element: Element) -> list[str]:
    return element.get("mj-class").split()[:MAX_CLASSES]


def _joined(first: Attributes, second: Attributes) -> Attributes:
    """Two classes on one tag: the last one counts, but their css-class values add up."""
    joined = first | second
    if "css-class" in first and "css-class" in second:
        both = f"{first['css-class'].value} {second['css-class'].value}"
        joined["css-class"] = replace(second["css-class"], value=both)
    return joined


def _merged(rows: Iterator[Element], key: str = "") -> dict[str, Attributes]:
    """Rows of <mj-attributes> by tag, or by the value of `key`; a later row adds to an earlier one."""
    found: dict[str, Attributes] = {}
    for row in rows:
        given = {name: each for name, each in row.attributes.items() if name != key}
        found.setdefault(row.get(key) if key else row.tag, {}).update(given)
    return found
