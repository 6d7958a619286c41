"""Reads one body in one language with its partials included: the tree that lint, the MJML compiler and the text part share."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder import jinja, markup
from builder.catalog import variant
from builder.markup import MAX_CHARACTERS, MAX_DEPTH, Attribute, Element, Source, Text
from builder.problems import Problem
from builder.tags import CONTENT_TAGS, FRAMES, LISTS

HOLDS_TEXT = CONTENT_TAGS | {"ac-option"}  # MJML reads none of its own tags in these, so they include nothing
MAX_INCLUDES = 50  # of one email in all; include loops are reported before


@dataclass
class Tree:
    """A parsed body with its problems. `nodes` are the top-level nodes; a valid body has one <mjml> among them."""

    nodes: list[Element | Text]
    problems: list[Problem] = field(default_factory=list)

    @property
    def mjml(self) -> Element | None:
        """The top-level <mjml>, or None."""
        return next((node for node in self.nodes if isinstance(node, Element) and node.tag == "mjml"), None)

    def walk(self) -> list[Element]:
        """List every element, in document order."""
        return [below for node in self.nodes if isinstance(node, Element) for below in node.walk()]


def read(path: str, language: str, files: Mapping[str, str]) -> Tree:
    """Read the body at `path` and include its partials in their language. Faults are added to the tree's problems, not raised."""
    return _Reader(language, files).read(path)


class _Reader:
    def __init__(self, language: str, files: Mapping[str, str]) -> None:
        self.language, self.files, self.includes = language, files, 0
        self.characters, self.over = 0, False
        self.problems: list[Problem] = []
        self.heads: list[Element | Text] = []  # the head content of partials that are whole emails

    def read(self, path: str) -> Tree:
        nodes = self._parse(path)
        self._expand(nodes, (path,), 0)
        tree = Tree(nodes, self.problems)
        if tree.mjml and self.heads:
            _head(tree.mjml).children += self.heads
        _unwrap(nodes)
        return tree

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
        if node.tag in HOLDS_TEXT:
            return [node]
        if depth >= MAX_DEPTH:  # partials in partials can be too deep together
            said = f"With its partials the email nests tags more than {MAX_DEPTH} deep here."
            return self._refused(node, "too-deep", said, "Nest less.")
        self._expand(node.children, trail, depth + 1)
        return [node]

    def _included(self, node: Element, trail: tuple[str, ...], depth: int) -> list[Element | Text]:
        wanted = node.get("path")
        path = self._path(node, wanted)
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
            if "\\" in wanted:
                fix = f"Write {wanted.replace(chr(92), '/')}, with / between folders."
            said = f"There is no partial {wanted}." if wanted else "This <mj-include> has no path."
            return self._refused(node, "missing-include", said, fix)
        kind = node.get("type", "mjml").strip().lower()
        if kind in ("css", "html"):
            return [self._other(kind, path, inline="css-inline" in node.attributes)]
        nodes = self._partial(self._parse(path))
        self._expand(nodes, (*trail, path), depth)
        return nodes

    def _path(self, node: Element, wanted: str) -> str:
        """The file that is meant, in this language; as in MJML, `.mjml` may be left out."""
        base = posixpath.normpath(posixpath.join(posixpath.dirname(node.source.path), wanted))
        found = variant(base, self.language, self.files)
        return found if found in self.files else variant(f"{base}.mjml", self.language, self.files)

    def _partial(self, nodes: list[Element | Text]) -> list[Element | Text]:
        """Return a partial's nodes: all of them, or the content of its body if it is a whole email; its head joins the email's head."""
        root = next((node for node in nodes if isinstance(node, Element) and node.tag == "mjml"), None)
        if root is None:
            return nodes
        self.heads += [child for each in root.elements if each.tag == "mj-head" for child in each.children]
        return [child for each in root.elements if each.tag == "mj-body" for child in each.children]

    def _other(self, kind: str, path: str, *, inline: bool) -> Element:
        """Wrap a partial of html or CSS in the tag that MJML puts around it."""
        source = Source(path, self.files[path])
        self.characters += len(source.text)
        element = Element("mj-style" if kind == "css" else "mj-raw", source, 0, inner_end=len(source.text))
        element.children = self._parse(path) if kind == "html" else [Text(source, 0, len(source.text))]
        if inline:
            element.attributes["inline"] = Attribute("inline", "inline", source, 0, 0)
        return element

    def _refused(self, node: Element, rule: str, message: str, fix: str) -> list[Element | Text]:
        self.problems.append(node.source.problem(node.start, rule, message, fix))
        return []


def _head(mjml: Element) -> Element:
    """Return the <mj-head>; add one if there is none."""
    head = next((child for child in mjml.elements if child.tag == "mj-head"), None)
    if head is None:
        head = Element("mj-head", mjml.source, mjml.start)
        mjml.children.insert(0, head)
    return head


def _unwrap(nodes: list[Element | Text], frame: str = "") -> None:
    """Remove comments between tags, which are not sent, and each <mj-raw> that holds only Jinja statements.

    MJML's handbook puts Jinja in such tags. Acto does not need them, and an if that opens in one would close in another.
    """
    nodes[:] = [node for node in nodes if isinstance(node, Element) or not node.is_comment or node.is_conditional]
    for at, node in enumerate(nodes):
        if not isinstance(node, Element):
            continue
        if node.tag == "mj-raw" and frame in FRAMES | LISTS and _is_only_statements(node):
            nodes[at] = Text(node.source, node.inner_start, node.inner_end)
        elif node.tag not in HOLDS_TEXT:
            _unwrap(node.children, node.tag)


def _is_only_statements(raw: Element) -> bool:
    spans = raw.source.spans_in(raw.inner_start, raw.inner_end)
    shadow = raw.source.shadow[raw.inner_start : raw.inner_end]
    return (
        bool(spans) and not shadow.strip(f"{jinja.FILLER} \t\r\n") and all(span.kind == "statement" for span in spans)
    )
