"""Defines the data classes and attributes that all blocks and formats share: Block, Option, Style, Declaration."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from builder.markup import Element

STAGES = ("warm", "hot")  # of a lead; every lead is at least cold
POINTS = ("interest", "need", "urgency")  # for sales; each option may add to them or subtract


@dataclass(frozen=True)
class Attribute:
    """One row of a block's declaration. `allowed` lists the legal values; empty means any text."""

    help: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Option:
    """One possible answer. `label` is a plain-text Jinja template; `value` stands in URLs and in data."""

    value: str
    label: str
    interest: int = 0
    need: int = 0
    urgency: int = 0
    product: str = ""
    floor: str = ""
    content: str = ""  # of a part of <ac-explore>: an HTML template
    thanks: str = ""  # shown after this answer, says the next step: a plain-text Jinja template


@dataclass(frozen=True)
class Style:
    """The look of a block that an author may change; defaults come from mj-attributes (mj-all, mj-text, ac-all)."""

    accent: str = "#1d4ed8"
    font_family: str = "Arial, Helvetica, sans-serif"
    color: str = "#1f2937"
    align: str = "left"
    padding: str = "10px 25px"


# An option of the message's data, inside the loop that prints them; the numbers of the options after it continue.
OFFERED = Option("{{ option.value }}", "{{ option.label }}")
Draw = Callable[[Option, str], str]


@dataclass(frozen=True)
class Block:
    """One question of an email in one language.

    `question`, `low`, `high`, `placeholder` and `closes` are plain-text Jinja templates, `when` is a Jinja expression. A block
    with `slots` has further options in the message's data, which `offers.resolved` adds. With a `calendar` that list is read live
    each time. `level` draws all options alike. A block with a `limit` has no options: it takes a text of at most so many characters.
    """

    kind: str
    name: str
    question: str
    options: tuple[Option, ...]
    language: str
    many: bool = False
    answers: str = "latest"
    scale: str = ""
    low: str = ""
    high: str = ""
    slots: str = ""
    calendar: str = ""
    limit: int = 0
    placeholder: str = ""
    when: str = ""
    closes: str = ""
    interest: int = 0
    need: int = 0
    urgency: int = 0
    product: str = ""
    floor: str = ""
    thanks: str = ""
    level: bool = False
    style: Style = Style()

    @cached_property
    def is_personal(self) -> bool:
        """True if one of its texts uses the person or the data of the message."""
        own = (self.question, self.low, self.high, self.placeholder, self.thanks)
        return any("{" in text for text in (*own, *(f"{o.label}{o.content}{o.thanks}" for o in self.options)))

    @property
    def opens(self) -> bool:
        """True if its options are parts that open one by one, and all opened ones count."""
        return self.many and any(option.content for option in self.options)

    @property
    def answer_kind(self) -> str:
        """The stored kind of its answers: its kind, and whether several values count."""
        return f"{self.kind}_many" if self.many else self.kind

    def option(self, value: str) -> Option | None:
        """Return the option with a value, or None."""
        return next((option for option in self.options if option.value == value), None)

    def accepts(self, values: tuple[str, ...]) -> bool:
        """Return whether these values are a valid answer: all of them options of the block, and as many as it takes."""
        if self.limit:
            return len(values) == 1 and 0 < len(values[0].strip()) <= self.limit
        known = all(self.option(value) for value in values)
        return known and len(set(values)) == len(values) and (bool(values) if self.many else len(values) == 1)

    def normal(self, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return the values as they are stored: a text loses control characters and the white space around it."""
        if not self.limit:
            return values
        return tuple(
            "".join(c for c in value.replace("\r", "") if c == "\n" or c.isprintable()).strip() for value in values
        )

    def each(self, draw: Draw) -> str:
        """Join `draw(option, number)` for each option, as a template; options of the data are drawn in a loop.

        `number` counts from 1; it is a template too.
        """
        first = "{{ acto.options." + self.name + " | length + %d }}" if self.slots else "%d"
        fixed = "".join(draw(option, first % at) for at, option in enumerate(self.options, 1))
        if not self.slots:
            return fixed
        offered = draw(OFFERED, "{{ loop.index }}")
        return "{% for option in acto.options." + self.name + " %}" + offered + "{% endfor %}" + fixed

    def as_dict(self) -> dict[str, Any]:
        """Return the block as a dict."""
        return asdict(self)


@dataclass(frozen=True)
class Declaration:
    """A block as declared data: its tag, its attributes, and the function that builds a Block from a parsed element.

    `without` names the formats that cannot ask it, because of their vendors' rules. An answer to a block that `books` takes a
    time; an answer to one that `decides` says yes or no.
    """

    tag: str
    help: str
    attributes: Mapping[str, Attribute]
    option_attributes: Mapping[str, Attribute]
    build: Callable[[Element, Style, str], Block]
    scale_options: Mapping[str, tuple[str, ...]] | None = None
    without: frozenset[str] = frozenset({"gmail", "calendar"})
    books: bool = False
    decides: bool = False

    @property
    def kind(self) -> str:
        """The kind of block, which is the tag without `ac-`."""
        return self.tag.removeprefix("ac-")


NAME = r"[a-z][a-z0-9_]{0,30}"  # of a block, and VALUE of an option: both stand in URLs, exports and conditions
POINTS_SHAPE = re.compile(r"[+-]?[0-9]{1,3}")  # and from -100 to 100
VALUE = r"[a-z0-9][a-z0-9_-]{0,30}"

PRODUCT = Attribute("What the points are about: a product's name, a-z, 0-9, _ and -; the email's topic by default.")
THANKS = Attribute("What happens now and when, in your words: shown on the page after this answer.")
COMMON = {
    "name": Attribute(
        "The block's name in links, data and reports: a-z, 0-9 and _, unique in the email.", required=True
    ),
    "question": Attribute("What is asked, as the recipient reads it.", required=True),
    "answers": Attribute(
        "What counts when a person answers again: the latest answer, the first, or only one is taken.",
        allowed=("latest", "first", "once"),
        default="latest",
    ),
    "when": Attribute(
        "Asks only when this Jinja expression holds, as in `known.recommend <= 6`; `known` has the person's answers by name."
    ),
    "ask": Attribute(
        "Whether to ask a person who has answered a block of this name before, in any email.",
        allowed=("always", "unknown"),
        default="always",
    ),
    "closes": Attribute("When the last answer is taken: ISO 8601 with its offset, as in `2026-12-24T18:00-05:00`."),
    "product": PRODUCT,
    "accent": Attribute("Colour of what can be pressed, as #rrggbb."),
    "color": Attribute("Colour of the question, as #rrggbb."),
    "font-family": Attribute("Font of the block."),
    "align": Attribute("Where the block stands in its column.", allowed=("left", "center", "right"), default="left"),
    "padding": Attribute("Space around the block, as in MJML.", default="10px 25px"),
}
POINTS_OF = {
    **{name: Attribute(f"Points of {name} for this answer, from -100 to 100.", default="0") for name in POINTS},
    "product": PRODUCT,
    "floor": Attribute(
        "The stage that this answer is worth by itself for some weeks, whatever its points.", allowed=STAGES
    ),
}
OPTION = {
    "value": Attribute("The answer in links and data: a-z, 0-9, _ and -, unique in the block.", required=True),
    **POINTS_OF,
    "thanks": THANKS,
}


def styled(style: Style, element: Element) -> Style:
    """Return the style with this element's own attributes applied."""
    own = {key: element.get(key.replace("_", "-")) for key in asdict(style)}
    return replace(style, **{key: value for key, value in own.items() if value})
