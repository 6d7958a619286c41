"""Looks up public holidays by country and subdivision. The only module that imports the holidays library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays


def is_supported(place: str) -> bool:
    """Return whether the library knows a place: an ISO 3166 code, as CO, or ES-MD for a part of a country."""
    country, _, part = place.partition("-")
    places = holidays.list_supported_countries()
    return country in places and (not part or part in places[country])


def is_one(place: str, day: date) -> bool:
    """Return whether the day is a public holiday at the place; False for ''."""
    return bool(place) and day in _of(place, day.year)


@lru_cache(maxsize=64)
def _of(place: str, year: int) -> frozenset[date]:
    country, _, part = place.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
