"""Reads the form of a calendar, and writes a calendar as the fields of its form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from server.booking import calendars
from server.booking.calendars import DAYS, LIMITS, Calendar, Wrong
from server.contacts import zones

SPANS_MOST = 8  # of a day, in the form
MIDNIGHT, END = "00:00", "24:00"  # as a field for a time of day has it, and as it is stored
PLAIN = {
    "minutes": "30",
    "before_minutes": "0",
    "after_minutes": "0",
    "horizon_days": "30",
    "notice_minutes": "4",
    "notice_minutes_unit": "hours",
}
UNITS = {"minutes": 1, "hours": 60, "days": 1440}  # in minutes
LENGTHS = ("minutes", "before_minutes", "after_minutes", "notice_minutes")  # fields with a unit


def read(typed: dict[str, Any]) -> Calendar:
    """Read a calendar from the form. Raises Wrong."""
    numbers = {}
    for name in LIMITS:
        text = str(typed.get(name, "")).strip()
        if not text.isascii() or not text.isdigit():
            raise Wrong(name)
        numbers[name] = int(text[:9]) * UNITS.get(str(typed.get(f"{name}_unit", "")), 1)
    return Calendar(
        name=typed.get("name", "").strip(),
        title=" ".join(typed.get("title", "").split())[:120],
        title_en=" ".join(typed.get("title_en", "").split())[:120],
        place=" ".join(typed.get("place", "").split())[:200],
        time_zone=typed.get("time_zone", ""),
        hours=calendars.hours_of(typed),
        country=typed.get("country", "").strip().upper(),
        days_off=calendars.days_of(typed.get("days_off", "")),
        owners=tuple(sorted(typed["owners"])),
        active="active" in typed,
        **numbers,
    )


def hours(form: Mapping[str, str]) -> dict[str, str]:
    """Write the times of day of the form as one text for each day, as `calendars.hours_of` reads it."""
    found = {}
    for day in DAYS:
        spans = [(form.get(f"{day}.from{at}", ""), form.get(f"{day}.to{at}", "")) for at in range(SPANS_MOST)]
        if f"{day}.from0" in form:
            found[day] = ", ".join(f"{begin}-{END if end == MIDNIGHT else end}" for begin, end in spans if begin or end)
    return found


def spans(typed: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Return the times of day that the form shows: those of each day, and room for two at least."""
    found = {}
    for day in DAYS:
        spans = [each.strip().partition("-") for each in str(typed.get(day) or "").split(",") if each.strip()]
        shown = [(begin, MIDNIGHT if end == END else end) for begin, _, end in spans][:SPANS_MOST]
        found[day] = [*shown, *[("", "")] * max(0, 2 - len(shown))]
    return found


def typed_of(calendar: Calendar) -> dict[str, Any]:
    plain = {
        name: getattr(calendar, name)
        for name in ("name", "title", "title_en", "place", "time_zone", "country", *LIMITS)
    }
    for name in LENGTHS:
        plain[name], plain[f"{name}_unit"] = _in_units(plain[name])
    hours = {DAYS[day]: calendars.spans_text(spans) for day, spans in calendar.hours.items()}
    off = " ".join(sorted(day.isoformat() for day in calendar.days_off))
    return {**plain, **hours, "days_off": off, "owners": list(calendar.owners), "active": calendar.active}


def _in_units(minutes: int) -> tuple[int, str]:
    """Return a length as a whole number of its largest unit: 240 as 4 hours."""
    unit = next(each for each, length in reversed(UNITS.items()) if not minutes % length and (minutes or length == 1))
    return minutes // UNITS[unit], unit


def first() -> dict[str, Any]:
    """Return the fields of a new calendar: working hours from Monday to Friday, with the user as its owner."""
    hours = dict.fromkeys(DAYS[:5], "09:00-13:00, 14:00-18:00")
    zone = g.user["time_zone"]
    return {
        **PLAIN,
        **hours,
        "capacity": "1",
        "time_zone": "" if zone == zones.UNSAID else zone,
        "owners": [g.user["id"]],
        "active": True,
    }
