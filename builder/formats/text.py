"""Writes the plain-text part for people: the words of the html in the same order, with numbered answers."""

from collections.abc import Callable

from builder.blocks import Block, Option, conditional
from builder.formats import option_links
from builder.formats.phrases import word
from builder.formats.plain import GAP, Writer, plain, tidy
from builder.markup import Element

__all__ = ["block", "document", "plain", "tidy"]


def document(root: Element, blocks: dict[str, Block]) -> str:
    """Write the whole text part as a plain-text Jinja template. `blocks` by name."""

    def of_block(element: Element) -> str:
        found = blocks.get(element.get("name"))
        return conditional.only(found, f"{GAP}{block(found)}{GAP}") if found else ""

    return Writer(root, of_block).document()


def block(block: Block) -> str:
    """Write one block as a plain-text template: the question, then each answer with its link on a line of its own."""
    hint = f"\n({word(block.language, 'pick_many')})" if block.many and not block.opens else ""
    return f"{block.question}{hint}\n" + RENDERERS[block.kind](block)


def scale(block: Block) -> str:
    """Write the steps of a scale with their links; the author's words explain its ends."""
    ends = {block.options[0].value: block.low, block.options[-1].value: block.high}
    return "\n".join(
        f"{_step(option)}{_meaning(ends.get(option.value, ''))}: {option_links.answer(block, option)}"
        for option in block.options
    )


def _step(option: Option) -> str:
    """Write a step as `4`, `4 estrellas` or `4 - Bien`."""
    if option.label.startswith(option.value):
        return option.label
    return f"{option.value} - {option.label}"


def _meaning(words: str) -> str:
    return f" ({words})" if words else ""


def numbered(block: Block) -> str:
    """Write numbered options with their links."""
    return block.each(lambda option, number: f"{number}. {option.label}\n   {option_links.answer(block, option)}\n")


def written(block: Block) -> str:
    """Write the link of a block that takes text."""
    return f"{word(block.language, 'write_here')}: {option_links.ask(block)}"


def parts(block: Block) -> str:
    """Write each part as plain text, and its link."""
    return block.each(lambda option, number: _part(block, option, number))


def _part(block: Block, option: Option, number: str) -> str:
    content = plain(option.content).strip()
    more = f"{word(block.language, 'more_about')}: {option_links.answer(block, option)}"
    return f"{number}. {option.label}{GAP}{content}\n{more}{GAP}"


RENDERERS: dict[str, Callable[[Block], str]] = {
    "rate": scale,
    "choose": numbered,
    "confirm": numbered,
    "book": numbered,
    "answer": written,
    "explore": parts,
}
