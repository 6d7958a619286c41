"""Defines the look of blocks in every format with colours: sizes, paper, ink, and colours with enough contrast.

Text on the accent is black or white, whichever contrasts more (4.58:1 at the least).
"""

import colorsys
import re

from builder.blocks import Block

FACES = ("😠", "🙁", "😐", "🙂", "😀")
BORDER = "#8593a8"  # 3.1:1 on white and 4.7:1 on NIGHT
PAPER = "#ffffff"
INK = "#1f2937"
QUIET = "#475569"
NIGHT = "#1b2433"
MOON = "#f1f5f9"


def tint(color: str) -> str:
    """Lighten a colour until it has a contrast of 5:1 on NIGHT, keeping its hue and saturation."""
    found = digits(color)
    if not found:
        return MOON
    hue, light, saturation = colorsys.rgb_to_hls(*(int(found[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    shades = (colorsys.hls_to_rgb(hue, light + (1 - light) * step / 20, saturation) for step in range(21))
    hexes = ("#" + "".join(f"{round(channel * 255):02x}" for channel in shade) for shade in shades)
    return next(shade for shade in hexes if luminance(shade) + 0.05 >= 5 * (luminance(NIGHT) + 0.05))


def on(color: str) -> str:
    """Choose black or white, whichever contrasts more with a #rgb or #rrggbb colour (WCAG 2.2 relative luminance)."""
    return "#000000" if (luminance(color) + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def luminance(color: str) -> float:
    """Compute the relative luminance from 0 to 1 (WCAG 2.2); a value that is no hex colour counts as black."""
    found = digits(color)
    if not found:
        return 0.0
    channels = [int(found[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def digits(color: str) -> str:
    """Return the six hex digits of #rgb or #rrggbb; empty for anything else."""
    found = color.removeprefix("#")
    found = "".join(2 * digit for digit in found) if len(found) == 3 else found
    return found.lower() if re.fullmatch(r"[0-9a-fA-F]{6}", found) else ""


def accent_class(accent: str) -> str:
    """Name the CSS class of an accent."""
    return f"ac-{digits(accent) or 'accent'}"


def font(block: Block, size: int, line: int) -> str:
    """Write a block's font as CSS; `size` and the line height `line` in px."""
    return f"font-family:{css(block.style.font_family)};font-size:{size}px;line-height:{line}px;"


def css(value: str) -> str:
    """Escape a style value for a double-quoted attribute."""
    return value.replace('"', "'")
