"""Reads and writes times, as data and as people write them. A time without an offset is refused, because it names no moment."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from builder import dates

WRITTEN = re.compile(r"(?P<day>.+), (?P<time>\d\d:\d\d) \((?P<zone>[^()]+)\)")


class Hour(NamedTuple):
    """One of the times of a day: its value, its text below the day (`10:00`), and its whole text."""

    value: str
    short: str
    whole: str


class ByDay(NamedTuple):
    """Times grouped by day. `zone` is set if it is the same for all; else each time has its own in its text."""

    days: dict[str, list[Hour]]
    zone: str

    @property
    def values(self) -> set[str]:
        """The values of all times."""
        return {hour.value for hours in self.days.values() for hour in hours}


def read(value: Any) -> datetime | None:
    """Read a time in ISO 8601 with its offset, as in `2026-12-03T10:00-05:00`; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment if moment.tzinfo and moment.astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


def milliseconds(moment: datetime) -> int:
    """Convert a time to milliseconds UTC since 1970."""
    return int(moment.timestamp() * 1000)


def slot_value(starts_at: int) -> str:
    """Return the value of a time (ms UTC) in links and data, as in `20261203t1500z`."""
    return f"{datetime.fromtimestamp(starts_at / 1000, UTC):%Y%m%dt%H%Mz}"


def slot_start(value: str) -> int | None:
    """Read the time (ms UTC) of such a value; None for a value that names no time."""
    try:
        return milliseconds(datetime.strptime(value, "%Y%m%dt%H%Mz").replace(tzinfo=UTC))
    except ValueError:
        return None


def written(moment: datetime, language: str, place: str = "") -> str:
    """Write a time as `jueves 3 de diciembre, 10:00 (UTC−5)`: in its own offset, with that offset or with the name of its `place`."""
    return f"{dates.write(moment.date(), 'weekday_and_day', language)}, {moment:%H:%M} ({place or zone(moment)})"


def by_day(said: Iterable[tuple[str, str]]) -> ByDay:
    """Group values and their texts, as `written` writes them, by day and in their order. A text of another form is left out."""
    read = [(value, whole, found) for value, whole in said if (found := WRITTEN.fullmatch(whole))]
    zones = {found["zone"] for _, _, found in read}
    days: dict[str, list[Hour]] = {}
    for value, whole, found in read:
        short = found["time"] if len(zones) == 1 else f"{found['time']} ({found['zone']})"
        days.setdefault(found["day"], []).append(Hour(value, short, whole))
    return ByDay(days, zones.pop() if len(zones) == 1 else "")


def zone(moment: datetime) -> str:
    """Write an offset: `UTC−5`, `UTC+5:30`, `UTC`."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02d}' if rest else ''}"
