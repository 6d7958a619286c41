"""Lists html and CSS features that large mail clients ignore, from the data of caniemail.com of May 2026.

Only features whose loss takes something from the reader are listed; square corners, shadows, hovers and fallback fonts are left
out. (name, pattern of `name:value`, clients that ignore it, what to do instead)
"""

import re
from dataclasses import dataclass

CLIENTS = {
    "g": "Gmail",
    "w": "Outlook for Windows",
    "o": "Outlook.com",
    "y": "Yahoo Mail",
    "s": "Samsung Email",
}
Row = tuple[str, str, str, str]
_COLUMNS = "Put what stands side by side into <mj-column>s."
_FIXED = "Write the number it comes to, in px."
_HEX = "Write the colour as #rrggbb."
_BEHIND = "Give a background-color as well, or use background-url of <mj-section>."
CSS: tuple[Row, ...] = (
    ("display:flex", r"display:(?:inline-)?flex", "w", _COLUMNS),
    ("display:grid", r"display:(?:inline-)?grid", "w", _COLUMNS),
    ("float", r"float:(?:left|right)", "w", "Use align on a table or an image, or <mj-column>s."),
    ("column-count", r"(?:column-count|columns):.*\d", "wy", _COLUMNS),
    ("position", r"position:(?:absolute|fixed|sticky)", "gw", "Let it stand where it comes in the text."),
    ("inset", r"inset:", "gwoys", "Let it stand where it comes in the text."),
    ("transform", r"transform:(?!none)", "gwoy", "Place it with padding, or turn it in the image itself."),
    ("background-image", r"background(?:-image)?:.*url\(", "w", _BEHIND),
    ("gradients", r"background(?:-image)?:.*gradient\(", "woy", _BEHIND),
    ("object-fit", r"object-fit:", "wy", "Crop the image itself."),
    ("aspect-ratio", r"aspect-ratio:", "gwoys", "Give width and height."),
    ("calc()", r"[a-z-]+:.*calc\(", "woy", _FIXED),
    ("clamp(), min() and max()", r"[a-z-]+:.*\b(?:clamp|min|max)\(", "woy", _FIXED),
    ("var()", r"(?:--|[a-z-]+:.*var\()", "gwoy", "Write the value itself; <mj-attributes> gives defaults."),
    ("rem", r"[a-z-]+:.*\drem\b", "wy", _FIXED),
    ("vw and vh", r"[a-z-]+:.*\dv[wh]\b", "w", "Write px or a percentage."),
    ("rgba()", r"[a-z-]*(?:color|background):.*(?:rgba|hsla)\(", "w", _HEX),
    ("lab(), lch() and their like", r"[a-z-]+:.*\b(?:ok)?l(?:ab|ch)\(", "gwoys", _HEX),
    (
        "light-dark()",
        r"[a-z-]+:.*light-dark\(",
        "gwoy",
        "Write the light colour; @media (prefers-color-scheme) the dark one.",
    ),
    ("margin-inline, padding-block and their like", r"(?:margin|padding)-(?:inline|block)", "gwoys", "Name the sides."),
)
SELECTORS: tuple[Row, ...] = (
    ("@import", r"@import\b", "goys", "Write the styles here; load fonts with <mj-font>."),
    ("::before and ::after", r".*::?(?:before|after)\b", "gwy", "Write it into the text."),
    ("nested rules", r".*\{$", "gwoy", "Write each rule by itself."),
    (":has()", r".*:has\(", "gwoy", "Give the tag a class."),
)
TAGS: dict[str, tuple[str, str]] = {
    "video": ("gwoy", "Show an image that links to the video."),
    "audio": ("gwoy", "Link to the recording."),
    "iframe": ("gwoys", "Link to what it shows."),
    "svg": ("gwoy", "Use a PNG."),
    "object": ("gwoy", "Link to it."),
    "form": ("w", "Ask with a block of Acto: it works in every client."),
    "input": ("ws", "Ask with a block of Acto: it works in every client."),
    "select": ("w", "Ask with a block of Acto: it works in every client."),
    "textarea": ("ws", "Ask with a block of Acto: it works in every client."),
    "link": ("goys", "Write the styles into an <mj-style>; load fonts with <mj-font>."),
    "progress": ("gwoy", "Say it in words, or with an image."),
    "meter": ("gwy", "Say it in words, or with an image."),
}
IMAGES: tuple[Row, ...] = (
    ("Images inside the mail (data:)", r"data:", "g", "Host the image, and give its https address."),
    ("WebP images", r"[^?#]*\.webp\b", "w", "Use a PNG or a JPEG."),
    ("AVIF images", r"[^?#]*\.avif\b", "w", "Use a PNG or a JPEG."),
    ("SVG images", r"[^?#]*\.svg\b", "g", "Use a PNG."),
    ("HEIC images", r"[^?#]*\.hei[cf]\b", "wos", "Use a JPEG."),
    ("TIFF images", r"[^?#]*\.tiff?\b", "woys", "Use a PNG or a JPEG."),
    ("Videos as images", r"[^?#]*\.mp4\b", "gws", "Use a GIF, or an image that links to the video."),
)
STYLE_IN_BODY = ("<style> in the body", "g", "Put it in an <mj-style> of the head.")
MAX_WIDTH = ("max-width of an image without a width", "w", "Give the image a width as well; the smaller one holds.")


@dataclass(frozen=True)
class Feature:
    """One feature that some mail clients ignore. `clients` are letters of CLIENTS."""

    name: str
    pattern: re.Pattern[str]
    clients: str
    instead: str


def features(rows: tuple[Row, ...]) -> tuple[Feature, ...]:
    """Compile rows to features."""
    return tuple(Feature(name, re.compile(pattern), clients, instead) for name, pattern, clients, instead in rows)


def named(clients: str) -> str:
    """Write the names of clients, as in “Gmail and Yahoo Mail”."""
    names = [CLIENTS[letter] for letter in clients]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
