"""What a block is: the words every block module and every format shares."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from builder.markup import Element

POINTS = ("interest", "need", "urgency")  # what sales wants to know; each option may add to or take from them


@dataclass(frozen=True)
class Attribute:
    """One row of a block's declaration. `allowed` lists the legal values; empty means any text."""

    help: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Option:
    """One thing a recipient can answer. `label` is a plain-text Jinja template; `value` stands in URLs and in data."""

    value: str
    label: str
    interest: int = 0
    need: int = 0
    urgency: int = 0


@dataclass(frozen=True)
class Style:
    """What the author may change of a block's look; defaults come from mj-attributes (mj-all, mj-text, ac-all)."""

    accent: str = "#1d4ed8"
    font_family: str = "Arial, Helvetica, sans-serif"
    color: str = "#1f2937"
    align: str = "left"
    padding: str = "10px 25px"


@dataclass(frozen=True)
class Block:
    """One question of an Email in one language. `question`, `low` and `high` are plain-text Jinja templates."""

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
    style: Style = Style()

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)

    def accepts(self, values: tuple[str, ...]) -> bool:
        """Whether these values are an answer: all of them the block's own, and as many as it takes."""
        known = all(self.option(value) for value in values)
        return known and len(set(values)) == len(values) and (bool(values) if self.many else len(values) == 1)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Declaration:
    """A block as declared data: its tag, attributes, and how a parsed element becomes a Block."""

    tag: str
    help: str
    attributes: Mapping[str, Attribute]
    option_attributes: Mapping[str, Attribute]
    build: Callable[[Element, Style, str], Block]
    scale_options: Mapping[str, tuple[str, ...]] | None = None

    @property
    def kind(self) -> str:
        return self.tag.removeprefix("ac-")


NAME = r"[a-z][a-z0-9_]{0,30}"  # a block's name and an option's value: they stand in URLs, exports and conditions
POINTS_SHAPE = re.compile(r"[+-]?[0-9]{1,3}")  # and from -100 to 100
VALUE = r"[a-z0-9][a-z0-9_-]{0,30}"

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
    "accent": Attribute("Colour of what can be pressed, as #rrggbb."),
    "color": Attribute("Colour of the question, as #rrggbb."),
    "font-family": Attribute("Font of the block."),
    "align": Attribute("Where the block stands in its column.", allowed=("left", "center", "right"), default="left"),
    "padding": Attribute("Space around the block, as in MJML.", default="10px 25px"),
}
OPTION = {
    "value": Attribute("The answer in links and data: a-z, 0-9, _ and -, unique in the block.", required=True),
    "interest": Attribute("Points of interest for this answer, from -100 to 100.", default="0"),
    "need": Attribute("Points of need for this answer, from -100 to 100.", default="0"),
    "urgency": Attribute("Points of urgency for this answer, from -100 to 100.", default="0"),
}


def styled(style: Style, element: Element) -> Style:
    """The style with what this element says of itself."""
    own = {key: element.get(key.replace("_", "-")) for key in asdict(style)}
    return replace(style, **{key: value for key, value in own.items() if value})
