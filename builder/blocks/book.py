"""Declares <ac-book>, a block that asks for one of the times that a calendar or the message's data offers."""

from builder.blocks import parts
from builder.blocks.model import COMMON, OPTION, POINTS_OF, THANKS, Attribute, Block, Declaration, Style
from builder.markup import Element


def build(element: Element, style: Style, language: str) -> Block:
    """Build the block from its tag."""
    return Block(
        **parts.common(element, style, language),
        **parts.points(element),
        thanks=parts.text(element, "thanks"),
        options=parts.options(element),
        slots=place(element.get("calendar")) or element.get("slots"),
        calendar=element.get("calendar"),
    )


def place(calendar: str) -> str:
    """Return the path in the data for the times of a calendar; a sample has its own times there."""
    return f"data.calendars.{calendar}" if calendar else ""


DECLARATION = Declaration(
    tag="ac-book",
    help="Asks for one of the times that a calendar, or the message's data, offers. Options of its own follow them (“none of these”).",
    attributes={
        **COMMON,
        "slots": Attribute(
            "Where in the data the times are, as in `data.slots`: a list of "
            '`{"start": "2026-12-03T10:00-05:00", "minutes": 30}`.',
        ),
        "calendar": Attribute(
            "The calendar whose free times are offered, instead of `slots`: live in the mail, on the page and in what refreshes."
        ),
        **POINTS_OF,
        "thanks": THANKS,
    },
    option_attributes=OPTION,
    build=build,
    books=True,
)
