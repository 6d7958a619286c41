"""The one door to lxml: HTML as a tree that forgives, cuts that leave every statement of Jinja behind, and HTML again."""

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from builder.formats.amp.marks import Marks

Node: TypeAlias = etree._Element

_VOID_ENDS = ("</wbr>",)  # what the serialiser closes and HTML does not


def parse(html: str) -> Node:
    """A whole document, with a head and a body. Raises ValueError where nothing is left for a body, as behind an open comment."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    if not any(node.tag == "body" for node in root):
        raise ValueError("there is no body in this html")
    return root


def inner(node: Node) -> str:
    """What stands in a tag, as HTML."""
    text = etree.tostring(node, method="html", encoding="unicode", with_tail=False)
    for end in _VOID_ENDS:
        text = text.replace(end, "")
    return text[text.index(">") + 1 : text.rindex("</")]


def is_comment(node: Node) -> bool:
    return isinstance(node, etree._Comment)


def is_tag(node: Node) -> bool:
    return isinstance(node.tag, str)


def tags(root: Node) -> Iterator[Node]:
    """Every tag below the root, as it stands now, in document order."""
    yield from (node for node in list(root.iterdescendants()) if is_tag(node))


def make(tag: str, **attributes: str) -> Node:
    return etree.Element(tag, {name.replace("_", "-"): value for name, value in attributes.items()})


def remove(node: Node, marks: Marks) -> None:
    """Takes a tag and all in it away; its statements stay in its place."""
    _leave(node, marks, [mark for below in node.iter() for mark in _own_statements(below, marks)])
    _detach(node)


def unwrap(node: Node, marks: Marks) -> None:
    """Takes a tag away; what stands in it stays in its place."""
    _leave(node, marks, _own_statements(node, marks))
    parent = _parent(node)
    at = parent.index(node)
    _text_before(parent, at, node.text or "")
    for child in reversed(list(node)):
        parent.insert(at, child)
    _detach(node)


def drop_attribute(node: Node, name: str, marks: Marks) -> None:
    value = node.attrib.pop(name)
    _leave(node, marks, marks.statements(str(value)))


def replace(node: Node, new: Node) -> None:
    """Puts a tag in another's place."""
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
    """Out of its parent; the text after it stays."""
    parent = _parent(node)
    at, tail = parent.index(node), node.tail or ""
    node.tail = None
    parent.remove(node)
    _text_before(parent, at, tail)


def _text_before(parent: Node, at: int, text: str) -> None:
    """Adds text before the child at this place."""
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
