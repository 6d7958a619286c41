"""Defines the story's calendar, whose times a starter email offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import time as wall

from builder import times
from server import jsontext
from server.booking import calendars
from server.booking.calendars import Calendar
from server.booking.slots import DAY_MS
from server.store import Session

OFFERS = "meeting-booking"
OFFICE = ((wall(9), wall(12)), (wall(14), wall(17)))
CALENDAR = Calendar(
    name="first-meeting",
    title="Primera reunión",
    title_en="First meeting",
    time_zone="America/Bogota",
    hours=dict.fromkeys(range(5), OFFICE),
    after_minutes=15,
    country="CO",
    place="https://meet.example/brujula",
)


def begin(tx: Session, owner_id: str, now: int) -> None:
    """Add the calendar with its owner, Laura."""
    calendars.save(tx, replace(CALENDAR, owners=(owner_id,)), now)


def time_of(tx: Session, contact_id: str, message_id: str, number: int, now: int) -> str:
    """Return the value of the first, second … offered time of a message that is more than a day ahead."""
    (offered,) = tx.bookings.offered(contact_id=contact_id, message_id=message_id)
    starts = [datetime.fromisoformat(time["start"]).timestamp() * 1000 for time in jsontext.loads(offered["times"])]
    return times.slot_value(int([start for start in starts if start > now + DAY_MS][number - 1]))
