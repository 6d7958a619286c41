"""Names time zones for users and calendars: parses stored names and writes them as people call them."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server import texts

UNSAID = "UTC"  # for people who never chose a zone
CITIES = {  # cities whose usual name differs from the zone's
    "America/Bogota": "Bogotá",
    "America/Mexico_City": "Mexico City",
    "America/Cancun": "Cancún",
    "America/Merida": "Mérida",
    "America/Panama": "Panama City",
    "America/Asuncion": "Asunción",
    "America/Sao_Paulo": "São Paulo",
    "America/Havana": "Havana",
    "America/New_York": "New York",
    "America/Los_Angeles": "Los Angeles",
    "America/Argentina/Buenos_Aires": "Buenos Aires",
    "Atlantic/Canary": "the Canaries",
    "Europe/London": "London",
    "Europe/Paris": "Paris",
    "Europe/Berlin": "Berlin",
    "Europe/Rome": "Rome",
    "Europe/Lisbon": "Lisbon",
    "Europe/Brussels": "Brussels",
    "Europe/Zurich": "Zurich",
    "Europe/Vienna": "Vienna",
    "Asia/Tokyo": "Tokyo",
}
OFFERED = (  # the choices on a recipient's page; the URL may name any other zone
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
TIME_OF = "{city} time"


def first(*names: str) -> ZoneInfo:
    """Return the zone of the first name that is set."""
    return of(next((name for name in names if name not in ("", UNSAID)), UNSAID))


def of(name: str) -> ZoneInfo:
    """Return the zone; UTC for none, and for a name that the machine's data no longer has."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name may be a folder, or longer than a file's
        return ZoneInfo("UTC")


def exists(name: str) -> bool:
    """Return whether a zone of that name exists."""
    return bool(name) and (name == UNSAID or of(name).key != UNSAID)


@lru_cache(maxsize=1024)
def display_name(name: str, language: str) -> str:
    """Name the zone as people do: `hora de Bogotá`, `Bogotá time`; `UTC` for that and for no zone."""
    return UNSAID if of(name).key == UNSAID else texts.text(TIME_OF, language, city=city(name, language))


@lru_cache(maxsize=1024)
def city(name: str, language: str) -> str:
    """Return the city of a zone in a language: `Ciudad de México`."""
    return texts.text(CITIES.get(name) or name.rpartition("/")[2].replace("_", " "), language)
