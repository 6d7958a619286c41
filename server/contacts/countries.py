"""Names countries (ISO 3166-1) in the reader's language, and reads their names and codes."""

from __future__ import annotations

from functools import cache, lru_cache

from server import texts
from server.contacts import search

READ_IN = ("es", "en", "pt")  # languages of lists that people import
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
ALSO = {"usa": "US", "eeuu": "US", "ee uu": "US", "estados unidos de america": "US", "uk": "GB", "brasil": "BR"}


@cache
def names(language: str) -> dict[str, str]:
    """Return the name of each country by its code, sorted by name."""
    found = {code: name for code, name in texts.territories(language).items() if _is_country(code)}
    return dict(sorted(found.items(), key=lambda each: search.fold(each[1])))


def name(code: str, language: str) -> str:
    """Return the name of a country; the code itself if it is unknown."""
    return names(language).get(code, code)


@lru_cache(maxsize=4096)
def read(typed: str) -> str:
    """Return the code of a typed code or name (CO, Colombia, Brasil); '' for an unknown one."""
    if len(typed) == 2 and typed.upper() in names("en"):
        return typed.upper()
    return _codes().get(_plain(typed), "")


@cache
def _codes() -> dict[str, str]:
    found = {_plain(name): code for language in READ_IN for code, name in names(language).items()}
    return {**found, **ALSO}


def _plain(typed: str) -> str:
    return " ".join(search.fold(typed).replace(".", " ").split())


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
