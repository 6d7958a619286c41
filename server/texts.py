"""Translates texts for their reader: one gettext catalogue for the whole server, keyed by the English text.

It is read from translations/*.po at the start and not compiled to .mo, so that no build step can be forgotten.
"""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from builder.source import LANGUAGES

__all__ = ["LANGUAGES", "catalogue", "territories", "text"]
FOLDER = Path(__file__).parent / "translations"


def text(english: str, language: str, **values: object) -> str:
    """Return the text in the language, with each `{name}` replaced from `values`. Without a translation it stays English."""
    found = catalogue(language).gettext(english)
    return found.format(**values) if values else found


def territories(language: str) -> dict[str, str]:
    """Return the names of countries and regions by code, in any language that Babel knows."""
    return dict(Locale.parse(language).territories)


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations of a language; English, and a language without a catalogue, translate nothing."""
    path = FOLDER / f"{language}.po"
    if language not in LANGUAGES or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        entries = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return Translations(compiled)
