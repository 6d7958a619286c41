"""Adds the times that an `<ac-book calendar="…">` offers to the data of a message, in the form of `slots`.

They are computed whenever a page or mail is rendered, so that a booked time is no longer offered.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypedDict

from builder import times
from builder.blocks import Block
from server import jsontext, texts
from server.booking import calendars, reservations, slots
from server.booking.calendars import Calendar
from server.booking.slots import DAY_MS
from server.contacts import zones
from server.errors import NoFreeTimes
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsRow

A_DAY, DAYS, MOST = 4, 5, 12  # times offered: at most so many a day, so many days, so many in all
Data = dict[str, Any]


class Written(TypedDict):
    """The columns of a message that are read here; `data` is what the send brought, as JSON."""

    contact_id: str
    id: str
    data: str


def with_times(
    tx: Session,
    message: Written,
    blocks: Collection[Block],
    data: Data,
    now: int,
    wanted: Collection[str] = (),
    *,
    more: bool = True,
) -> Data:
    """Return the data with the times of its calendars: the `wanted` ones, the person's own, and with `more` the next free ones."""
    names = {block.calendar: block for block in blocks if block.calendar}
    if not names:
        return data
    offered = {name: _offered(tx, message, block, now, wanted, more) for name, block in names.items()}
    given = data.get("calendars")
    return {**data, "calendars": {**(given if isinstance(given, dict) else {}), **offered}}


def write_down(tx: Session, message: Written, blocks: Collection[Block], data: Data, now: int) -> Data:
    """Add the times to the data of a mail that leaves and store them. Raises NoFreeTimes and then stores nothing.

    A question under a condition may have no free time, because its page offers the free ones once it is asked.
    """
    given = with_times(tx, message, blocks, data, now)
    for block in blocks:
        if block.calendar and not (block.when and not given["calendars"][block.calendar]):
            if not given["calendars"][block.calendar]:
                raise NoFreeTimes(block.calendar)
            times = jsontext.dumps(given["calendars"][block.calendar])
            key = {"contact_id": message["contact_id"], "message_id": message["id"]}
            tx.bookings.offer(**key, calendar=block.calendar, times=times)
    return given


def as_sent(tx: Session, message: Written) -> str:
    """Return the message's data, as JSON, with the times that the mail offered."""
    rows = tx.bookings.offered(contact_id=message["contact_id"], message_id=message["id"])
    if not rows:
        return message["data"]
    data = jsontext.loads(message["data"])
    times = {row["calendar"]: jsontext.loads(row["times"]) for row in rows}
    return jsontext.dumps({**data, "calendars": times})


def next_free(tx: Session, calendar: Calendar, now: int, most: int = MOST, own: BookingsRow | None = None) -> list[int]:
    """Return the next free times (ms UTC), a few on each of several days, so that the person has a choice of days."""
    last = now + calendar.horizon_days * DAY_MS
    taken = reservations.look(tx, calendar, now, last, own)
    found: dict[object, list[int]] = {}
    for slot in slots.free(calendar, taken, now, last, now):
        day = local(calendar, slot.starts_at).date()
        if len(found) == DAYS and day not in found:
            break
        found.setdefault(day, []).append(slot.starts_at)
    return sorted(islice((start for day in found.values() for start in _spread(day)), most))


def local(calendar: Calendar, at: int) -> datetime:
    """Convert ms UTC to the local time of the calendar."""
    return datetime.fromtimestamp(at / 1000, calendar.zone)


def _offered(
    tx: Session, message: Written, block: Block, now: int, wanted: Collection[str], more: bool
) -> list[dict[str, Any]]:
    calendar = calendars.by_name(tx, block.calendar)
    if calendar is None or not calendar.active:
        return []
    own = tx.bookings.of_answer(contact_id=message["contact_id"], message_id=message["id"], block=block.name)
    starts = set(next_free(tx, calendar, now, own=own)) if more else set()
    starts |= {
        start for value in wanted if (start := times.slot_start(value)) and not refused(tx, calendar, start, now, own)
    }
    if own and own["state"] == "booked" and own["starts_at"] > now:
        starts.add(own["starts_at"])
    zone = {language: zones.display_name(calendar.time_zone, language) for language in texts.LANGUAGES}
    return [
        {"start": local(calendar, start).isoformat(), "minutes": calendar.minutes, "zone": zone}
        for start in sorted(starts)
    ]


def refused(tx: Session, calendar: Calendar, start: int, now: int, own: BookingsRow | None) -> str:
    """Return why a time cannot be booked; '' if it can. Takes no lock, so another booking may come first."""
    return slots.refusal(calendar, reservations.look(tx, calendar, start, start, own), start, now)


def _spread(day: list[int]) -> list[int]:
    """Return a few of a day's times, spread from morning to evening."""
    if len(day) <= A_DAY:
        return day
    return [day[round(at * (len(day) - 1) / (A_DAY - 1))] for at in range(A_DAY)]
