"""Loads the phrases with which people answer, in the eight languages of recipients: a table for each language.

Read `model` first: it defines each table.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from server.inbound.phrases.model import Lexicon

LANGUAGES = ("es", "en", "pt", "fr", "de", "it", "ca", "gl")


def _read(language: str) -> Lexicon:
    path = Path(__file__).with_name(f"{language}.toml")
    return Lexicon(language=language, **tomllib.loads(path.read_text(encoding="utf-8")))


LEXICONS = {language: _read(language) for language in LANGUAGES}

__all__ = ["LEXICONS", "Lexicon"]
