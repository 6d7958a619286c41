"""When an owner is busy, by the calendar they publish themselves: fetched through the one door to servers of others, read in a process
with limits, and the last good copy kept. Trouble is a reason that the page has a sentence for.
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
PARTLY = ("left_out", "unknown_zone")  # troubles of a calendar whose other events count


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

    def _look(self, due: list[OwnerCalendarsRow], now: int) -> None:
        for row in due:
            try:
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


def was_read(trouble: str) -> bool:
    """Whether the last look brought a copy, if only of a part."""
    return all(each.partition(": ")[0] in PARTLY for each in trouble.splitlines())


def look(store: Store, door: Door, row: OwnerCalendarsRow, now: int) -> str:
    """Fetch, read, keep. Returns the trouble, '' for none. When nothing could be read, the copy before it stays.

    The try is noted before anything is fetched, so that a worker that ends over one calendar does not begin with it again.
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
    """Where an owner is, as they said, or as their calendars here say; '' when neither does."""
    with store.read() as tx:
        names = [row["time_zone"] for row in tx.calendars.zones(owner_id=owner_id)]
    return next((name for name in names if name != zones.UNSAID and zones.exists(name)), "")


def _fetched(door: Door, url: str, now: int, zone: str) -> Reading:
    """Raises NotCalled, Unreadable. An answer that leads elsewhere is not followed: where it leads was not checked."""
    reply = door.get(url, MOST_BYTES + 1)
    if reply.status != 200:
        raise NotCalled("answered", reply.status)
    if len(reply.said) > MOST_BYTES:
        raise Unreadable("too_large", MOST_BYTES // 1_000_000)
    return ics_process.read(reply.said, now, zone)


def _partly(found: Reading) -> str:
    """What of a calendar could not be read as it stands, a reason a line; the rest of it counts."""
    reasons = []
    if found.left_out:
        reasons.append(reason("left_out", _some(found.left_out)))
    if found.zones:
        reasons.append(reason("unknown_zone", _some(found.zones)))
    return "\n".join(reasons)


def _some(names: list[str]) -> str:
    """The first names, each once: `“Gym”, “Rent” …`."""
    each = list(dict.fromkeys(names))
    return ", ".join(f"“{name}”" for name in each[:EVENTS_SHOWN]) + (" …" if len(each) > EVENTS_SHOWN else "")


def _keep(tx: Session, place: dict[str, str], found: Reading | None, trouble: str, now: int) -> None:
    if (
        not tx.calendars.tried(**place, trouble=trouble, fetched_at=now if found is not None else 0, now=now)
        or found is None
    ):
        return  # another address by now, or nothing better than what stands
    owner_id = place["owner_id"]
    tx.calendars.forget_busy(owner_id=owner_id)
    if found.times:
        rows: list[CalendarsAddBusyValues] = [
            {"owner_id": owner_id, "starts_at": begin, "ends_at": end} for begin, end in found.times
        ]
        tx.calendars.add_busy(rows=rows)
