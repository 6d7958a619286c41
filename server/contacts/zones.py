"""Time zones by their names, as users and calendars keep them."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UNSAID = "UTC"  # what stands for somebody who never said where they are
CITIES = {  # where people write the city otherwise than the zone does: in Spanish, in English
    "America/Bogota": ("Bogotá", "Bogotá"),
    "America/Mexico_City": ("Ciudad de México", "Mexico City"),
    "America/Cancun": ("Cancún", "Cancún"),
    "America/Merida": ("Mérida", "Mérida"),
    "America/Panama": ("Panamá", "Panama City"),
    "America/Asuncion": ("Asunción", "Asunción"),
    "America/Sao_Paulo": ("São Paulo", "São Paulo"),
    "America/Havana": ("La Habana", "Havana"),
    "America/New_York": ("Nueva York", "New York"),
    "America/Los_Angeles": ("Los Ángeles", "Los Angeles"),
    "America/Argentina/Buenos_Aires": ("Buenos Aires", "Buenos Aires"),
    "Atlantic/Canary": ("Canarias", "the Canaries"),
    "Europe/London": ("Londres", "London"),
    "Europe/Paris": ("París", "Paris"),
    "Europe/Berlin": ("Berlín", "Berlin"),
    "Europe/Rome": ("Roma", "Rome"),
    "Europe/Lisbon": ("Lisboa", "Lisbon"),
    "Europe/Brussels": ("Bruselas", "Brussels"),
    "Europe/Zurich": ("Zúrich", "Zurich"),
    "Europe/Vienna": ("Viena", "Vienna"),
    "Asia/Tokyo": ("Tokio", "Tokyo"),
}
OFFERED = (  # what a page lets a recipient choose from; any other zone may stand in the address too
    *(
        "America/Bogota",
        "America/Mexico_City",
        "America/Lima",
        "America/Guayaquil",
        "America/Caracas",
        "America/Panama",
    ),
    *("America/Costa_Rica", "America/Guatemala", "America/Santo_Domingo", "America/Havana", "America/La_Paz"),
    *(
        "America/Santiago",
        "America/Argentina/Buenos_Aires",
        "America/Montevideo",
        "America/Asuncion",
        "America/Sao_Paulo",
    ),
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Toronto"),
    *("Europe/Madrid", "Atlantic/Canary", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Rome", "UTC"),
)
LANGUAGES = {"es": "hora de {city}", "en": "{city} time"}


def first(*names: str) -> ZoneInfo:
    """That of the first who said where they are."""
    return of(next((name for name in names if name not in ("", UNSAID)), UNSAID))


def of(name: str) -> ZoneInfo:
    """The zone; UTC for none, and for a name that the machine's data no longer has."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name may be a folder, or longer than a file's
        return ZoneInfo("UTC")


def known(name: str) -> bool:
    """Whether there is a zone of that name."""
    return bool(name) and (name == UNSAID or of(name).key != UNSAID)


@lru_cache(maxsize=1024)
def said(name: str, language: str) -> str:
    """`hora de Bogotá`, `Bogotá time`: whose hours they are, as people say it; `UTC` for that and for no zone."""
    shape = LANGUAGES.get(language, LANGUAGES["en"])
    return UNSAID if of(name).key == UNSAID else shape.format(city=city(name, language))


@lru_cache(maxsize=1024)
def city(name: str, language: str) -> str:
    """The city that a zone is named after, in the words of the language: `Ciudad de México`."""
    spanish, english = CITIES.get(name) or (name.rpartition("/")[2].replace("_", " "),) * 2
    return spanish if language == "es" else english
