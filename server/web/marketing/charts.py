"""Computes the geometry of charts: the position of each piece of an SVG in percent of its width, so that text keeps its size.

Pure; templates/pages/charts/*.svg draw the charts, each beside the table with its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from server.reports.comparing import Share

LEAST_COLUMNS = 7  # so that a single day is not drawn across the whole width
DAYS_MOST = 60  # longest time drawn day by day; a longer one is drawn week by week
STAGES = ("won", "hot", "warm", "cold", "lost")
LEVELS = 5  # shades of a heat map, besides 0 for nobody


class Bar(NamedTuple):
    """A step of a funnel: `width` in percent of the first step, and the same as a `share` (0 to 1), None for the first."""

    name: str
    people: int
    width: float
    share: float | None


class Column(NamedTuple):
    """A day or a week: its start, its people, and its position, width and height in percent."""

    at_ms: int
    people: int
    x: float
    width: float
    height: float


class Cell(NamedTuple):
    """An hour of the week: `day` 0 is Monday; `level` from 0 to LEVELS."""

    day: int
    hour: int
    people: int
    level: int


class Piece(NamedTuple):
    """A part of a stacked bar, in percent of its width."""

    name: str
    people: int
    x: float
    width: float


class Span(NamedTuple):
    """A share with its interval, in percent of the scale: from `low` to `high`, with the share itself `at`."""

    low: float
    at: float
    high: float


def funnel(steps: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return the bars of a funnel, relative to the first step; a step larger than the first is drawn as wide as it."""
    most = max((people for _, people in steps[:1]), default=0)
    return [
        Bar(
            name,
            people,
            min(100.0, 100 * people / most) if most else 0.0,
            people / most if most and place else None,
        )
        for place, (name, people) in enumerate(steps)
    ]


def in_zone(hours: Mapping[int, int], zone: tzinfo) -> list[tuple[datetime, int]]:
    """Convert people by the hour since 1970 to people by the local hour in the zone."""
    return [(datetime.fromtimestamp(hour * 3600, zone), people) for hour, people in hours.items()]


def columns(hours: Sequence[tuple[datetime, int]]) -> tuple[list[Column], bool]:
    """Return people by day, or by week (then True) if the time is longer than DAYS_MOST; days without people are drawn too."""
    days = _by_day(hours)
    if not days:
        return [], False
    first, last = min(days), max(days)
    weekly = (last - first).days >= DAYS_MOST
    step = timedelta(days=7 if weekly else 1)
    if weekly:
        first -= timedelta(days=first.weekday())
    last = max(last, first + step * (LEAST_COLUMNS - 1))
    starts, at = [], first
    while at <= last:
        starts.append(at)
        at += step
    counts = [sum(days.get(start + timedelta(days=day), 0) for day in range(step.days)) for start in starts]
    most, width = max(counts), 100 / len(starts)
    return [
        Column(int(start.timestamp() * 1000), people, width * place, width * 0.8, 100 * people / most)
        for place, (start, people) in enumerate(zip(starts, counts, strict=True))
    ], weekly


def week(hours: Sequence[tuple[datetime, int]]) -> list[list[Cell]]:
    """Return people by hour of the week, as seven rows of 24 cells, Monday first."""
    counts: dict[tuple[int, int], int] = {}
    for hour, people in hours:
        place = hour.weekday(), hour.hour
        counts[place] = counts.get(place, 0) + people
    most = max(counts.values(), default=0)
    return [[_cell(day, hour, counts.get((day, hour), 0), most) for hour in range(24)] for day in range(7)]


def stack(stands: Mapping[str, int]) -> list[Piece]:
    """Return people by stage as parts of one bar, the best stage first; a stage without people has no part."""
    total = sum(stands.values())
    pieces, x = [], 0.0
    for name in STAGES:
        if people := stands.get(name, 0):
            width = 100 * people / total
            pieces.append(Piece(name, people, x, width))
            x += width
    return pieces


def spans(shares: Iterable[Share]) -> tuple[list[Span], float]:
    """Return shares with their intervals on one scale, and the end of the scale (a share from 0 to 1)."""
    found = list(shares)
    end = min(1.0, max((each.high for each in found), default=1.0) * 1.1) or 1.0
    return [Span(100 * each.low / end, 100 * each.share / end, 100 * each.high / end) for each in found], end


def _by_day(hours: Sequence[tuple[datetime, int]]) -> dict[datetime, int]:
    """Sum people by day. Each day is its noon in UTC, so that a conversion to another zone keeps the date."""
    days: dict[int, int] = {}
    for hour, people in hours:
        day = hour.toordinal()
        days[day] = days.get(day, 0) + people
    return {datetime.fromordinal(day).replace(hour=12, tzinfo=UTC): people for day, people in days.items()}


def _cell(day: int, hour: int, people: int, most: int) -> Cell:
    return Cell(day, hour, people, -(-LEVELS * people // most) if most else 0)
