"""Puts the sender's brand into templates as `brand.name`, `brand.color` and the like.

A brand is the same for everybody who gets a version, so its values are written into the MJML before it is compiled: colours and sizes
reach every format as if the author had typed them. Statements such as `{% if brand.logo.url %}` read the same values in the message.
"""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from builder import jinja

FILE = "_brand.json"  # beside the files of an email; so a version's hash covers its brand
COLORS: Mapping[str, str] = {  # of a sender without a brand
    "color": "#0f6b5f",  # buttons and lines
    "on_color": "#ffffff",  # text on it
    "link": "#0f6b5f",  # text in the colour, on white or nearly white
    "soft": "#e7f0ef",  # a panel
    "bright": "#2aa28f",  # the same in dark mode
    "on_bright": "#000000",
    "bright_link": "#7cd4c4",
    "deep": "#14312e",
}
FONT = "Segoe UI, -apple-system, Helvetica Neue, Helvetica, Arial, sans-serif"
NO_LOGO: Mapping[str, Any] = {"url": "", "width": 1, "height": 1, "alt": ""}
DEFAULT: Mapping[str, Any] = {"name": "Acto", "address": "", "contact": "", "font": FONT, "social": [], "footer": {}}
_COLOR = re.compile(r"#[0-9a-f]{6}")
_FONT = re.compile(r"[A-Za-z0-9, -]{1,200}")
_PATH = re.compile(r"\{\{\s*brand((?:\.[a-z_]+)+)\s*\}\}")
_SUFFIXES = (".mjml", ".html", ".css")


def is_read(files: Mapping[str, str]) -> bool:
    """Return whether a template of these files reads the brand."""
    texts = (text for path, text in files.items() if path.endswith((*_SUFFIXES, ".toml")) and "brand" in text)
    return any(
        re.search(r"\bbrand\b", text[span.start : span.end])
        for text in texts
        for span in jinja.spans(text)
        if span.kind != "comment"
    )


def of(files: Mapping[str, str], language: str) -> dict[str, Any]:
    """Return the brand of these files as templates of a language read it; the default where they have none, or none that is valid."""
    stored = _stored(files.get(FILE, ""))
    known = {name: stored[name] if _is_like(stored.get(name), value) else value for name, value in DEFAULT.items()}
    colors = {name: _checked(_COLOR, stored.get(name), value) for name, value in COLORS.items()}
    logo = stored.get("logo")
    logo = {**NO_LOGO, **logo} if isinstance(logo, dict) else NO_LOGO
    return {
        **known,
        **colors,
        "font": _checked(_FONT, known["font"], FONT),
        "footer": _spoken(known["footer"], language),
        "logo": {**logo, "alt": _spoken(logo["alt"], language)},
    }


def filled(files: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the files with each `{{ brand.… }}` that is a plain value replaced by it."""
    values = of(files, language)
    return {path: fill(text, values) if path.endswith(_SUFFIXES) else text for path, text in files.items()}


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Replace the expressions in a text; an unknown name, an empty value and anything but a plain one stay as they are."""
    return _PATH.sub(lambda found: _written(found, values), text) if "brand" in text else text


def column(line: str, values: Mapping[str, Any], column: int) -> int:
    """Return the column in the author's line of a column (from 1) in the same line after `fill`."""
    moved = 0
    for found in _PATH.finditer(line):
        start, length = found.start() + 1 - moved, len(_written(found, values))
        if column < start:
            break
        if column < start + length:
            return found.start() + 1
        moved += len(found[0]) - length
    return column + moved


def _written(found: re.Match[str], values: Mapping[str, Any]) -> str:
    value: Any = values
    for name in found[1].split(".")[1:]:
        value = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(value, str | int) or value == "":  # an empty one may stand in an attribute that must not be empty
        return found[0]
    return jinja.literal(html.escape(str(value)))


def _stored(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text) if text else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _is_like(value: Any, default: Any) -> bool:
    return isinstance(value, type(default))


def _checked(pattern: re.Pattern[str], value: Any, default: str) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else default


def _spoken(texts: Any, language: str) -> str:
    return str(texts.get(language, "")) if isinstance(texts, Mapping) else str(texts or "")
