"""Computes readable shades of the sender's colour for pages, light and dark: a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3). Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

LEAST = 4.5
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# The backgrounds of text in this colour in static/css/recipient.css: page and paper, light and dark.
LIGHT, DARK = ("#f2f4f3", "#ffffff"), ("#0f1620", "#1b2433")
WHITE, BLACK = "#ffffff", "#000000"
STEPS = 64


class Shades(NamedTuple):
    """The shades of one colour for one theme: `accent` fills a button, `on_accent` is the text on it, `link` is text in the colour."""

    accent: str
    on_accent: str
    link: str


def light(color: str) -> Shades:
    """Return the shades for the light theme: buttons in the colour itself, links darkened as far as needed."""
    return Shades(color.lower(), _on(color), _readable(color, LIGHT, BLACK))


def dark(color: str) -> Shades:
    """Return the shades for the dark theme: buttons and links brightened as far as needed."""
    bright = _readable(color, DARK, WHITE)
    return Shades(bright, _on(bright), bright)


def soft(color: str) -> str:
    """Return a background for panels in the light theme: the colour, nearly white."""
    return _mixed(color, WHITE, 0.9)


def deep(color: str) -> str:
    """Return a background for panels in the dark theme: the dark paper with some of the colour."""
    return _mixed(DARK[1], color, 0.25)


def readable_on(color: str, *grounds: str) -> str:
    """Return the colour, darkened until text in it can be read on light backgrounds, or brightened on dark ones."""
    return _readable(color, grounds, BLACK if _luminance(grounds[0]) > 0.18 else WHITE)


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _on(color: str) -> str:
    """Return white if it has enough contrast on the colour, else black, which then has."""
    return WHITE if contrast(color, WHITE) >= LEAST else BLACK


def _readable(color: str, grounds: tuple[str, ...], towards: str) -> str:
    """Mix the colour towards white or black until it has enough contrast on every background."""
    mixed = (_mixed(color, towards, step / STEPS) for step in range(STEPS + 1))
    return next(each for each in mixed if all(contrast(each, ground) >= LEAST for ground in grounds))


def _mixed(color: str, other: str, share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_rgb(color), _rgb(other), strict=True))


def _luminance(color: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
