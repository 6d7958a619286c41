"""Lists the CSS that an AMP email may hold, as tables: properties, selectors, @media; each tried on the official validator."""

import re

_FAMILIES = """
    align- content items self
    background- * attachment blend-mode clip color image origin position repeat size
    border- * bottom bottom-color bottom-left-radius bottom-right-radius bottom-style bottom-width collapse color left left-color
        left-style left-width radius right right-color right-style right-width spacing style top top-color top-left-radius
        top-right-radius top-style top-width width
    break- after before inside
    column- count fill gap rule rule-color rule-style rule-width span width
    counter- increment reset
    flex- * basis direction flow grow shrink wrap
    font- * family feature-settings kerning size size-adjust stretch style synthesis variant variant-alternates variant-caps
        variant-east-asian variant-ligatures variant-numeric weight
    grid- * area auto-columns auto-flow auto-rows column column-end column-start row row-end row-start template template-areas
        template-columns template-rows
    justify- content items self
    list- style style-position style-type
    margin- * bottom left right top
    max- height width
    min- height width
    object- fit position
    outline- * color offset style width
    overflow- * wrap x y
    padding- * bottom left right top
    text- align align-last combine-upright decoration decoration-color decoration-line decoration-style indent justify
        orientation overflow shadow transform underline-position
    transition- delay duration timing-function
    word- break spacing wrap
"""
_ALONE = """
    appearance aspect-ratio bottom box-shadow box-sizing caption-side caret-color clear color columns direction display empty-cells
    float gap height hyphens isolation left letter-spacing line-break line-height mix-blend-mode opacity order perspective
    place-items quotes resize right row-gap table-layout top transform unicode-bidi vertical-align white-space width writing-mode
"""


def _read(text: str) -> frozenset[str]:
    names, family = set(), ""
    for word in text.split():
        if word.endswith("-"):
            family = word
        else:
            names.add(family.rstrip("-") if word == "*" else family + word)
    return frozenset(names)


PROPERTIES = _read(_FAMILIES) | frozenset(_ALONE.split())
_SAID = r"(initial|hidden|visible)"
VALUES = {  # properties that may take some values only
    "cursor": re.compile(r"initial|pointer"),
    "visibility": re.compile(_SAID),
    "position": re.compile(
        r"static|relative|absolute|initial|inherit"
    ),  # the validator passes fixed, AMP's own rules do not
    "z-index": re.compile(r"[+-]?(100|[0-9]{1,2})"),
    "transition": re.compile(r"none|(opacity|transform|visibility)\b[^,]*(,\s*(opacity|transform|visibility)\b[^,]*)*"),
    "filter": re.compile(r"(blur|brightness|contrast|grayscale|invert|opacity|saturate|sepia)\([^()]*\)"),
}
FOREIGN = ("-", "mso-")  # properties for other clients, dropped without a warning
USELESS = frozenset({"cursor", "visibility", "touch-action", "user-select", "zoom", "pointer-events"})  # likewise

_PSEUDO_CLASSES = """active checked default disabled empty enabled first-child first-of-type focus focus-within hover in-range indeterminate
    invalid last-child last-of-type not nth-child nth-last-child nth-last-of-type nth-of-type only-child only-of-type optional
    out-of-range read-only read-write required valid"""
PSEUDO_CLASSES = frozenset(_PSEUDO_CLASSES.split())
ATTRIBUTE_SELECTORS = frozenset({"type", "expanded"})
# Selectors of MJML for one client, or for components that AMP has of its own.
HACKS = (
    "#outlook",
    "[owa]",
    ".moz-text-html",
    "noinput",
    ".mj-carousel",
    ".mj-accordion",
    "input.mj-accordion",
    ".mj-menu",
)

HACK_RULES = frozenset({"goodbye", "charset"})

MEDIA_TYPES = frozenset({"all", "screen", "only", "not", "and"})
MEDIA_FEATURES = frozenset(
    f"{limit}{name}" for name in ("width", "device-width", "resolution") for limit in ("", "min-", "max-")
) | {"orientation", "hover", "pointer"}
NIGHT = "prefers-color-scheme"  # AMP has no dark mode, so its rules are dropped without a warning
