"""Declares <ac-choose>, a block that asks for one option, or several, from a short list."""

from builder.blocks import parts
from builder.blocks.model import COMMON, OPTION, Attribute, Block, Declaration, Style
from builder.markup import Element


def build(element: Element, style: Style, language: str) -> Block:
    """Build the block from its tag."""
    return Block(
        **parts.common(element, style, language),
        options=parts.options(element),
        many=element.get("pick", "one") == "many",
    )


DECLARATION = Declaration(
    tag="ac-choose",
    help="Asks for one option, or several, out of a short list.",
    attributes={
        **COMMON,
        "pick": Attribute("How many options a person may choose.", allowed=("one", "many"), default="one"),
    },
    option_attributes=OPTION,
    build=build,
)
