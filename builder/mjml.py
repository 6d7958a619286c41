"""The one door to the MJML engine.

The engine prints attribute values as debug strings, drops or chokes on some content, and reports next to nothing. So it is
shown structure only: the content of every text-like tag, every attribute value outside plain ASCII, every piece of Jinja and
every block stands in its input as an opaque mark, and what was masked is put back into its output as the author wrote it.
That also makes the compiled document the same for every format: html and AMP differ in what they put in a block's place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import mjml as engine

from builder import jinja
from builder.blocks import DECLARATIONS, Block, Style, shown
from builder.blocks.model import styled
from builder.markup import Element, Text
from builder.problems import BrokenTemplate

CONTENT_TAGS = frozenset(
    [
        "mj-text",
        "mj-button",
        "mj-table",
        "mj-raw",
        "mj-title",
        "mj-preview",
        "mj-style",
        "mj-navbar-link",
        "mj-social-element",
        "mj-accordion-title",
        "mj-accordion-text",
    ]
)
_MARK = re.compile(r"jx+[0-9]{5,}z")
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9#%.,:;/?&=_()'+ -]*")


@dataclass(frozen=True)
class Document:
    """A compiled body with marks in it. `contents` are HTML templates by mark, `blocks` the blocks by mark.

    `source` is the MJML that was compiled, with the same marks.
    """

    source: str
    html: str
    contents: Mapping[str, str]
    blocks: Mapping[str, Block]

    def filled(self, render: Callable[[Block], str]) -> str:
        """The document as an HTML template, each block as `render` makes it."""

        def restored(found: re.Match[str]) -> str:
            mark = found.group()
            return render(self.blocks[mark]) if mark in self.blocks else self.contents.get(mark, mark)

        return _MARK.sub(restored, self.html)

    def naive(self, render: Callable[[Block], str]) -> str:
        """The MJML as a template that still has to be compiled for each message: what `acto bench` compares with."""
        return Document("", self.source, self.contents, self.blocks).filled(render)


def compile(root: Element, language: str, title: str, preheader: str) -> Document:  # noqa: A001
    """Compiles a tree that lint found no error in. `title` and `preheader` are plain-text templates.

    Raises BrokenTemplate where the engine refuses it all the same.
    """
    writer = _Writer(root, language)
    source = writer.write(root, title, preheader)
    try:
        compiled = html(source)
    except Exception as error:  # the engine raises its own kinds, which share no base
        fix = "Simplify the body until it compiles; please report the case."
        raise BrokenTemplate(
            [root.source.problem(root.start, "mjml-engine", f"MJML refused the body: {error}.", fix)]
        ) from error
    return Document(source, compiled, writer.contents, writer.blocks)


def html(source: str) -> str:
    """MJML to HTML, as the engine does it."""
    compiled: str = engine.mjml2html(source)
    return compiled


def style(root: Element) -> Style:
    """The look of blocks that mj-attributes gives: mj-all and mj-text for the text, ac-all for blocks."""
    found = Style()
    rows = [row for element in root.walk() if element.tag == "mj-attributes" for row in element.elements]
    for tag in ("mj-all", "mj-text", "ac-all"):
        for row in rows:
            if row.tag == tag:
                found = styled(found, row)
    return found


@dataclass
class _Writer:
    root: Element
    language: str
    contents: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)

    def __post_init__(self) -> None:
        texts = {element.source.text for element in self.root.walk()}
        self.prefix = "jx"
        while any(self.prefix in text for text in texts):
            self.prefix += "x"
        self.style = style(self.root)

    def write(self, root: Element, title: str, preheader: str) -> str:
        head = next((child for child in root.elements if child.tag == "mj-head"), None)
        own = {child.tag for child in head.elements} if head else set()
        added = "".join(
            f"<{tag}>{self._content(jinja.escaped(text))}</{tag}>"
            for tag, text in (("mj-title", title), ("mj-preview", preheader))
            if tag not in own and text
        )
        inside = "".join(self._node(child) for child in head.children) if head else ""
        rest = "".join(self._node(child) for child in root.children if child is not head)
        return f'<mjml lang="{self.language}"><mj-head>{inside}{added}</mj-head>{rest}</mjml>'

    def _node(self, node: Element | Text) -> str:
        if isinstance(node, Text):
            return self._between(node)
        if node.tag in DECLARATIONS:
            return self._block(node)
        if node.tag == "mj-attributes":
            return self._element(node, self._defaults(node))
        if node.tag in CONTENT_TAGS:
            return self._element(node, self._content(node.inner) if node.inner.strip() else "")
        return self._element(node, "".join(self._node(child) for child in node.children))

    def _defaults(self, node: Element) -> str:
        """Rows of mj-attributes; those for blocks are ours and unknown to the engine."""
        rows = [row for row in node.elements if not row.tag.startswith("ac-")]
        return "".join(self._element(row, self._defaults(row)) for row in rows)

    def _element(self, node: Element, inside: str) -> str:
        attributes = "".join(f' {each.name}="{self._value(each.value)}"' for each in node.attributes.values())
        return f"<{node.tag}{attributes}>{inside}</{node.tag}>"

    def _value(self, value: str) -> str:
        if _PLAIN_VALUE.fullmatch(value) and not jinja.spans(value):
            return value
        return self._content(jinja.outside(value, _quoted))

    def _between(self, text: Text) -> str:
        """Text between structural tags: only its Jinja means anything there (an if around a section)."""
        if text.is_comment:
            return ""
        return "".join(
            f"<mj-raw>{self._content(piece)}</mj-raw>"
            for is_jinja, piece in jinja.split(text.raw)
            if is_jinja and not piece.startswith("{#")
        )

    def _block(self, node: Element) -> str:
        block = DECLARATIONS[node.tag].build(node, self.style, self.language)
        mark = self._mark()
        self.blocks[mark] = block
        look = block.style
        row = f'<mj-text align="{look.align}" padding="{look.padding}">{mark}</mj-text>'
        if not block.when:
            return row
        before, after = map(self._content, shown.around(block))  # around the row: a block not asked leaves no gap
        return f"<mj-raw>{before}</mj-raw>{row}<mj-raw>{after}</mj-raw>"

    def _content(self, template: str) -> str:
        mark = self._mark()
        self.contents[mark] = template
        return mark

    def _mark(self) -> str:
        return f"{self.prefix}{len(self.contents) + len(self.blocks):05d}z"


def _quoted(piece: str) -> str:
    """Part of an attribute's source, safe between double quotes; its entities stay as the author wrote them."""
    return piece.replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "&#10;")
