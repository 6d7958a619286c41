"""The story's calendar, which the starter email offers the times of."""

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
    time_zone="America/Bogota",
    hours=dict.fromkeys(range(5), OFFICE),
    after_minutes=15,
    country="CO",
    place="https://meet.example/brujula",
)


def begin(tx: Session, owner_id: str, now: int) -> None:
    """Laura can be booked."""
    calendars.save(tx, replace(CALENDAR, owners=(owner_id,)), now)


def time_of(tx: Session, contact_id: str, message_id: str, number: int, now: int) -> str:
    """The first, second … of the times that stood in the mail, by its name; the same day's may be too soon by the time one answers."""
    (offered,) = tx.bookings.offered(contact_id=contact_id, message_id=message_id)
    starts = [datetime.fromisoformat(time["start"]).timestamp() * 1000 for time in jsontext.loads(offered["times"])]
    return times.slot_value(int([start for start in starts if start > now + DAY_MS][number - 1]))
