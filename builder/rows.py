"""Splits a section with conditional columns into one section for each case, because the engine computes widths at compile time.

`{% if a %}<column>{% endif %}<column>` becomes a section of two columns if a, else a section of one.
"""

from dataclasses import dataclass, field

from builder import jinja
from builder.nodes import Element, Node, Text

MAX_CASES = 8
MAX_ITEMS = 200  # of one section; a row has a handful
COLUMNS = frozenset({"mj-column", "mj-group"})


@dataclass(frozen=True)
class Piece:
    """A statement of Jinja, or the content of one whole section."""

    statement: str = ""
    row: tuple[Node, ...] = ()


@dataclass
class _Choice:
    """An if with its branches: each opening statement, and the nodes after it."""

    branches: list[tuple[str, list[Node]]] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        return jinja.keyword(self.branches[-1][0]) == "else"


def cases(section: Element, sized: bool) -> list[Piece] | None:
    """Split a section into the sections to write and the statements between them; None if it can be written as it is.

    `sized` says that its columns have widths of their own. Loops, and more than MAX_CASES cases, are left as they are.
    """
    items = None if sized else _read(section)
    if items is None:
        return None
    choices = [item for item in items if isinstance(item, _Choice)]
    conditional = any(_is_column(node) for choice in choices for _, nodes in choice.branches for node in nodes)
    count = 1
    for choice in choices:
        count *= len(choice.branches) + (not choice.is_complete)
    return _expanded(items, ()) if conditional and count <= MAX_CASES else None


def _read(section: Element) -> list[Node | _Choice] | None:
    """Group the children by their ifs; None if there is other Jinja between them."""
    items: list[Node | _Choice] = []
    choice: _Choice | None = None
    for child in section.children:
        if isinstance(child, Element) or child.is_comment:
            (choice.branches[-1][1] if choice else items).append(child)
            continue
        for is_jinja, piece in jinja.split(child.raw):
            word = jinja.keyword(piece) if is_jinja else ""
            if not is_jinja or piece.startswith("{#"):
                continue
            if word == "if" and choice is None:
                choice = _Choice([(piece, [])])
            elif word in ("elif", "else") and choice is not None:
                choice.branches.append((piece, []))
            elif word == "endif" and choice is not None:
                items.append(choice)
                choice = None
            else:
                return None
    return items if choice is None and len(items) <= MAX_ITEMS else None


def _expanded(items: list[Node | _Choice], chosen: tuple[Node, ...]) -> list[Piece]:
    """Expand the cases of the first choice, each with the nodes that follow."""
    if not items:
        return [Piece(row=chosen)]
    first, *rest = items
    if not isinstance(first, _Choice):
        return _expanded(rest, (*chosen, first))
    pieces = []
    for statement, nodes in first.branches:
        pieces += [Piece(statement), *_expanded(rest, (*chosen, *nodes))]
    if not first.is_complete:
        pieces += [Piece("{% else %}"), *_expanded(rest, chosen)]
    return [*pieces, Piece("{% endif %}")]


def _is_column(node: Node) -> bool:
    return not isinstance(node, Text) and node.tag in COLUMNS
