"""Names users to one another, and computes today's date and other days in the signed-in user's time zone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import g

from server.accounts import users
from server.contacts import zones
from server.store import Session
from server.web.state import now_ms, state


class Me(NamedTuple):
    """A user by id; `name` is the one that histories show."""

    id: str
    name: str


def names(tx: Session) -> dict[str, str]:
    """Return every user's name, or address, by id, deactivated users included, because leads keep their owner."""
    return {row["id"]: users.called(row) for row in tx.users.everybody()}


def me() -> Me:
    """Return the signed-in user. Call it before a write, because the write runs in a thread without a request."""
    return Me(g.user["id"], users.called(g.user))


def today() -> str:
    """Return today's date in the user's time zone, as 2026-11-30."""
    return _today().isoformat()


def soon() -> dict[str, str]:
    """Return the days that forms offer to postpone to, by name: today, tomorrow, the next Monday, in 30 days."""
    here = _today()
    monday = here + timedelta(days=7 - here.weekday())
    return {
        "today": here.isoformat(),
        "tomorrow": (here + timedelta(days=1)).isoformat(),
        "monday": monday.isoformat(),
        "month": (here + timedelta(days=30)).isoformat(),
    }


def _today() -> date:
    return datetime.fromtimestamp(now_ms() / 1000, zone()).date()


def zone(calendars: Collection[str] = ()) -> ZoneInfo:
    """Return the user's time zone; if the user has not set one, that of the calendars if they share one, or else of the settings."""
    shared = calendars if len(calendars) == 1 else ()
    return zones.first(g.user["time_zone"], *shared, state().settings.default_time_zone)


def end_of(day: str) -> int | None:
    """Return the end of a day like 2026-11-30 in the user's time zone, in ms UTC; None for an invalid date."""
    try:
        found = date.fromisoformat(day) + timedelta(days=1)
        return int(datetime(found.year, found.month, found.day, tzinfo=zone()).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
