"""What a user may say of themselves, as forms send it."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

NAME_MAX = 80


def name(given: str) -> str:
    """On one line, without what cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in given).split())[:NAME_MAX]


def time_zone(given: str, otherwise: str) -> str:
    """What a browser says of itself, if there is such a zone."""
    return given if given in time_zones() else otherwise


@cache
def time_zones() -> list[str]:
    """As people know them: a region and a city."""
    return ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))]
