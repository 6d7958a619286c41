"""Declares <ac-answer>, a block that asks for a few words of the person's own."""

from builder.blocks import parts
from builder.blocks.model import COMMON, POINTS_OF, THANKS, Attribute, Block, Declaration, Style
from builder.markup import Element

DEFAULT_LIMIT = 500
MAX_LIMIT = 2_000  # enough for an answer in an email


def build(element: Element, style: Style, language: str) -> Block:
    """Build the block from its tag."""
    return Block(
        **parts.common(element, style, language),
        **parts.points(element),
        thanks=parts.text(element, "thanks"),
        options=(),
        limit=parts.number(element, "limit", DEFAULT_LIMIT, MAX_LIMIT),
        placeholder=parts.text(element, "placeholder"),
    )


DECLARATION = Declaration(
    tag="ac-answer",
    help="Asks for a few words of the person's own.",
    attributes={
        **COMMON,
        "limit": Attribute(
            f"How many characters an answer may have, {MAX_LIMIT:,} at most.", default=str(DEFAULT_LIMIT)
        ),
        "placeholder": Attribute("An example of an answer, shown in the empty field."),
        **POINTS_OF,
        "thanks": THANKS,
    },
    option_attributes={},
    build=build,
    without=frozenset({"kinetic", "gmail", "calendar"}),
)
