"""Declares <ac-rate>, a block that asks for one number on a known scale."""

from dataclasses import replace

from builder.blocks import parts
from builder.blocks.model import COMMON, OPTION, Attribute, Block, Declaration, Option, Style
from builder.markup import Element

SCALES = {
    "nps": tuple(map(str, range(11))),
    "stars": tuple(map(str, range(1, 6))),
    "faces": tuple(map(str, range(1, 6))),
    "ces": tuple(map(str, range(1, 8))),
}
FACES = {
    "es": ("Muy mal", "Mal", "Regular", "Bien", "Muy bien"),
    "en": ("Very bad", "Bad", "Neutral", "Good", "Very good"),
}
STARS = {
    "es": ("1 estrella", "2 estrellas", "3 estrellas", "4 estrellas", "5 estrellas"),
    "en": ("1 star", "2 stars", "3 stars", "4 stars", "5 stars"),
}
ENDS = {  # the meaning of the lowest and highest number by default
    "es": {"nps": ("Nada probable", "Muy probable"), "ces": ("Muy difícil", "Muy fácil")},
    "en": {"nps": ("Not likely", "Very likely"), "ces": ("Very difficult", "Very easy")},
}


def build(element: Element, style: Style, language: str) -> Block:
    """Build the block from its tag; unnamed ends of the scale get the usual words."""
    scale = element.get("scale") if element.get("scale") in SCALES else "stars"
    own = {option.value: option for option in parts.options(element)}
    low, high = ENDS.get(language, ENDS["en"]).get(scale, ("", ""))
    return Block(
        **parts.common(element, style, language),
        options=tuple(
            _option(value, label, own) for value, label in zip(SCALES[scale], labels(scale, language), strict=True)
        ),
        scale=scale,
        low=parts.text(element, "low") or low,
        high=parts.text(element, "high") or high,
    )


def labels(scale: str, language: str) -> tuple[str, ...]:
    """Return the labels of a scale's steps in a language."""
    words = {"faces": FACES, "stars": STARS}.get(scale)
    return words.get(language, words["en"]) if words else SCALES[scale]


def _option(value: str, label: str, own: dict[str, Option]) -> Option:
    given = own.get(value, Option(value, label))
    return replace(given, label=given.label or label)


DECLARATION = Declaration(
    tag="ac-rate",
    help="Asks for one number on a scale: NPS from 0 to 10, stars from 1 to 5, faces from 1 to 5, CES from 1 to 7.",
    attributes={
        **COMMON,
        "scale": Attribute("Which scale.", allowed=tuple(SCALES), default="stars"),
        "low": Attribute("What the lowest number means."),
        "high": Attribute("What the highest number means."),
    },
    option_attributes={
        **OPTION,
        "value": Attribute("The number on the scale these points are for.", required=True),
    },
    build=build,
    scale_options=SCALES,
)
