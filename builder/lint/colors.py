"""Parses colours, computes their contrast, and finds the nearest shade with enough contrast."""

import re
from functools import lru_cache

from builder.formats.html_style import luminance

NAMES = """
    black 000000 silver c0c0c0 gray 808080 grey 808080 white ffffff maroon 800000 red ff0000 purple 800080 fuchsia ff00ff
    green 008000 lime 00ff00 olive 808000 yellow ffff00 navy 000080 blue 0000ff teal 008080 aqua 00ffff orange ffa500
    lightgray d3d3d3 lightgrey d3d3d3 darkgray a9a9a9 darkgrey a9a9a9 dimgray 696969 whitesmoke f5f5f5 gainsboro dcdcdc
    pink ffc0cb gold ffd700 tomato ff6347 crimson dc143c coral ff7f50 skyblue 87ceeb lightblue add8e6 steelblue 4682b4
    royalblue 4169e1 darkblue 00008b darkgreen 006400 darkred 8b0000 seagreen 2e8b57 slategray 708090 ivory fffff0
"""
_WORDS = NAMES.split()
_NAMED = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")


@lru_cache(maxsize=1024)
def read(value: str) -> str:
    """Parse a colour to #rrggbb; empty if it is no colour, transparent, or unknown."""
    text = value[:100].strip().lower()
    if text in _NAMED:
        return f"#{_NAMED[text]}"
    if found := _HEX.fullmatch(text):
        return text if len(text) == 7 else "#" + "".join(2 * digit for digit in found[1])
    if found := _RGB.fullmatch(text):
        return "#" + "".join(f"{min(255, int(channel)):02x}" for channel in found.groups())
    return ""


@lru_cache(maxsize=1024)
def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    lower, higher = sorted((luminance(one), luminance(other)))
    return (higher + 0.05) / (lower + 0.05)


@lru_cache(maxsize=256)
def mended(color: str, back: str, wanted: float) -> str:
    """Darken the colour on a light background, or lighten it on a dark one, until it has the wanted contrast."""
    end = 0 if luminance(back) > 0.18 else 255
    channels = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    shades = (
        "#" + "".join(f"{round(each + (end - each) * step / 20):02x}" for each in channels) for step in range(1, 21)
    )
    return next((shade for shade in shades if contrast(shade, back) >= wanted), "#000000" if end == 0 else "#ffffff")
