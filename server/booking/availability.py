"""The times an `<ac-book calendar="…">` offers in one message: live whenever it is read, as the data that `slots` would name."""

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

A_DAY, DAYS, MOST = 4, 5, 12  # times offered: so many a day, on so many days, and never more in all
Data = dict[str, Any]


class Written(TypedDict):
    """A message with what the send brought, as JSON."""

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
    """The message's data with the times of its calendars: `wanted` ones, the person's own, and with `more` the next free ones."""
    names = {block.calendar: block for block in blocks if block.calendar}
    if not names:
        return data
    offered = {name: _offered(tx, message, block, now, wanted, more) for name, block in names.items()}
    given = data.get("calendars")
    return {**data, "calendars": {**(given if isinstance(given, dict) else {}), **offered}}


def write_down(tx: Session, message: Written, blocks: Collection[Block], data: Data, now: int) -> Data:
    """The same for a mail that leaves; what stood in it is kept with it. Raises NoFreeTimes, and then keeps nothing.

    A question that is asked under a condition promises no time: its page offers those that are free once it is asked.
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
    """The message's data, as JSON, with the times that stood in the mail."""
    rows = tx.bookings.offered(contact_id=message["contact_id"], message_id=message["id"])
    if not rows:
        return message["data"]
    data = jsontext.loads(message["data"])
    times = {row["calendar"]: jsontext.loads(row["times"]) for row in rows}
    return jsontext.dumps({**data, "calendars": times})


def next_free(tx: Session, calendar: Calendar, now: int, most: int = MOST, own: BookingsRow | None = None) -> list[int]:
    """Some on each of the next days, so that a person who cannot tomorrow has a choice too."""
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
    return slots.refusal(calendar, reservations.look(tx, calendar, start, start, own), start, now)


def _spread(day: list[int]) -> list[int]:
    """A few of a day's times, from its morning to its evening."""
    if len(day) <= A_DAY:
        return day
    return [day[round(at * (len(day) - 1) / (A_DAY - 1))] for at in range(A_DAY)]
