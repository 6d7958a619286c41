"""The plain-text part, written for people: it says what the html says, in the same order, and numbers the answers.

It is made from the template's tree, not from the compiled html, so that layout leaves no trace in it and every Jinja
condition keeps its place.
"""

import re
from collections.abc import Callable

from builder import jinja
from builder.blocks import Block, Option, shown
from builder.formats import links
from builder.formats.words import word
from builder.markup import Element, Source, Text, parse

RULE = "-" * 40
_PARAGRAPHS = frozenset(["p", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"])
_LINES = frozenset(["div", "dt", "dd", "center", "address"])
_SILENT = frozenset(["mj-head", "mj-style", "style", "script"])
_GAP = "\n\n"


def document(root: Element, blocks: dict[str, Block]) -> str:
    """The whole text part as a plain-text Jinja template. `blocks` by name."""
    pieces = [_node(child, blocks) for child in root.children]
    return _tidy("".join(pieces))


def block(block: Block) -> str:
    """One block as a plain-text template: the question, then each answer with its link on a line of its own."""
    hint = f"\n({word(block.language, 'pick_many')})" if block.many and not block.opens else ""
    return f"{block.question}{hint}\n" + RENDERERS[block.kind](block)


def scale(block: Block) -> str:
    """The values of a scale are numbers already; the author's words say what its ends mean."""
    ends = {block.options[0].value: block.low, block.options[-1].value: block.high}
    return "\n".join(
        f"{_step(option)}{_meaning(ends.get(option.value, ''))}: {links.answer(block, option)}"
        for option in block.options
    )


def _step(option: Option) -> str:
    """`4`, `4 estrellas`, `4 - Bien`."""
    if option.label.startswith(option.value):
        return option.label
    return f"{option.value} - {option.label}"


def _meaning(words: str) -> str:
    return f" ({words})" if words else ""


def numbered(block: Block) -> str:
    return block.each(lambda option, number: f"{number}. {option.label}\n   {links.answer(block, option)}\n")


def written(block: Block) -> str:
    return f"{word(block.language, 'write_here')}: {links.ask(block)}"


def parts(block: Block) -> str:
    """Each part as it reads, and its link."""
    return block.each(lambda option, number: _part(block, option, number))


def _part(block: Block, option: Option, number: str) -> str:
    content = plain(option.content).strip()
    more = f"{word(block.language, 'more_about')}: {links.answer(block, option)}"
    return f"{number}. {option.label}{_GAP}{content}\n{more}{_GAP}"


RENDERERS: dict[str, Callable[[Block], str]] = {
    "rate": scale,
    "choose": numbered,
    "confirm": numbered,
    "book": numbered,
    "answer": written,
    "explore": parts,
}


def plain(html: str) -> str:
    """An HTML template as a plain-text one."""
    nodes, _ = parse(Source("", html))
    return _tidy("".join(_node(node, {}) for node in nodes))


def _node(node: Element | Text, blocks: dict[str, Block]) -> str:
    if isinstance(node, Text):
        return _words(node.raw)
    if node.tag in _SILENT:
        return ""
    if node.tag.startswith("ac-"):
        found = blocks.get(node.get("name"))
        return shown.only(found, f"{_GAP}{block(found)}{_GAP}") if found else ""
    inside = "".join(_node(child, blocks) for child in node.children)
    return RULES.get(node.tag, _plain)(node, inside)


def _plain(node: Element, inside: str) -> str:
    if node.tag in _PARAGRAPHS or (node.tag.startswith("mj-") and node.tag != "mj-raw"):
        return f"{_GAP}{inside}{_GAP}"
    return f"\n{inside}\n" if node.tag in _LINES else inside


def _link(node: Element, inside: str) -> str:
    """A link in a sentence: its address between <>, so that no full stop becomes part of it (RFC 3986, appendix C)."""
    said, href = " ".join(inside.split()), _address(node)
    if not href or said == href:
        return said or href
    return f"{said} <{href}>" if said else href


def _button(node: Element, inside: str) -> str:
    """A link on a line of its own; a network without words is called by its name."""
    said, href = " ".join(inside.split()) or node.get("name").partition("-")[0].capitalize(), _address(node)
    return f"{_GAP}{f'{said}: {href}' if said and href and said != href else said or href}{_GAP}"


def _address(node: Element) -> str:
    """Where a link leads; of mail and telephone, what a person would type."""
    return re.sub(r"^(?:mailto|tel):", "", jinja.decoded(node.get("href").strip()))


def _image(node: Element, inside: str) -> str:
    alt, href = jinja.decoded(node.get("alt")), jinja.decoded(node.get("href"))
    said = f"{alt}: {href}" if alt and href else alt
    return f"{_GAP}{said}{_GAP}" if said else ""


def _cell(node: Element, inside: str) -> str:
    return f"{' '.join(inside.split())}  "


RULES: dict[str, Callable[[Element, str], str]] = {
    "a": _link,
    "mj-button": _button,
    "mj-navbar-link": _button,
    "mj-social-element": _button,
    "mj-image": _image,
    "img": lambda node, inside: jinja.decoded(node.get("alt")),
    "mj-divider": lambda node, inside: f"{_GAP}{RULE}{_GAP}",
    "hr": lambda node, inside: f"{_GAP}{RULE}{_GAP}",
    "mj-spacer": lambda node, inside: "",
    "mj-title": lambda node, inside: "",
    "mj-preview": lambda node, inside: "",
    "br": lambda node, inside: "\n",
    "li": lambda node, inside: f"\n- {inside.strip()}",
    "tr": lambda node, inside: f"\n{inside.rstrip()}",
    "td": _cell,
    "th": _cell,
}


def _words(raw: str) -> str:
    """Text as read: comments gone, entities decoded, white space folded; Jinja as it stands."""
    visible = re.sub(r"<!--.*?-->", "", raw, flags=re.DOTALL)
    return jinja.outside(visible, lambda piece: jinja.decoded(re.sub(r"\s+", " ", piece)))


def _tidy(text: str) -> str:
    """No trailing spaces, no more than one empty line, one line break at the end."""
    lines = [line.strip() if not line.startswith("   ") else line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def tidy(text: str) -> str:
    """The same after personalising: a condition that was false leaves no hole."""
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", text).strip() + "\n"
