"""The hours in which a country's law allows advertising by email, counted in the recipient's time zone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from datetime import time as wall
from functools import lru_cache

from server.sending.gate import NEVER

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@dataclass(frozen=True)
class Law:
    """Hours by weekday (from, to) on a local clock; a weekday that is missing is closed, and so are public holidays."""

    name: str
    hours: Mapping[int, tuple[int, int]] = field(hash=False)


LAWS = {
    "CO": Law("Ley 2300 de 2023, art. 3", {**dict.fromkeys((MON, TUE, WED, THU, FRI), (7, 19)), SAT: (8, 15)}),
}
DAYS = 366  # that a search looks ahead


@dataclass(frozen=True)
class LegalHours:
    """The hours of a law in a time zone; implements `gate.Window`."""

    law: Law
    zone: tzinfo
    is_holiday: Callable[[date], bool]

    def opens(self, at: int) -> int:
        """Return the first moment from `at` on (ms UTC) that lies inside the hours."""
        day = self._day(at)
        for ahead in range(DAYS):
            start, end = self._hours(day + timedelta(ahead))
            if at < end:
                return max(at, start)
        return NEVER

    def closes(self, at: int) -> int:
        """Return the end of the hours that `at` lies in; `at` itself outside of them."""
        start, end = self._hours(self._day(at))
        return end if start <= at < end else at

    def _day(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def _hours(self, day: date) -> tuple[int, int]:
        """Return start and end (ms UTC) of a day's hours; (0, 0) for a closed day."""
        return _hours(self, day)


@lru_cache(maxsize=4096)
def _hours(window: LegalHours, day: date) -> tuple[int, int]:
    hours = window.law.hours.get(day.weekday())
    if hours is None or window.is_holiday(day):
        return 0, 0
    start, end = (_moment(day, hour, window.zone) for hour in hours)
    return start, end


def _moment(day: date, hour: int, zone: tzinfo) -> int:
    """Return a local hour as ms UTC; one that a change of clocks skips counts with the offset before the change (RFC 5545, 3.3.5)."""
    return int(datetime.combine(day, wall(hour), zone).timestamp() * 1000)
