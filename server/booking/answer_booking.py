"""Books, moves or cancels the appointment behind an answer, in the answer's transaction, so that no booking exists without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import times
from builder.blocks import Block
from server.booking import calendars, reservations
from server.booking.reservations import PERSON, Guest
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.asked import AskedByIdRow
    from server.store.queries.bookings import BookingsRow


def refusal(tx: Session, message: AskedByIdRow, block: Block, values: tuple[str, ...], now: int) -> str:
    """Return why the chosen time cannot be booked; '' if it can, or if none was chosen. Holds the calendar's lock until the
    transaction ends.
    """
    start = chosen(block, values)
    if start is None:
        return ""
    calendar = calendars.by_name(tx, block.calendar)
    if calendar is None or not calendar.active:
        return "closed"
    own = of(tx, message, block)
    if own and own["state"] == "booked" and own["starts_at"] == start:
        return ""
    return reservations.refusal(tx, calendar, start, now, own)


def follow(tx: Session, message: AskedByIdRow, block: Block, values: tuple[str, ...], now: int) -> None:
    """Book, move or cancel the appointment after the answer was settled."""
    start, own = chosen(block, values), of(tx, message, block)
    if start is None:
        if own:
            reservations.cancel(tx, own, PERSON, now)
        return
    calendar = calendars.by_name(tx, block.calendar)
    assert calendar, "it was looked at in this transaction"  # noqa: S101
    guest = Guest(message["contact_id"], message["language"], message["id"], block.name)
    reservations.book(tx, calendar, guest, start, PERSON, now)


def chosen(block: Block, values: tuple[str, ...]) -> int | None:
    """Return the time that an answer names (ms UTC); None for one of the block's own options, such as “none of these”."""
    return times.slot_start(values[0]) if len(values) == 1 else None


def of(tx: Session, message: AskedByIdRow, block: Block) -> BookingsRow | None:
    """Return the booking of this block of this message; None without one."""
    return tx.bookings.of_answer(contact_id=message["contact_id"], message_id=message["id"], block=block.name)
