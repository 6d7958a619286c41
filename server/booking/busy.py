"""When an owner is busy, by the calendar they publish themselves: fetched through the one door to servers of others, bounded, and the
last good copy kept. What goes wrong is a reason that the page has a sentence for.
"""

from __future__ import annotations

import logging
import threading
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from server.booking.slots import DAY_MS, MINUTE_MS
from server.outside.http import Door, NotCalled
from server.sending.reasons import reason
from server.store import Session, Store

log = logging.getLogger("acto.booking")
EVERY_MS = 15 * MINUTE_MS
AHEAD_DAYS = 370
MOST_EVENTS, MOST_RULES, MOST_BYTES = 5_000, 100, 2_000_000
Times = tuple[int, int]


class Unreadable(Exception):
    """What came is no calendar, or more of one than anybody has."""


class BusyTimes:
    """A worker's hook: each owner's calendar a quarter of an hour after the last look; a slow server holds up nothing else."""

    def __init__(self, store: Store, door: Door) -> None:
        self._store, self._door = store, door
        self._thread: threading.Thread | None = None

    def __call__(self, now: int) -> None:
        with self._store.read() as tx:
            due = tx.calendars.due(before_at=now - EVERY_MS)
        if due and not (self._thread and self._thread.is_alive()):
            self._thread = threading.Thread(target=self._look, args=(due, now), name="busy-times", daemon=True)
            self._thread.start()

    def _look(self, due: list[dict[str, Any]], now: int) -> None:
        try:
            for row in due:
                look(self._store, self._door, row, now)
        except Exception:
            log.exception("an owner's calendar could not be looked at")


def wrong(url: str) -> str:
    """Why it cannot be fetched, by name; '' where nothing speaks against it."""
    try:
        Door().check(url)
    except NotCalled as error:
        return error.name
    return ""


def watch(tx: Session, owner_id: str, url: str) -> None:
    """Another address: what the old one said counts no more."""
    tx.calendars.watch(owner_id=owner_id, url=url)
    tx.calendars.forget_busy(owner_id=owner_id)


def look(store: Store, door: Door, row: dict[str, Any], now: int) -> str:
    """Fetch, read, keep. Returns the trouble, '' for none; then the copy before it stays."""
    try:
        found, trouble = _fetched(door, row["busy_url"], now), ""
    except NotCalled as error:
        found, trouble = None, reason(error.name, error.detail)
    except Unreadable as error:
        found, trouble = None, reason("no_calendar", error)
    store.write(lambda tx: _keep(tx, row, found, trouble, now))
    return trouble


def _fetched(door: Door, url: str, now: int) -> list[Times]:
    """Raises NotCalled, Unreadable. An answer that leads elsewhere is not followed: where it leads was not checked."""
    reply = door.get(url, MOST_BYTES + 1)
    if reply.status != 200:
        raise NotCalled("answered", reply.status)
    if len(reply.said) > MOST_BYTES:
        raise Unreadable(f"more than {MOST_BYTES} bytes")
    return read(reply.said, now)


def read(text: str, now: int) -> list[Times]:
    """The busy times that a calendar says, repeated events included, from a day ago on. Raises Unreadable."""
    begin = datetime.fromtimestamp(now / 1000, UTC) - timedelta(days=1)
    try:
        calendar = Calendar.from_ical(text)
        if calendar.name != "VCALENDAR":
            raise Unreadable("it is no calendar")
        _check(calendar)
        events = recurring_ical_events.of(calendar).between(begin, begin + timedelta(days=AHEAD_DAYS))
        spans = [span for event in islice(events, MOST_EVENTS + 1) if (span := _span(event))]
    except Unreadable:
        raise
    except Exception as error:  # made by a stranger, and it breaks its parser in its own ways
        raise Unreadable(type(error).__name__) from error
    if len(spans) > MOST_EVENTS:
        raise Unreadable(f"more than {MOST_EVENTS} events")
    return sorted(set(spans))


def _check(calendar: Any) -> None:
    """Working out what repeats is what costs: a rule of three words could keep a worker for a minute. Raises Unreadable."""
    events = calendar.walk("VEVENT")
    rules = [rule for event in events for rule in _listed(event.get("rrule"))]
    if len(events) > MOST_EVENTS or len(rules) > MOST_RULES:
        raise Unreadable(f"more than {MOST_EVENTS} events, or {MOST_RULES} that repeat")
    for rule in rules:
        often = str(next(iter(rule.get("FREQ", [])), "")).upper() in ("SECONDLY", "MINUTELY", "HOURLY")
        if often or any(len(rule.get(name, ())) > 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")):
            raise Unreadable("an event that repeats more often than once a day")


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _span(event: Any) -> Times | None:
    """An event that says it takes no time, or that is off, is none; a day without hours is a whole day."""
    if str(event.get("transp", "")).upper() == "TRANSPARENT" or str(event.get("status", "")).upper() == "CANCELLED":
        return None
    begin, end = (_ms(event[name].dt) for name in ("dtstart", "dtend"))
    return (begin, end) if begin < end <= begin + AHEAD_DAYS * DAY_MS else None


def _ms(moment: date) -> int:
    """A time without a zone is taken as UTC."""
    whole = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return int((whole if whole.tzinfo else whole.replace(tzinfo=UTC)).timestamp() * 1000)


def _keep(tx: Session, row: dict[str, Any], found: list[Times] | None, trouble: str, now: int) -> None:
    owner_id = row["owner_id"]
    if not tx.calendars.tried(owner_id=owner_id, url=row["busy_url"], trouble=trouble, now=now) or found is None:
        return  # another address by now, or nothing better than what stands
    tx.calendars.forget_busy(owner_id=owner_id)
    if found:
        rows = [{"owner_id": owner_id, "starts_at": begin, "ends_at": end} for begin, end in found]
        tx.calendars.add_busy(rows=rows)
