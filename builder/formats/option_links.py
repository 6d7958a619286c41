"""Where an option leads, as templates: the message's token is filled in when the message is written."""

from builder.blocks import Block, Option


def answer(block: Block, option: Option) -> str:
    """The option's own link: a page where it is already marked."""
    return f"{ask(block)}/{option.value}"


def ask(block: Block) -> str:
    """The block's link: a page where nothing is marked yet."""
    return "{{ acto.links." + block.name + " }}"
