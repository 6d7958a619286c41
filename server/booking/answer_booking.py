"""The booking behind an answer goes where the answer goes, in the answer's own transaction: no booking without an answer."""

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
    """Why the time that was chosen cannot be had; '' where it can, or where none was chosen. Nobody else takes it meanwhile."""
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
    """After the answer was settled: book, move, or cancel what the person no longer wants."""
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
    """The time that an answer names; None for one of the block's own options, such as “none of these”."""
    return times.slot_start(values[0]) if len(values) == 1 else None


def of(tx: Session, message: AskedByIdRow, block: Block) -> BookingsRow | None:
    return tx.bookings.of_answer(contact_id=message["contact_id"], message_id=message["id"], block=block.name)
