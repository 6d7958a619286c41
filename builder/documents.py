"""One body in one language with its partials in place: the tree that lint, the MJML door and the text part all read."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder import markup
from builder.catalog import variant
from builder.markup import MAX_CHARACTERS, MAX_DEPTH, Element, Source, Text
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
        """Every element, in document order."""
        return [below for node in self.nodes if isinstance(node, Element) for below in node.walk()]


def read(path: str, language: str, files: Mapping[str, str]) -> Tree:
    """The body at `path`, partials in their language in place. Whatever is wrong with it is in its problems."""
    return _Reader(language, files).read(path)


class _Reader:
    def __init__(self, language: str, files: Mapping[str, str]) -> None:
        self.language, self.files, self.includes = language, files, 0
        self.characters, self.over = 0, False
        self.problems: list[Problem] = []

    def read(self, path: str) -> Tree:
        nodes = self._parse(path)
        self._expand(nodes, (path,), 0)
        return Tree(nodes, self.problems)

    def _parse(self, path: str) -> list[Element | Text]:
        self.characters += len(self.files[path])
        nodes, problems = markup.parse(Source(path, self.files[path]))
        self.problems += [problem for problem in problems if problem not in self.problems]
        return nodes

    def _expand(self, nodes: list[Element | Text], trail: tuple[str, ...], depth: int) -> None:
        """Puts the nodes of each partial where its <mj-include> stands. `depth` counts the tags around `nodes`."""
        nodes[:] = [put for node in nodes for put in self._expanded(node, trail, depth)]

    def _expanded(self, node: Element | Text, trail: tuple[str, ...], depth: int) -> list[Element | Text]:
        if isinstance(node, Text):
            return [node]
        if node.tag == "mj-include":
            return self._included(node, trail, depth)
        if depth >= MAX_DEPTH:  # partials in partials: each was shallow enough alone
            said = f"With its partials the email nests tags more than {MAX_DEPTH} deep here."
            return self._refused(node, "too-deep", said, "Nest less.")
        self._expand(node.children, trail, depth + 1)
        return [node]

    def _included(self, node: Element, trail: tuple[str, ...], depth: int) -> list[Element | Text]:
        wanted = node.get("path")
        base = posixpath.normpath(posixpath.join(posixpath.dirname(node.source.path), wanted))
        path = variant(base, self.language, self.files)
        self.includes += 1
        if path in trail:
            return self._refused(node, "include-loop", f"{wanted} includes itself.", "Remove this line.")
        if self.over:
            return []
        if self.includes > MAX_INCLUDES or self.characters > MAX_CHARACTERS:
            self.over = True
            said = f"The email includes more than {MAX_INCLUDES} partials or {MAX_CHARACTERS:,} characters."
            return self._refused(node, "too-large", said, "Include less.")
        if not wanted or path not in self.files:
            fix = "Write the path from this file to a partial beside the email's folder."
            said = f"There is no partial {wanted}." if wanted else "This <mj-include> has no path."
            return self._refused(node, "missing-include", said, fix)
        nodes = self._parse(path)
        self._expand(nodes, (*trail, path), depth)
        return nodes

    def _refused(self, node: Element, rule: str, message: str, fix: str) -> list[Element | Text]:
        self.problems.append(node.source.problem(node.start, rule, message, fix))
        return []
