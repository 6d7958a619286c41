"""Converts markup to plain text: the words that a reader of html sees, in the same order, without layout.

It reads the template's tree, not the compiled html, so that layout leaves no trace and every Jinja condition keeps its place.
"""

import re
from collections.abc import Callable, Sequence

from builder import css, jinja
from builder.inheritance import Inheritance
from builder.markup import Element, Source, Text, parse

RULE = "-" * 40
GAP = "\n\n"
INDENT = "   "
_PARAGRAPHS = frozenset(
    ["p", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "pre", "figure"]
)
_LINE_TAGS = (
    "div dt dd center address section article header footer aside main nav figcaption fieldset form details summary"
)
_LINES = frozenset(_LINE_TAGS.split())
_SILENT = frozenset(["mj-head", "mj-style", "style", "script", "template", "mj-spacer", "mj-title", "mj-preview"])
_STRUCK = frozenset(["s", "strike", "del"])  # a space separates an old price from the new one
_LISTS = frozenset(["ul", "ol"])
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)")
_HIDDEN = re.compile(r"(?:display:none|visibility:hidden)(?:!important)?")


class Writer:
    """Writes one tree as plain text; `of_block` writes the text of a block."""

    def __init__(self, root: Element, of_block: Callable[[Element], str]) -> None:
        self.root, self.of_block = root, of_block
        self.inheritance = Inheritance(root)
        self.hidden = _hidden_classes(root)

    def document(self) -> str:
        """Write the whole tree."""
        return _tidy(self._inside(self.root.children))

    def _inside(self, nodes: Sequence[Element | Text]) -> str:
        written = ""
        for before, node in zip((None, *nodes), nodes, strict=False):
            piece = self._node(node)
            apart = isinstance(before, Element) and before.tag in _STRUCK and piece[:1].strip()
            written += f" {piece}" if apart else piece
        return written

    def _node(self, node: Element | Text) -> str:
        if isinstance(node, Text):
            return _words(node.raw)
        if node.tag in _SILENT or self._is_hidden(node):
            return ""
        if node.tag.startswith("ac-"):
            return self.of_block(node)
        if node.tag in _LISTS:
            return self._list(node)
        inside = self._inside(node.children)
        rule = RULES.get(node.tag)
        return rule(self, node, inside) if rule else _plain(node, inside)

    def value(self, node: Element, name: str) -> str:
        """Return an attribute as the html has it, inherited values included, as a plain-text template."""
        found = self.inheritance.attributes(node).get(name)
        return jinja.decoded_value(found.value.strip()) if found else ""

    def address(self, node: Element) -> str:
        """Return a link's address; for mail and telephone the part that a person would type, for a place in the same mail nothing."""
        href = self.value(node, "href")
        parent = self.inheritance.parent(node)
        if href and node.tag == "mj-navbar-link" and parent:
            href = self.value(parent, "base-url") + href
        if href.startswith("#"):
            return ""
        if href.startswith(("mailto:", "tel:")):
            return (
                jinja.outside(href.partition(":")[2], lambda piece: piece.partition("?")[0])
                if "?" in href
                else href.partition(":")[2]
            )
        return href

    def _is_hidden(self, node: Element) -> bool:
        style = re.sub(r"\s+", "", node.get("style").lower())
        classes = f"{node.get('class')} {self.value(node, 'css-class')}".split()
        return bool("hidden" in node.attributes or _HIDDEN.search(style) or self.hidden.intersection(classes))

    def _list(self, node: Element) -> str:
        """Write a list, with numbers if html numbers its items, indented if it stands in another list."""
        numbers = _Numbers(node)
        pieces = [
            self._item(child, numbers.next())
            if isinstance(child, Element) and child.tag == "li" and not self._is_hidden(child)
            else self._node(child)
            for child in node.children
        ]
        parent = self.inheritance.parent(node)
        written = "".join(pieces)
        return written if parent and parent.tag == "li" else f"{GAP}{written}{GAP}"

    def _item(self, item: Element, mark: str) -> str:
        lines = _tidy(self._inside(item.children)).strip().split("\n")
        return f"\n{mark} " + "\n".join([lines[0], *(f"{INDENT}{line}" for line in lines[1:] if line.strip())])


class _Numbers:
    """The marks of a list's items: numbers if no condition can leave an item out, the loop's index in a loop, else a dash."""

    def __init__(self, node: Element) -> None:
        words = [
            _STATEMENT.match(text.source.text[span.start : span.end])
            for text in node.children
            if isinstance(text, Text) and not text.is_comment
            for span in text.spans
            if span.kind == "statement"
        ]
        said = [found[1] for found in words if found]
        items = sum(child.tag == "li" for child in node.elements)
        self.ordered = node.tag == "ol"
        self.looped = said == ["for", "endfor"] and items == 1
        self.known = not said
        start = node.get("start")
        self.at = int(start) - 1 if re.fullmatch(r"[0-9]{1,6}", start) and int(start) else 0

    def next(self) -> str:
        self.at += 1
        if self.ordered and self.looped:
            return "{{ loop.index" + (f" + {self.at - 1}" if self.at > 1 else "") + " }}."
        return f"{self.at}." if self.ordered and self.known else "-"


def plain(html: str) -> str:
    """Convert an HTML template to a plain-text one."""
    source = Source("", html)
    nodes, _ = parse(source)
    root = Element("", source, 0, children=nodes)
    return Writer(root, lambda element: "").document()


def tidy(text: str) -> str:
    """Remove the empty lines that a false condition leaves after personalising."""
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", text).strip() + "\n"


def _plain(node: Element, inside: str) -> str:
    if node.tag in _PARAGRAPHS or (node.tag.startswith("mj-") and node.tag != "mj-raw"):
        return f"{GAP}{inside}{GAP}"
    return f"\n{inside}\n" if node.tag in _LINES else inside


def _link(writer: Writer, node: Element, inside: str) -> str:
    """Write a link in a sentence: its address between <>, so that no full stop becomes part of it (RFC 3986, appendix C)."""
    said, href = " ".join(inside.split()), writer.address(node)
    if not href or said == href:
        return said or href
    return f"{said} <{href}>" if said else href


def _button(writer: Writer, node: Element, inside: str) -> str:
    """Write a link on a line of its own; a social network without a label gets its name."""
    name = writer.value(node, "name").partition("-")[0].capitalize()
    said, href = " ".join(inside.split()) or name, writer.address(node)
    return f"{GAP}{f'{said}: {href}' if said and href and said != href else said or href}{GAP}"


def _image(writer: Writer, node: Element, inside: str) -> str:
    alt, href = writer.value(node, "alt"), writer.address(node)
    said = f"{alt}: {href}" if alt and href else alt
    return f"{GAP}{said}{GAP}" if said else ""


def _cell(writer: Writer, node: Element, inside: str) -> str:
    return f"{' '.join(inside.split())}  "


def _rule(writer: Writer, node: Element, inside: str) -> str:
    return f"{GAP}{RULE}{GAP}"


RULES: dict[str, Callable[[Writer, Element, str], str]] = {
    "a": _link,
    "mj-button": _button,
    "mj-navbar-link": _button,
    "mj-social-element": _button,
    "mj-image": _image,
    "mj-carousel-image": _image,
    "img": lambda writer, node, inside: jinja.decoded_value(node.get("alt")),
    "mj-divider": _rule,
    "hr": _rule,
    "br": lambda writer, node, inside: "\n",
    "li": lambda writer, node, inside: f"\n- {inside.strip()}",
    "tr": lambda writer, node, inside: f"\n{inside.rstrip()}",
    "td": _cell,
    "th": _cell,
}


def _hidden_classes(root: Element) -> frozenset[str]:
    """Find the classes that a style sheet of the author hides, such as the second logo for dark mode."""
    groups = [
        group
        for element in root.walk()
        if element.tag in css.SHEETS
        for text in element.children
        if isinstance(text, Text)
        for group in css.sheet(text.source, text.start, text.end)
        if any(each.name == "display" and each.value.startswith("none") for each in group.declarations)
    ]
    selectors = [selector.strip() for group in groups for selector in group.selector.split(",")]
    return frozenset(selector[1:] for selector in selectors if re.fullmatch(r"\.[\w-]+", selector))


def _words(raw: str) -> str:
    """Write text as read: comments removed, entities decoded, white space folded; Jinja stays as it is."""
    visible = re.sub(r"<!--.*?-->", "", raw, flags=re.DOTALL)
    return jinja.outside(visible, lambda piece: jinja.decoded(re.sub(r"\s+", " ", piece)))


def _tidy(text: str) -> str:
    """Remove trailing spaces and repeated empty lines, and end with one line break."""
    lines = [line.strip() if not line.startswith(INDENT) else line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
