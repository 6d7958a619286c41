"""Defines the kinds of attribute values: the pattern of each, and the words for a valid one."""

import re

_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_SIZE = rf"(?:{_NUMBER}(?:px|%)|0)"
_HEX = r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"

KINDS: dict[str, tuple[re.Pattern[str], str]] = {
    "text": (re.compile(r".*", re.DOTALL), "any text"),
    "px": (re.compile(rf"{_NUMBER}px|0"), "pixels, as in 16px"),
    "size": (re.compile(_SIZE), "pixels or a percentage, as in 16px or 50%"),
    "auto": (re.compile(rf"{_SIZE}|auto"), "pixels, a percentage or auto"),
    "box": (re.compile(rf"{_SIZE}(?: +{_SIZE}){{0,3}}"), "one to four sizes, as in 10px 25px"),
    "spacing": (re.compile(rf"-?{_NUMBER}(?:px|em)|0|normal"), "pixels or em, as in 1px"),
    "height": (
        re.compile(rf"{_NUMBER}(?:px|%)?|[0-9]+,[0-9]+|normal"),
        "pixels, a percentage or a number, as in 24px or 1.5",
    ),
    "product": (re.compile(r"[a-z0-9][a-z0-9_-]{0,30}"), "a-z, 0-9, _ and -, 31 characters at most"),
    "limit": (re.compile(r"[1-9][0-9]{0,2}|1[0-9]{3}|2000"), "a whole number from 1 to 2000"),
    "count": (re.compile(r"[0-9]+(?:px)?"), "a whole number"),
    "hex": (re.compile(_HEX), "a colour as #rrggbb"),
    "color": (
        re.compile(rf"{_HEX}|#[0-9a-fA-F]{{4}}|#[0-9a-fA-F]{{8}}|(?:rgb|hsl)a?\([0-9., %/deg]+\)", re.IGNORECASE),
        "a colour, as in #1d4ed8",
    ),
}
LAYOUT = frozenset(KINDS) - {"text", "color"}  # kinds that the engine or a block uses in a computation
_COLORS = """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
    cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
    darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
    firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
    hotpink indianred indigo inherit ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral
    lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue
    lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine mediumblue
    mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue
    mintcream mistyrose moccasin navajowhite navy none oldlace olive olivedrab orange orangered orchid palegoldenrod
    palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown
    royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray slategrey snow
    springgreen steelblue tan teal thistle tomato transparent turquoise violet wheat white whitesmoke yellow
    yellowgreen
"""
COLORS = frozenset(_COLORS.split())


def fits(value: str, kind: str) -> bool:
    """Return whether a value is of a kind of KINDS, or one of the words of a kind like left/right."""
    value = value.strip()
    if kind not in KINDS:
        return value.lower() in kind.split("/")
    return bool(KINDS[kind][0].fullmatch(value)) or (kind == "color" and value.lower() in COLORS)


def wanted(kind: str) -> str:
    """Describe a valid value, to follow “Write”."""
    return KINDS[kind][1] if kind in KINDS else " or ".join(kind.split("/"))


def shapes_layout(kind: str) -> bool:
    """Return whether a value of this kind must be known when the email is compiled."""
    return kind in LAYOUT or kind not in KINDS
