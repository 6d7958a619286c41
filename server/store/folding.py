"""Folds texts for the conditions of segments, as PostgreSQL's function `folded` of migration 0023 does."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Remove accents and lower A to Z: «Ñúñez» becomes "nunez". Other letters keep their case, as in the C collation of PostgreSQL."""
    if text.isascii():
        return text.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return "".join(c.lower() if c.isascii() else c for c in plain)
