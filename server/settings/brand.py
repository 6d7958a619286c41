"""The sender's colour where people read it: text on it and in it has a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), light and dark. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

LEAST = 4.5
COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# The grounds of static/css/recipient.css that text in the colour stands on: page and paper, by light and by dark.
LIGHT, DARK = ("#f2f4f3", "#ffffff"), ("#0f1620", "#1b2433")
WHITE, BLACK = "#ffffff", "#000000"
STEPS = 64


class Shades(NamedTuple):
    """One colour for one ground: `accent` to fill a button with, `on_accent` for the text on it, `link` for text in the colour."""

    accent: str
    on_accent: str
    link: str


def light(color: str) -> Shades:
    """The colour itself on buttons; links in it are as dark as they have to be."""
    return Shades(color.lower(), _on(color), _readable(color, LIGHT, BLACK))


def dark(color: str) -> Shades:
    """As bright as it has to be to be seen on dark paper, on buttons and in links."""
    bright = _readable(color, DARK, WHITE)
    return Shades(bright, _on(bright), bright)


def contrast(one: str, other: str) -> float:
    """From 1 to 21 (WCAG 2.2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _on(color: str) -> str:
    """White where it can be read, else black: one of the two always can."""
    return WHITE if contrast(color, WHITE) >= LEAST else BLACK


def _readable(color: str, grounds: tuple[str, ...], towards: str) -> str:
    """The colour, or the nearest one on its way to white or black that can be read on every ground."""
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
