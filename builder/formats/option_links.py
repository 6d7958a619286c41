"""Writes the links of options as templates; the token is filled in when the message is written."""

from builder.blocks import Block, Option


def answer(block: Block, option: Option) -> str:
    """Write the option's own link, to a page that has it marked."""
    return f"{ask(block)}/{option.value}"


def ask(block: Block) -> str:
    """Write the block's link, to a page with nothing marked."""
    return "{{ acto.links." + block.name + " }}"
