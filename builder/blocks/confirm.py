"""Declares <ac-confirm>, a block that asks for a decision: yes or no, coming or not, arrived or not."""

from builder.blocks import parts
from builder.blocks.model import COMMON, OPTION, Attribute, Block, Declaration, Option, Style
from builder.markup import Element

EMPHASIS = Attribute(
    "`none` draws all options alike, where no answer may be suggested, as in a consent.",
    allowed=("first", "none"),
    default="first",
)
ANSWERS = {"es": (("yes", "Sí"), ("no", "No")), "en": (("yes", "Yes"), ("no", "No"))}


def build(element: Element, style: Style, language: str) -> Block:
    """Build the block from its tag; without options it asks yes or no."""
    usual = tuple(Option(value, label) for value, label in ANSWERS.get(language, ANSWERS["en"]))
    level = element.get("emphasis") == "none"
    return Block(**parts.common(element, style, language), options=parts.options(element) or usual, level=level)


DECLARATION = Declaration(
    tag="ac-confirm",
    help="Asks for a decision. Without options of its own it asks yes or no; the first option is the main button, unless `emphasis` "
    "is `none`.",
    attributes={**COMMON, "emphasis": EMPHASIS},
    option_attributes=OPTION,
    build=build,
    decides=True,
    without=frozenset(),
)
