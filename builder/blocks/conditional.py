"""A block that is asked under a condition, as templates: whether it holds is worked out once a message."""

from builder.blocks.model import Block


def around(block: Block) -> tuple[str, str]:
    """What stands before and after whatever belongs to the block alone."""
    return "{% if acto.shows." + block.name + " %}", "{% endif %}"


def only(block: Block, template: str) -> str:
    """The template, where the block is asked."""
    before, after = around(block)
    return f"{before}{template}{after}" if block.when else template
