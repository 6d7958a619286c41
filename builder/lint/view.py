"""Defines the input of the rules: one body in one language, and its email."""

import difflib
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from builder.documents import Tree
from builder.inheritance import Inheritance
from builder.lint import prose
from builder.lint.rules import RULES
from builder.nodes import Attribute, Element, Source, Text
from builder.problems import Problem
from builder.source import EmailSource
from builder.tags import CONTENT_TAGS

BLIND = frozenset({"mj-title", "mj-preview", "mj-style"})  # hold text that the page does not show
SHOWING = CONTENT_TAGS - BLIND  # hold text and HTML


@dataclass(frozen=True)
class Place:
    """An element with the tags around it, outermost first."""

    element: Element
    above: tuple[Element, ...]

    @property
    def parent(self) -> str:
        """The tag around it, empty at the top."""
        return self.above[-1].tag if self.above else ""

    @property
    def in_content(self) -> bool:
        """True if it is inside a tag that holds HTML."""
        return any(element.tag in CONTENT_TAGS for element in self.above) or self.in_part

    @property
    def in_part(self) -> bool:
        """True if it is inside a part of <ac-explore>, which holds HTML as well."""
        tags = [element.tag for element in self.above]
        return ("ac-explore", "ac-option") in pairwise(tags)


@dataclass(frozen=True)
class View:
    """One language of an email. `used` names the blocks whose answers a flow uses."""

    email: EmailSource
    language: str
    tree: Tree = field(repr=False)
    used: Set[str] = frozenset()

    @cached_property
    def places(self) -> list[Place]:
        """Every element, in document order."""
        return list(_places(self.tree.nodes, ()))

    @property
    def blocks(self) -> list[Place]:
        """The elements that are blocks."""
        return [place for place in self.places if is_block(place.element)]

    @cached_property
    def pieces(self) -> list[prose.Piece]:
        """The words of the body, in reading order."""
        return prose.read(self.tree.nodes, self.email.body(self.language))

    @cached_property
    def inheritance(self) -> Inheritance:
        """The attributes that count on each tag of MJML."""
        nodes = [node for node in self.tree.nodes if isinstance(node, Element)]
        first = self.tree.mjml or (nodes[0] if nodes else None)
        return Inheritance(first or Element("", Source("", ""), 0))

    @property
    def toml_path(self) -> str:
        """The path of the email's settings."""
        return f"{self.email.name}/email.toml"


def is_block(element: Element) -> bool:
    """Return whether an element is a block."""
    return element.tag.startswith("ac-") and element.tag not in ("ac-option", "ac-all")


def problem_in(source: Source, offset: int, rule: str, message: str, fix: str) -> Problem:
    """Build a problem at an offset of a file, with the severity of its rule."""
    line, column = source.position(offset)
    return Problem(source.path, line, column, rule, RULES[rule].severity, message, fix)


def at(node: Element | Text | Attribute, rule: str, message: str, fix: str) -> Problem:
    """Build a problem at a node or an attribute."""
    return problem_in(node.source, node.start, rule, message, fix)


def in_file(path: str, rule: str, message: str, fix: str) -> Problem:
    """Build a problem of a whole file, or of an email."""
    return Problem(path, 1, 1, rule, RULES[rule].severity, message, fix)


def meant(word: str, known: Iterable[str]) -> str:
    """Return the known word that the author probably meant, or an empty text."""
    near = difflib.get_close_matches(word[:40].lower(), list(known), 1, 0.7)
    return near[0] if near else ""


def _places(nodes: Iterable[Element | Text], above: tuple[Element, ...]) -> Iterator[Place]:
    for node in nodes:
        if isinstance(node, Element):
            yield Place(node, above)
            yield from _places(node.children, (*above, node))
