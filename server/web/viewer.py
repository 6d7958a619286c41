"""Who the users are to one another, and what day it is for the one who reads."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from flask import g

from server.accounts import users
from server.contacts import zones
from server.store import Session
from server.web.state import now_ms


class Me(NamedTuple):
    """A user; `name` as it stands in histories."""

    id: str
    name: str


def names(tx: Session) -> dict[str, str]:
    """Every user's name, or address, by id: leads keep their owner when the owner is gone."""
    return {row["id"]: users.called(row) for row in tx.users.everybody()}


def me() -> Me:
    """Who is signed in. A write runs in a thread that knows no request, so this is asked before it."""
    return Me(g.user["id"], users.called(g.user))


def today() -> str:
    """As 2026-11-30, where the reader is."""
    return _today().isoformat()


def soon() -> dict[str, str]:
    """Days people put things off to, by what they are called."""
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


def zone(calendars: Collection[str] = ()) -> tzinfo:
    """Where the reader is; who never said so is where all these calendars are."""
    return zones.first(g.user["time_zone"], *(calendars if len(calendars) == 1 else ()))


def end_of(day: str) -> int | None:
    """The end of a day like 2026-11-30 where the reader is, in ms UTC; None for what is none."""
    try:
        found = date.fromisoformat(day) + timedelta(days=1)
        return int(datetime(found.year, found.month, found.day, tzinfo=zone()).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
