"""Declares <ac-explore>, a block of parts that a person opens; each opened part shows an interest."""

from builder.blocks import parts
from builder.blocks.model import COMMON, OPTION, Attribute, Block, Declaration, Option, Style
from builder.markup import Element

ACCUMULATES = "all"  # every opened part counts; a second one does not replace the first


def build(element: Element, style: Style, language: str) -> Block:
    """Build the block from its tag; each option is a part."""
    common = {**parts.common(element, style, language), "answers": ACCUMULATES}
    return Block(**common, options=tuple(map(_part, parts.option_elements(element))), many=True)


def _part(element: Element) -> Option:
    return Option(
        element.get("value"),
        parts.text(element, "title"),
        **parts.points(element),
        product=element.get("product"),
        content=element.inner.strip(),
    )


DECLARATION = Declaration(
    tag="ac-explore",
    help="Shows parts that a person opens; which ones they open is the answer. Each option is a part: its HTML stands in it.",
    attributes={name: row for name, row in COMMON.items() if name != "answers"},
    option_attributes={
        **{name: row for name, row in OPTION.items() if name != "thanks"},
        "title": Attribute("The part's title, always seen.", required=True),
    },
    build=build,
    without=frozenset({"mailto", "gmail", "calendar"}),
)
