"""Wraps templates of a block in its condition, which is evaluated once for each message."""

from builder.blocks.model import Block


def around(block: Block) -> tuple[str, str]:
    """Return the statements before and after a template that belongs to the block alone."""
    return "{% if acto.shows." + block.name + " %}", "{% endif %}"


def only(block: Block, template: str) -> str:
    """Wrap the template in the block's condition, if it has one."""
    before, after = around(block)
    return f"{before}{template}{after}" if block.when else template
