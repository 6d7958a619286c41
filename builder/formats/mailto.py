"""Writes mailto links (RFC 6068) that open a mail with the question in it, to an address that holds the token.

A link scanner cannot send such a mail, and it works in every client, from plain text too.
"""

from functools import lru_cache
from urllib.parse import quote

from builder.blocks import Block, Option
from builder.formats.phrases import word

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LINE = "-- -- --"  # the person writes above it


def link(block: Block, address: str) -> str:
    """Write the mailto URL of a personalised block."""
    return f"mailto:{address}?{_query(block)}"


@lru_cache(maxsize=512)
def _query(block: Block) -> str:
    """Write the subject and body of the mail; cached, because most blocks have the same words for everybody."""
    body = "\r\n".join(["", "", LINE, block.question, *_choices(block)])
    return f"subject={quote(block.question)}&body={quote(body)}"


def codes(block: Block) -> dict[str, str]:
    """Map each code that a person may type, in upper case, to its option: the number of a scale, else a letter."""
    if block.scale:
        return {option.value.upper(): option.value for option in block.options}
    return {LETTERS[at]: option.value for at, option in enumerate(block.options[: len(LETTERS)])}


def _choices(block: Block) -> list[str]:
    hint = word(block.language, _hint(block))
    if block.scale:
        ends = [f"{option.value} = {text}" for option, text in _ends(block) if text]
        return [f"{hint} ({block.options[0].value}-{block.options[-1].value})", *ends]
    labels = {option.value: option.label for option in block.options}
    return [hint, *(f"{code} = {labels[value]}" for code, value in codes(block).items())]


def _ends(block: Block) -> tuple[tuple[Option, str], ...]:
    return (block.options[0], block.low), (block.options[-1], block.high)


def _hint(block: Block) -> str:
    if block.limit:
        return "reply_text"
    return "reply_number" if block.scale else "reply_letters" if block.many else "reply_letter"
