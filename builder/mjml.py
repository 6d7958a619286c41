"""Compiles a body with the MJML engine; the only module that imports it.

The engine prints attribute values as debug strings, drops or chokes on some content, and reports next to nothing. So it gets the
structure only: text content, attribute values outside plain ASCII, Jinja and blocks are opaque marks in its input, and each mark
is replaced in its output by the author's text. One compiled document serves every format: html and AMP draw the blocks
differently.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import mjml as engine

from builder import engine_input, engine_output, inlining, jinja, lists, rows
from builder.blocks import DECLARATIONS, Block, Style, conditional
from builder.blocks.model import styled
from builder.inheritance import Inheritance
from builder.markup import Element, Text
from builder.problems import BrokenTemplate
from builder.tags import CONTENT_TAGS

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
        """Return the document as an HTML template, with each block drawn by `render`."""

        def restored(found: re.Match[str]) -> str:
            mark = found.group()
            return render(self.blocks[mark]) if mark in self.blocks else self.contents.get(mark, mark)

        return _MARK.sub(restored, self.html)

    def naive(self, render: Callable[[Block], str]) -> str:
        """Return the MJML as a template to compile again for each message: the baseline of `acto bench`."""
        return Document("", self.source, self.contents, self.blocks).filled(render)


def compile(root: Element, language: str, title: str, preheader: str) -> Document:  # noqa: A001
    """Compile a tree in which lint found no error. `title` and `preheader` are plain-text templates.

    Raises BrokenTemplate if the engine refuses it.
    """
    writer = _Writer(root, language)
    source = writer.write(root, title, preheader)
    try:
        compiled = writer.mended(html(source))
    except Exception as error:  # the engine raises its own kinds, which share no base
        fix = "Simplify the body until it compiles; please report the case."
        raise BrokenTemplate(
            [root.source.problem(root.start, "mjml-engine", f"MJML refused the body: {error}.", fix)]
        ) from error
    document = Document(source, compiled, writer.contents, writer.blocks)
    return writer.inlined(document) if writer.inline_css else document


def html(source: str) -> str:
    """Compile MJML to HTML with the engine alone."""
    compiled: str = engine.mjml2html(source)
    return compiled


def style(root: Element) -> Style:
    """Read the default look of blocks from mj-attributes: mj-all and mj-text for the text, ac-all for blocks."""
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
    inline_css: str = ""
    listed: dict[str, str] = field(default_factory=dict)  # marks between the items of a list, with its tag

    def __post_init__(self) -> None:
        texts = {element.source.text for element in self.root.walk()}
        self.prefix = "jx"
        while any(self.prefix in text for text in texts):
            self.prefix += "x"
        self.style = style(self.root)
        self.inheritance = Inheritance(self.root)
        self.sizes = engine_input.Sizes()

    def mended(self, html: str) -> str:
        """Undo the changes of `engine_input` in the engine's html and correct its differences from npm mjml."""
        body = next((each for each in self.root.elements if each.tag == "mj-body"), self.root)
        width = engine_input.pixels(body.get("width", "600px"))
        heroes = [self._hero(each, width) for each in self.root.walk() if each.tag == "mj-hero"]
        given = {name: each.value for name, each in self.inheritance.attributes(body).items()}
        named = {html: given[name] for html, name in (("id", "id"), ("class", "css-class")) if name in given}
        html = lists.bared(self.sizes.restore(html), self.listed)
        return engine_output.mended(html, heroes, self._attributes(named))

    def inlined(self, document: Document) -> Document:
        """Apply the rules of <mj-style inline="inline"> to the document's tags. Raises BrokenTemplate."""
        whole = Document("", document.html, self.contents, {})
        try:
            html = inlining.inlined(whole.filled(lambda _: ""), self.inline_css, self._content)
        except inlining.CannotInline as error:
            said, fix = f"The styles of <mj-style inline> cannot be read: {error}.", "Correct the style sheet."
            raise BrokenTemplate([self.root.source.problem(self.root.start, "mjml-engine", said, fix)]) from error
        return Document(document.source, html, self.contents, self.blocks)

    def _hero(self, hero: Element, width: int) -> engine_output.Hero:
        given = {name: each.value for name, each in self.inheritance.attributes(hero).items()}
        left = width - engine_input.across(given)
        if given.get("mode") != "fluid-height":
            return engine_output.Hero(left)
        wide, high = (engine_input.pixels(given.get(f"background-{side}", "")) for side in ("width", "height"))
        return engine_output.Hero(left, round(high / wide * 100) if wide else 0)

    def write(self, root: Element, title: str, preheader: str) -> str:
        head = next((child for child in root.elements if child.tag == "mj-head"), None)
        own = {child.tag for child in head.elements} if head else set()
        added = "".join(
            f"<{tag}>{self._content(jinja.escaped(text))}</{tag}>"
            for tag, text in (("mj-title", title), ("mj-preview", preheader))
            if tag not in own and text
        )
        inside = "".join(self._node(child, head) for child in head.children) if head else ""
        rest = "".join(self._node(child, root) for child in root.children if child is not head)
        direction = self._attributes({name: each.value for name, each in root.attributes.items() if name == "dir"})
        return f'<mjml lang="{self.language}"{direction}><mj-head>{inside}{added}</mj-head>{rest}</mjml>'

    def _node(self, node: Element | Text, parent: Element | None) -> str:
        if isinstance(node, Text):
            return self._between(node)
        if node.tag in DECLARATIONS:
            return self._block(node)
        if node.tag in ("mj-attributes", "mj-html-attributes"):
            return ""  # the first is resolved into each tag; the engine refuses the second, and lint reports it
        if node.tag == "mj-style" and node.get("inline") == "inline":
            self.inline_css += node.inner
            return ""
        values = engine_input.values(node, self.inheritance, self.sizes, parent)
        before = self._gap(node, parent) if parent is not None and parent.tag == "mj-wrapper" else ""
        opened = f"<{node.tag}{self._attributes(values)}>"
        pieces = rows.cases(node, self._is_sized(node)) if node.tag == "mj-section" else None
        if pieces is None:
            return f"{before}{opened}{self._inside(node)}</{node.tag}>"
        written = (
            f"<mj-raw>{self._content(piece.statement)}</mj-raw>"
            if piece.statement
            else f"{opened}{''.join(self._node(child, node) for child in piece.row)}</{node.tag}>"
            for piece in pieces
        )
        return before + "".join(written)

    def _is_sized(self, section: Element) -> bool:
        columns = [child for child in section.elements if child.tag in rows.COLUMNS]
        return all(self.inheritance.value(child, "width") for child in columns)

    def _gap(self, node: Element, wrapper: Element) -> str:
        """Write the space between two sections of an <mj-wrapper> with a gap; a row of its own for Outlook."""
        gap = self.inheritance.value(wrapper, "gap")
        if not gap or node.tag not in ("mj-section", "mj-hero") or node is wrapper.elements[0]:
            return ""
        space = f'style="height:{gap};line-height:{gap};font-size:0;"'
        outlook = f"<!--[if mso | IE]><tr><td {space}>&nbsp;</td></tr><![endif]-->"
        return f"<mj-raw>{self._content(f'{outlook}<!--[if !mso]><!--><div {space}>&nbsp;</div><!--<![endif]-->')}</mj-raw>"

    def _inside(self, node: Element) -> str:
        if node.tag in CONTENT_TAGS:
            return self._content(node.inner) if node.inner.strip() else ""
        if node.tag in lists.ITEMS:
            return "".join(self._of_list(child, node) for child in node.children)
        return "".join(self._node(child, node) for child in node.children)

    def _of_list(self, child: Element | Text, around: Element) -> str:
        """Write a child of a tag that takes items only; a child that is no item becomes the text of one."""
        pieces = [self._content(child.inner)] if isinstance(child, Element) and child.tag == "mj-raw" else []
        if isinstance(child, Text):
            pieces = [self._content(piece) for piece in _kept(child)]
        elif not pieces:
            return self._node(child, around)
        self.listed |= dict.fromkeys(pieces, around.tag)
        return "".join(lists.item(around.tag, mark) for mark in pieces)

    def _attributes(self, values: Mapping[str, str]) -> str:
        return "".join(f' {name}="{self._value(value)}"' for name, value in values.items())

    def _value(self, value: str) -> str:
        value, *more = value.split(engine_input.NEXT)
        if more:
            named = (each.partition("=")[::2] for each in more)
            riding = "".join(f'" {name}="{jinja.outside(said, _quoted)}' for name, said in named)
            return self._content(jinja.outside(value, _quoted) + riding)
        if _PLAIN_VALUE.fullmatch(value) and not jinja.spans(value):
            return value
        return self._content(jinja.outside(value, _quoted))

    def _between(self, text: Text) -> str:
        """Write the text between structural tags: its Jinja (an if around a section) and comments for Outlook; the rest is dropped."""
        return "".join(f"<mj-raw>{self._content(piece)}</mj-raw>" for piece in _kept(text))

    def _block(self, node: Element) -> str:
        block = DECLARATIONS[node.tag].build(node, self.style, self.language)
        mark = self._mark()
        self.blocks[mark] = block
        look = block.style
        given = {name: each.value for name, each in self.inheritance.defaults("mj-text").items()}
        given = {name: value for name, value in given.items() if not name.startswith("padding")}
        row = f"<mj-text{self._attributes({**given, 'align': look.align, 'padding': look.padding})}>{mark}</mj-text>"
        if not block.when:
            return row
        before, after = map(self._content, conditional.around(block))  # around the row: a block not asked leaves no gap
        return f"<mj-raw>{before}</mj-raw>{row}<mj-raw>{after}</mj-raw>"

    def _content(self, template: str) -> str:
        mark = self._mark()
        self.contents[mark] = template
        return mark

    def _mark(self) -> str:
        return f"{self.prefix}{len(self.contents) + len(self.blocks):05d}z"


def _kept(text: Text) -> list[str]:
    """Return the pieces of a text between tags that are sent."""
    if text.is_comment:
        return [text.raw] if text.is_conditional else []
    return [piece for is_jinja, piece in jinja.split(text.raw) if is_jinja and not piece.startswith("{#")]


def _quoted(piece: str) -> str:
    """Escape part of an attribute's source for double quotes; its entities stay as the author wrote them."""
    return piece.replace('"', "&#34;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "&#10;")
