"""Times as data and as people say them. A time without its offset is none: nobody knows when it is."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from builder import dates

WRITTEN = re.compile(r"(?P<day>.+), (?P<time>\d\d:\d\d) \((?P<zone>[^()]+)\)")


class Hour(NamedTuple):
    """One of the times of a day: its value, as its day is known (`10:00`), and the whole of it."""

    value: str
    short: str
    whole: str


class ByDay(NamedTuple):
    """Times with their day said once; `zone` too where it is the same for all, else it stands with each of them."""

    days: dict[str, list[Hour]]
    zone: str

    @property
    def values(self) -> set[str]:
        return {hour.value for hours in self.days.values() for hour in hours}


def read(value: Any) -> datetime | None:
    """A time in ISO 8601 with its offset, as in `2026-12-03T10:00-05:00`; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment if moment.tzinfo and moment.astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


def milliseconds(moment: datetime) -> int:
    """Milliseconds UTC since 1970."""
    return int(moment.timestamp() * 1000)


def slot_value(starts_at: int) -> str:
    """The value of a time (ms UTC) in links and data, as in `20261203t1500z`."""
    return f"{datetime.fromtimestamp(starts_at / 1000, UTC):%Y%m%dt%H%Mz}"


def slot_start(value: str) -> int | None:
    """The time (ms UTC) behind such a value; None for a value that names no time."""
    try:
        return milliseconds(datetime.strptime(value, "%Y%m%dt%H%Mz").replace(tzinfo=UTC))
    except ValueError:
        return None


def written(moment: datetime, language: str, place: str = "") -> str:
    """`jueves 3 de diciembre, 10:00 (UTC−5)`: in the offset it was given in, which stands with it; or whose time it is."""
    return f"{dates.write(moment.date(), 'weekday_and_day', language)}, {moment:%H:%M} ({place or zone(moment)})"


def by_day(said: Iterable[tuple[str, str]]) -> ByDay:
    """Values and times as `said` says them, in their order. What is no such time is left out."""
    read = [(value, whole, found) for value, whole in said if (found := WRITTEN.fullmatch(whole))]
    zones = {found["zone"] for _, _, found in read}
    days: dict[str, list[Hour]] = {}
    for value, whole, found in read:
        short = found["time"] if len(zones) == 1 else f"{found['time']} ({found['zone']})"
        days.setdefault(found["day"], []).append(Hour(value, short, whole))
    return ByDay(days, zones.pop() if len(zones) == 1 else "")


def zone(moment: datetime) -> str:
    """`UTC−5`, `UTC+5:30`, `UTC`."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02d}' if rest else ''}"
