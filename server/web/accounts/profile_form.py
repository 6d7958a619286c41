"""Cleans the profile fields of forms: names and time zones."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

NAME_MAX = 80


def name(given: str) -> str:
    """Return the name on one line, without unprintable characters, at most NAME_MAX long."""
    return " ".join("".join(c if c.isprintable() else " " for c in given).split())[:NAME_MAX]


def time_zone(given: str, otherwise: str) -> str:
    """Return the time zone that a browser sent if it exists, else `otherwise`."""
    return given if given in time_zones() else otherwise


@cache
def time_zones() -> list[str]:
    """Return UTC and the IANA zones named by region and city."""
    return ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))]
