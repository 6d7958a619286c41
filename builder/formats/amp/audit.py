"""Checks a filled AMP document for faults that the official validator passes."""

import re
from collections.abc import Callable, Iterator

from builder.formats.amp import tree
from builder.formats.amp.losses import Loss, Losses
from builder.formats.amp.tree import Node

MAX_BYTES = 200_000  # of the whole part
_STAYS = re.compile(r"position\s*:\s*(fixed|sticky)", re.IGNORECASE)


def faults(filled: str) -> tuple[Loss, ...]:
    """List every reason not to send this document; run the validator beside it."""
    losses = Losses()
    size = len(filled.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        losses.add("part-size", f"{size:,} bytes")
    root = tree.parse(filled)
    for kind, look in _LOOKS.items():
        for what in look(root):
            losses.add(kind, what)
    return losses.all()


def _fixed(root: Node) -> Iterator[str]:
    for node in tree.tags(root):
        said = node.text if node.tag == "style" else node.get("style")
        if found := _STAYS.search(str(said or "")):
            yield found.group()


def _unbound(root: Node) -> Iterator[str]:
    scripts = {str(node.get("custom-element", "")) for node in tree.tags(root) if node.tag == "script"}
    for node in tree.tags(root):
        for name in map(str, node.attrib):
            if name.startswith(("[", "data-amp-bind-")) and "amp-bind" not in scripts:
                yield name


def _unescaped(root: Node) -> Iterator[str]:
    """Find three braces in a template, which print a value as markup."""
    for node in tree.tags(root):
        if node.tag == "template" and "{{{" in tree.inner(node):
            yield "{{{ in a template"


def _method(root: Node) -> Iterator[str]:
    for node in tree.tags(root):
        if node.tag == "form" and str(node.get("method", "")).lower() != "post":
            yield f'method="{node.get("method", "")}"'


_LOOKS: dict[str, Callable[[Node], Iterator[str]]] = {
    "fixed": _fixed,
    "unbound": _unbound,
    "unescaped": _unescaped,
    "method": _method,
}
