"""Parses HTML into a tree and writes it again; the builder's only module that imports lxml. Removing a tag keeps its Jinja statements."""

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from builder.formats.amp.marks import Marks

Node: TypeAlias = etree._Element

_VOID_ENDS = ("</wbr>",)  # end tags that lxml writes and HTML does not have


def parse(html: str) -> Node:
    """Parse a whole document, with a head and a body. Raises ValueError if no body is left, as behind an open comment."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if not any(node.tag == "body" for node in root):
        raise ValueError("there is no body in this html")
    return root


def inner(node: Node) -> str:
    """Write a tag's content as HTML."""
    text = etree.tostring(node, method="html", encoding="unicode", with_tail=False)
    for end in _VOID_ENDS:
        text = text.replace(end, "")
    return text[text.index(">") + 1 : text.rindex("</")]


def is_comment(node: Node) -> bool:
    """Return whether a node is a comment."""
    return isinstance(node, etree._Comment)


def is_tag(node: Node) -> bool:
    """Return whether a node is a tag."""
    return isinstance(node.tag, str)


def tags(root: Node) -> Iterator[Node]:
    """Yield every tag below the root in document order, from a list made first, so that the tree may be changed meanwhile."""
    yield from (node for node in list(root.iterdescendants()) if is_tag(node))


def make(tag: str, **attributes: str) -> Node:
    """Make a tag; `_` in an attribute's name becomes `-`."""
    return etree.Element(tag, {name.replace("_", "-"): value for name, value in attributes.items()})


def remove(node: Node, marks: Marks) -> None:
    """Remove a tag with its content; its statements of Jinja stay in its place."""
    _leave(node, marks, [mark for below in node.iter() for mark in _own_statements(below, marks)])
    _detach(node)


def unwrap(node: Node, marks: Marks) -> None:
    """Remove a tag and keep its content in its place."""
    _leave(node, marks, _own_statements(node, marks))
    parent = _parent(node)
    at = parent.index(node)
    _text_before(parent, at, node.text or "")
    for child in reversed(list(node)):
        parent.insert(at, child)
    _detach(node)


def drop_attribute(node: Node, name: str, marks: Marks) -> None:
    """Remove an attribute; its statements of Jinja stay before the tag."""
    value = node.attrib.pop(name)
    _leave(node, marks, marks.statements(str(value)))


def replace(node: Node, new: Node) -> None:
    """Replace a tag by another."""
    parent = _parent(node)
    new.tail, node.tail = node.tail, None
    parent.replace(node, new)


def _own_statements(node: Node, marks: Marks) -> list[str]:
    if is_comment(node):
        return marks.statements(node.text or "")
    if not is_tag(node):
        return []
    said = [*map(str, node.attrib.values()), node.text or ""]  # in the text of tags that HTML does not parse, as iframe
    return [mark for text in said for mark in marks.statements(text)]


def _leave(node: Node, marks: Marks, statements: list[str]) -> None:
    parent = node.getparent()
    for mark in statements:
        comment = etree.Comment(mark)
        if parent is None or node.tag == "body":
            node.insert(0, comment)
            comment.tail, node.text = node.text, None
        else:
            parent.insert(parent.index(node), comment)


def _detach(node: Node) -> None:
    """Remove a node from its parent and keep the text after it."""
    parent = _parent(node)
    at, tail = parent.index(node), node.tail or ""
    node.tail = None
    parent.remove(node)
    _text_before(parent, at, tail)


def _text_before(parent: Node, at: int, text: str) -> None:
    """Add text before the child at this place."""
    if not text:
        return
    if at == 0:
        parent.text = (parent.text or "") + text
    else:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text


def _parent(node: Node) -> Node:
    parent = node.getparent()
    if parent is None:
        raise ValueError("the root of a document stays")
    return parent
