"""Moves or cancels a booking by the same rules for every caller: the person's page, the team's page, the API, a calendar's reply.

The caller checks who may ask. The team may also move a booking that has begun or whose calendar is off; the person may not.
"""

from __future__ import annotations

from server.booking import calendars, reservations
from server.store import Session

MOVED, CANCELLED, UNKNOWN, OVER, NO_CALENDAR = "moved", "cancelled", "unknown", "over", "no_calendar"


def change(tx: Session, contact_id: str, booking_id: str, starts_at: int | None, by_whom: str, now: int) -> str:
    """Move the booking to `starts_at` (ms UTC), or cancel it for None.

    Returns MOVED, CANCELLED, or why nothing changed: UNKNOWN (no such booking), OVER (it has begun, and the person asks; the
    team may still move a missed one), NO_CALENDAR (it was deleted, or offers the person no more times), or a refusal of
    `slots`. Locks the contact first, as an answer does, so that the two cannot deadlock.
    """
    tx.contacts.lock(id=contact_id)
    booking = tx.bookings.by_key(contact_id=contact_id, id=booking_id)
    if booking is None:
        return UNKNOWN
    if by_whom == reservations.PERSON and booking["state"] == "booked" and booking["starts_at"] <= now:
        return OVER
    if starts_at is None:
        reservations.cancel(tx, booking, by_whom, now)
        return CANCELLED
    calendar = calendars.by_name(tx, booking["calendar"])
    if calendar is None or (by_whom == reservations.PERSON and not calendar.active):
        return NO_CALENDAR
    return reservations.move(tx, calendar, booking, starts_at, by_whom, now) or MOVED
