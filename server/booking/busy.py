"""Fetches the busy times from the calendar that an owner publishes, every quarter of an hour, and keeps the last good copy.

The text is parsed in a process with limits (`ics_process`). A failure is stored as a reason that the page has a sentence for.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from server.booking import ics_process
from server.booking.ics_process import Reading, Unreadable
from server.booking.slots import MINUTE_MS
from server.contacts import zones
from server.http_client.client import Door, NotCalled
from server.reasons import reason
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.calendars import CalendarsAddBusyValues, OwnerCalendarsRow

log = logging.getLogger("acto.booking")
EVERY_MS = 15 * MINUTE_MS
MOST_BYTES = 2_000_000
EVENTS_SHOWN = 3
PARTLY = ("left_out", "unknown_zone")  # reasons that concern some events only; the others count


class BusyTimes:
    """A hook of the worker that fetches due calendars on a thread of its own, so that a slow server delays nothing else."""

    def __init__(self, store: Store, door: Door) -> None:
        self._store, self._door = store, door
        self._thread: threading.Thread | None = None

    def __call__(self, now: int) -> None:
        with self._store.read() as tx:
            due = tx.calendars.due(before_at=now - EVERY_MS)
        if due and not (self._thread and self._thread.is_alive()):
            self._thread = threading.Thread(target=self._look, args=(due, now), name="busy-times", daemon=True)
            self._thread.start()

    def _look(self, due: list[OwnerCalendarsRow], now: int) -> None:
        for row in due:
            try:
                look(self._store, self._door, row, now)
            except Exception:
                log.exception("an owner's calendar could not be looked at")


def wrong(url: str) -> str:
    """Return the name of the reason for which a URL cannot be fetched; '' if it can."""
    try:
        Door().check(url)
    except NotCalled as error:
        return error.name
    return ""


def watch(tx: Session, owner_id: str, url: str) -> None:
    """Store another URL and delete the busy times of the old one."""
    tx.calendars.watch(owner_id=owner_id, url=url)
    tx.calendars.forget_busy(owner_id=owner_id)


def was_read(trouble: str) -> bool:
    """Return whether the last fetch gave a copy, at least of a part."""
    return all(each.partition(": ")[0] in PARTLY for each in trouble.splitlines())


def look(store: Store, door: Door, row: OwnerCalendarsRow, now: int) -> str:
    """Fetch and store the busy times. Returns the reason of a failure, '' for none; after one the former copy stays.

    The try is stored before the fetch, so that a worker that crashes on one calendar does not begin with it again.
    """
    place = {"owner_id": row["owner_id"], "url": row["busy_url"]}
    store.write(lambda tx: tx.calendars.trying(**place, now=now))
    try:
        found = _fetched(door, row["busy_url"], now, _zone(store, row["owner_id"]))
        trouble = _partly(found)
    except (NotCalled, Unreadable) as error:
        found, trouble = None, reason(error.name, error.detail)
    store.write(lambda tx: _keep(tx, place, found, trouble, now))
    return trouble


def _zone(store: Store, owner_id: str) -> str:
    """Return the owner's time zone, from their profile or their calendars here; '' if both lack one."""
    with store.read() as tx:
        names = [row["time_zone"] for row in tx.calendars.zones(owner_id=owner_id)]
    return next((name for name in names if name != zones.UNSAID and zones.exists(name)), "")


def _fetched(door: Door, url: str, now: int, zone: str) -> Reading:
    """Fetch and parse a calendar. Raises NotCalled, Unreadable. A redirect is not followed because its target was not checked."""
    reply = door.get(url, MOST_BYTES + 1)
    if reply.status != 200:
        raise NotCalled("answered", reply.status)
    if len(reply.said) > MOST_BYTES:
        raise Unreadable("too_large", MOST_BYTES // 1_000_000)
    return ics_process.read(reply.said, now, zone)


def _partly(found: Reading) -> str:
    """Return the reasons for parts that could not be read, one a line; the other events count."""
    reasons = []
    if found.left_out:
        reasons.append(reason("left_out", _some(found.left_out)))
    if found.zones:
        reasons.append(reason("unknown_zone", _some(found.zones)))
    return "\n".join(reasons)


def _some(names: list[str]) -> str:
    """Return the first names, each once: `“Gym”, “Rent” …`."""
    each = list(dict.fromkeys(names))
    return ", ".join(f"“{name}”" for name in each[:EVENTS_SHOWN]) + (" …" if len(each) > EVENTS_SHOWN else "")


def _keep(tx: Session, place: dict[str, str], found: Reading | None, trouble: str, now: int) -> None:
    if (
        not tx.calendars.tried(**place, trouble=trouble, fetched_at=now if found is not None else 0, now=now)
        or found is None
    ):
        return  # another URL by now, or nothing to replace the copy with
    owner_id = place["owner_id"]
    tx.calendars.forget_busy(owner_id=owner_id)
    if found.times:
        rows: list[CalendarsAddBusyValues] = [
            {"owner_id": owner_id, "starts_at": begin, "ends_at": end} for begin, end in found.times
        ]
        tx.calendars.add_busy(rows=rows)
