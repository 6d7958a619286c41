"""Cleans the body for AMP: keeps, renames, unwraps or removes each tag and attribute, and records each loss."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from builder.formats.amp import tag_rules as rules
from builder.formats.amp import tree
from builder.formats.amp.losses import Losses
from builder.formats.amp.marks import Marks
from builder.formats.amp.sheet import Sheet
from builder.formats.amp.tree import Node


@dataclass
class Work:
    """The state of one document's conversion: its marks of Jinja, losses, extensions and style sheet."""

    marks: Marks
    losses: Losses = field(default_factory=Losses)
    extensions: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.marks, self.losses)


def clean(root: Node, work: Work) -> None:
    """Clean every tag below the root. Images and components were converted before; their tags are AMP's own and stay."""
    gone: set[Node] = set()
    for node in tree.tags(root):
        tag = str(node.tag)
        if node in gone:
            continue
        if tag in rules.TWINS:
            _rename(node, work)
        if node.tag in rules.TAGS or tag.startswith("amp-"):
            attributes(node, work)
        else:
            gone.update(_take_away(node, tag, work))


def attributes(node: Node, work: Work) -> None:
    """Clean the attributes of one tag."""
    tag = str(node.tag)
    for name in list(map(str, node.attrib)):
        if not tag.startswith("amp-") and not _may_have(tag, name, str(node.attrib[name]), work):
            _drop(node, name, work)
    if node.tag == "a":
        _link(node, work)
    _style(node, work)


def _may_have(tag: str, name: str, value: str, work: Work) -> bool:
    if name in rules.REFUSED or name.startswith(("data-amp", "data-acto")):
        return False
    if name == "id":
        return bool(rules.ID.fullmatch(value)) and value not in rules.RESERVED_IDS
    if name == "class":
        return "i-amphtml" not in value
    if limit := rules.ATTRIBUTE_VALUES.get((tag, name)):
        return bool(limit.fullmatch(value))
    known = name in rules.ATTRIBUTES or name in rules.OWN_ATTRIBUTES.get(tag, ())
    return known or name.startswith(rules.PREFIXES)


def _drop(node: Node, name: str, work: Work) -> None:
    value = str(node.attrib[name]).strip()
    if name.startswith("["):
        work.losses.add("binding", name)
    said = rules.AS_STYLE.get(name)
    own = str(node.get("style", ""))
    tree.drop_attribute(node, name, work.marks) if not said or work.marks.holds(value) else node.attrib.pop(name)
    if said and value.isdigit():
        value += "px"
    if said and not work.marks.holds(value) and not _says(own, said):
        node.set("style", f"{said.format(value)};{own}")


def _says(style: str, said: str) -> bool:
    """Return whether the tag's own style, which comes first, sets the same property."""
    return said.partition("-")[0].partition(":")[0] in style


def _link(node: Node, work: Work) -> None:
    """Make a link open a new page; a link to a place in the email itself is dropped, because AMP has no such address."""
    href = node.get("href")
    if href is None:
        node.attrib.pop("target", None)
        return
    address = str(href).strip().replace(" ", "%20")
    if not work.marks.any.match(address) and not _is_address(address):
        work.losses.add("link", work.marks.restore(address))
        tree.drop_attribute(node, "href", work.marks)
        node.attrib.pop("target", None)
        return
    node.set("href", address)
    node.set("target", "_blank")


def _is_address(address: str) -> bool:
    if not rules.ADDRESS.match(address) or "{{" in address or "}}" in address or "__amp_source_origin" in address:
        return False
    try:
        return not address.lower().startswith("http") or bool(
            urlsplit(address).hostname and urlsplit(address).port != 0
        )
    except ValueError:
        return False


def _style(node: Node, work: Work) -> None:
    style = node.attrib.pop("style", None)
    if style is None:
        return
    name, own = work.sheet.style(str(style))
    if name:
        node.set("class", f"{node.get('class', '')} {name}".strip())
    if own:
        node.set("style", own)


def _rename(node: Node, work: Work) -> None:
    twin, look = rules.TWINS[str(node.tag)]
    if node.tag == "font" and str(node.get("size", "")) in _FONT_SIZES:
        look = f"font-size:{_FONT_SIZES[str(node.get('size'))]}"
    node.tag = twin
    if look:
        node.set("style", f"{look};{node.get('style', '')}")


_FONT_SIZES = {"1": "10px", "2": "13px", "3": "16px", "4": "18px", "5": "24px", "6": "32px", "7": "48px"}


def _take_away(node: Node, tag: str, work: Work) -> list[Node]:
    """Remove or unwrap a tag; return the tags that were removed with it."""
    if tag in rules.FIELDS:
        work.losses.add("field", f"<{tag}>")
    elif tag not in rules.SILENT and re.fullmatch(r"[a-z][a-z0-9-]*", tag):  # <o:p> is a word processor's own
        work.losses.add("tag", f"<{tag}>")
    if tag not in rules.EMPTIED and (tag not in rules.FIELDS or tag in rules.KEPT_INSIDE):
        tree.unwrap(node, work.marks)
        return []
    below = list(tree.tags(node))
    tree.remove(node, work.marks)
    return below
