"""What MJML's attributes come to: own, else of the first mj-class that has it, else of <mj-attributes> for the tag, else of <mj-all>."""

from builder.jinja import FILLER
from builder.nodes import Element


class Inheritance:
    """The defaults of one body."""

    def __init__(self, root: Element) -> None:
        rows = [row for each in root.walk() if each.tag == "mj-attributes" for row in each.elements]
        self.tags = {row.tag: row for row in rows if row.tag != "mj-class"}
        self.classes = {row.get("name"): row for row in rows if row.tag == "mj-class"}

    def value(self, element: Element, name: str) -> str:
        """The value that counts, empty for none; what depends on a person is one FILLER."""
        classes = [self.classes.get(each) for each in element.get("mj-class").split()[:20]]
        for row in (element, *classes, self.tags.get(element.tag), self.tags.get("mj-all")):
            if row and name in row.attributes:
                attribute = row.attributes[name]
                return FILLER if attribute.spans else attribute.value.strip()
        return ""
