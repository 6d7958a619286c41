"""Moments at which histories begin: before weekends and holidays, and before the hours that a change of clocks skips or repeats."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOLIDAYS = ("2026-11-30", "2026-12-04", "2026-12-23")
CHANGES = (  # a local time that does not exist, or comes twice, and its zone
    ("2026-09-06T00:30", "America/Santiago"),
    ("2026-10-25T02:30", "Europe/Madrid"),
    ("2026-11-01T01:30", "America/New_York"),
    ("2027-03-14T02:30", "America/New_York"),
    ("2027-03-28T02:30", "Europe/Madrid"),
    ("2027-04-03T23:30", "America/Santiago"),
)


class Begin(NamedTuple):
    """The first moment of a history (ms), and the change of clocks near it; '' without one."""

    at: int
    change: str = ""
    zone: str = ""


def draw(dice: random.Random) -> Begin:
    """A moment up to two days after a date, or before a change of clocks, which two of three histories meet."""
    minutes = timedelta(minutes=dice.randrange(2880))
    if dice.randrange(3):
        change, zone = dice.choice(CHANGES)
        return Begin(_ms(datetime.fromisoformat(change).replace(tzinfo=UTC) - minutes), change, zone)
    return Begin(_ms(datetime.fromisoformat(dice.choice(HOLIDAYS)).replace(tzinfo=UTC) + minutes))


def moment(local: str, zone: str) -> int:
    """A local time in ms UTC, by RFC 5545, 3.3.5: the first of two, and a skipped one counts with the offset before the change."""
    return _ms(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)))


def changed(zone: str, begin: int, end: int) -> bool:
    """Whether a clock was moved between two moments (ms)."""
    return _offset(zone, begin) != _offset(zone, end)


def _offset(zone: str, at: int) -> timedelta | None:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone)).utcoffset()


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
