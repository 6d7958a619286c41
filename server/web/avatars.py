"""Gives templates the initials of a person, and a tone of their own, for the mark that stands beside a name."""

from __future__ import annotations

import zlib

from flask import Flask

TONES = 6  # of static/css/components.css


def install(app: Flask) -> None:
    """Add the filters `initials` and `tone`."""
    app.jinja_env.filters.update(initials=initials, tone=tone)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word: “AD” for Ana María Díaz, “A” for ana@example.com."""
    words = [word for word in name.partition("@")[0].split() if word[:1].isalnum()]
    chosen = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in chosen).upper()


def tone(name: str) -> int:
    """Return a number below TONES, always the same for a name."""
    return zlib.crc32(name.encode()) % TONES
