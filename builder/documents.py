"""One body in one language with its partials in place: the tree that lint, the MJML door and the text part all read."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder import markup
from builder.catalog import variant
from builder.markup import Element, Source, Text
from builder.problems import Problem

MAX_INCLUDES = 50  # in all, whoever includes them: a partial that includes itself ends here by name


@dataclass
class Tree:
    """`nodes` are what stands at the top; a healthy body has one <mjml> there."""

    nodes: list[Element | Text]
    problems: list[Problem] = field(default_factory=list)

    @property
    def mjml(self) -> Element | None:
        return next((node for node in self.nodes if isinstance(node, Element) and node.tag == "mjml"), None)

    def walk(self) -> list[Element]:
        return [below for node in self.nodes if isinstance(node, Element) for below in node.walk()]


def read(path: str, language: str, files: Mapping[str, str]) -> Tree:
    return _Reader(language, files).read(path)


class _Reader:
    def __init__(self, language: str, files: Mapping[str, str]) -> None:
        self.language, self.files, self.includes = language, files, 0
        self.problems: list[Problem] = []

    def read(self, path: str) -> Tree:
        nodes = self._parse(path)
        self._expand(nodes, (path,))
        return Tree(nodes, self.problems)

    def _parse(self, path: str) -> list[Element | Text]:
        nodes, problems = markup.parse(Source(path, self.files[path]))
        self.problems += problems
        return nodes

    def _expand(self, nodes: list[Element | Text], trail: tuple[str, ...]) -> None:
        """Puts the nodes of each partial where its <mj-include> stands. Depth is bounded by the parser's and the trail's."""
        for node in [node for node in nodes if isinstance(node, Element)]:
            if node.tag == "mj-include":
                at = nodes.index(node)
                nodes[at : at + 1] = self._included(node, trail)
            else:
                self._expand(node.children, trail)

    def _included(self, node: Element, trail: tuple[str, ...]) -> list[Element | Text]:
        wanted = node.get("path")
        base = posixpath.normpath(posixpath.join(posixpath.dirname(node.source.path), wanted))
        path = variant(base, self.language, self.files)
        self.includes += 1
        if path in trail or self.includes > MAX_INCLUDES:
            return self._refused(
                node,
                "include-loop",
                f"{wanted} includes itself, or too much is included.",
                "Remove this line.",
            )
        if not wanted or path not in self.files:
            fix = "Write the path from this file to a partial beside the email's folder."
            return self._refused(node, "missing-include", f"There is no partial {wanted or 'without a path'}.", fix)
        nodes = self._parse(path)
        self._expand(nodes, (*trail, path))
        return nodes

    def _refused(self, node: Element, rule: str, message: str, fix: str) -> list[Element | Text]:
        self.problems.append(node.source.problem(node.start, rule, message, fix))
        return []
