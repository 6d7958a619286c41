"""Books, moves and cancels seats, each in its caller's transaction.

A booking waits for the lock of its owners (`calendars.lock`). As a second safeguard unique keys refuse a double booking: one on
the seat, and one on each five minutes of an owner.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from server.booking import slots
from server.booking.calendars import Calendar
from server.booking.slots import DAY_MS, PIECE_MS, Occupied, Slot
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsHoldValues, BookingsRow

PERSON = "person"  # by_whom: the one who is booked


class Guest(NamedTuple):
    """The person who is booked, the language of their mail, and the answer behind the booking ('' if booked by hand)."""

    contact_id: str
    language: str
    message_id: str = ""
    block: str = ""


class DoubleBooked(Exception):
    """The database refused a time that the code took for free; nothing was stored."""


def look(tx: Session, calendar: Calendar, since: int, until: int, own: BookingsRow | None = None) -> Occupied:
    """Read the owners' occupied time around a period; `own` is a booking that would free its seat."""
    since, until = since - DAY_MS, until + DAY_MS
    held: dict[str, dict[int, tuple[str, int]]] = {}
    for row in tx.calendars.held(calendar=calendar.name, first_at=since // PIECE_MS, last_at=until // PIECE_MS):
        held.setdefault(row["owner_id"], {})[row["piece"]] = (row["calendar"], row["starts_at"])
    busy: dict[str, list[slots.Times]] = {}
    for span in tx.calendars.busy(calendar=calendar.name, since_at=since, until_at=until):
        busy.setdefault(span["owner_id"], []).append((span["starts_at"], span["ends_at"]))
    rows = tx.bookings.seats(calendar=calendar.name, since_at=since, until_at=until)
    taken = Occupied(held, busy, Counter((row["owner_id"], row["starts_at"]) for row in rows))
    return _without(taken, own) if own and own["state"] == "booked" else taken


def refusal(tx: Session, calendar: Calendar, starts_at: int, now: int, own: BookingsRow | None = None) -> str:
    """Return why the time cannot be booked, '' if it can. Holds the calendar's lock until the transaction ends."""
    tx.calendars.lock(calendar=calendar.name)
    return slots.refusal(calendar, look(tx, calendar, starts_at, starts_at, own), starts_at, now)


def book(tx: Session, calendar: Calendar, guest: Guest, starts_at: int, by_whom: str, now: int) -> str:
    """Book a seat, or move the answer's existing booking there. Returns why not, or ''."""
    own = None
    if guest.message_id:
        own = tx.bookings.of_answer(contact_id=guest.contact_id, message_id=guest.message_id, block=guest.block)
    if own:
        return move(tx, calendar, own, starts_at, by_whom, now)
    slot = _slot(tx, calendar, starts_at, now, None)
    if isinstance(slot, str):
        return slot
    owner_id = _turn(tx, calendar, slot, now)
    booking_id = new_id(now)
    added = tx.bookings.add(
        **guest._asdict(),
        id=booking_id,
        calendar=calendar.name,
        owner_id=owner_id,
        starts_at=starts_at,
        ends_at=slot.ends_at,
        seat=_seat(tx, calendar, owner_id, starts_at),
        title=calendar.called(guest.language),
        place=calendar.place,
        time_zone=calendar.time_zone,
        now=now,
    )
    if not added:
        raise DoubleBooked(f"{calendar.name} at {starts_at}")
    _hold(tx, calendar, owner_id, starts_at)
    _note(tx, guest.contact_id, booking_id, "booked", starts_at, None, by_whom, now)
    return ""


def move(tx: Session, calendar: Calendar, own: BookingsRow, starts_at: int, by_whom: str, now: int) -> str:
    """Move a booking, or revive a cancelled one. Returns why not, or ''; the same time is no change."""
    if own["state"] == "booked" and own["starts_at"] == starts_at:
        return ""
    slot = _slot(tx, calendar, starts_at, now, own)
    if isinstance(slot, str):
        return slot
    key = {"contact_id": own["contact_id"], "id": own["id"]}
    owner_id = own["owner_id"] if own["owner_id"] in slot.owners else _turn(tx, calendar, slot, now)
    tx.bookings.give_back(**key)
    _let_go(tx, own)
    seat = _seat(tx, calendar, owner_id, starts_at)
    tx.bookings.move(**key, owner_id=owner_id, starts_at=starts_at, ends_at=slot.ends_at, seat=seat, now=now)
    _hold(tx, calendar, owner_id, starts_at)
    lives = own["state"] == "booked"
    _note(
        tx,
        own["contact_id"],
        own["id"],
        "moved" if lives else "booked",
        starts_at,
        own["starts_at"] if lives else None,
        by_whom,
        now,
    )
    return ""


def cancel(tx: Session, own: BookingsRow, by_whom: str, now: int) -> bool:
    """Cancel a booking; False if it is cancelled already."""
    if not tx.bookings.cancel(contact_id=own["contact_id"], id=own["id"], now=now):
        return False
    _let_go(tx, own)
    _note(tx, own["contact_id"], own["id"], "cancelled", own["starts_at"], None, by_whom, now)
    return True


def replied(tx: Session, own: BookingsRow, said: str, now: int) -> bool:
    """Store the reply of the person's calendar: accepted or tentative. Declining is `cancel`."""
    if not tx.bookings.rsvp(contact_id=own["contact_id"], id=own["id"], rsvp=said):
        return False
    _note(tx, own["contact_id"], own["id"], said, own["starts_at"], None, PERSON, now)
    return True


def _slot(tx: Session, calendar: Calendar, starts_at: int, now: int, own: BookingsRow | None) -> Slot | str:
    tx.calendars.lock(calendar=calendar.name)
    taken = look(tx, calendar, starts_at, starts_at, own)
    if why := slots.refusal(calendar, taken, starts_at, now):
        return why
    slot = slots.at(calendar, taken, starts_at)
    return slot if slot else "taken"


def _turn(tx: Session, calendar: Calendar, slot: Slot, now: int) -> str:
    """Choose the owner: one with an open group then, else the one with the fewest appointments ahead, else the longest without one."""
    if len(slot.owners) == 1:
        return slot.owners[0]
    begun = {
        row["owner_id"]
        for row in tx.bookings.seats(calendar=calendar.name, since_at=slot.starts_at, until_at=slot.starts_at + 1)
    }
    load = {
        row["owner_id"]: (row["total"], row["last_at"])
        for row in tx.bookings.load(calendar=calendar.name, since_at=now)
    }
    return min(slot.owners, key=lambda owner: (owner not in begun, load.get(owner, (0, 0)), owner))


def _seat(tx: Session, calendar: Calendar, owner_id: str, starts_at: int) -> int:
    rows = tx.bookings.seats(calendar=calendar.name, since_at=starts_at, until_at=starts_at + 1)
    gone = {row["seat"] for row in rows if row["owner_id"] == owner_id}
    return next(seat for seat in range(1, len(gone) + 2) if seat not in gone)


def _hold(tx: Session, calendar: Calendar, owner_id: str, starts_at: int) -> None:
    """Hold the owner's time, once for a group. Raises DoubleBooked if it is held by another appointment."""
    if tx.bookings.held_by(owner_id=owner_id, calendar=calendar.name, starts_at=starts_at):
        return
    rows: list[BookingsHoldValues] = [
        {"owner_id": owner_id, "calendar": calendar.name, "starts_at": starts_at, "piece": piece}
        for piece in slots.pieces(calendar, starts_at)
    ]
    if tx.bookings.hold(rows=rows) != len(rows):
        raise DoubleBooked(f"{owner_id} at {starts_at}")


def _let_go(tx: Session, own: BookingsRow) -> None:
    tx.bookings.let_go(owner_id=own["owner_id"], calendar=own["calendar"], starts_at=own["starts_at"])


def _without(taken: Occupied, own: BookingsRow) -> Occupied:
    """Return the occupied time without this booking."""
    owner, place = own["owner_id"], (own["calendar"], own["starts_at"])
    seats = dict(taken.seats)
    left = seats.get((owner, own["starts_at"]), 0) - 1
    seats[owner, own["starts_at"]] = max(0, left)
    if left > 0:
        return replace(taken, seats=seats)
    pieces = {piece: by for piece, by in taken.held.get(owner, {}).items() if by != place}
    # the owner's calendar may list this booking too; its entry must not block the move
    busy = [span for span in taken.busy.get(owner, ()) if span != (own["starts_at"], own["ends_at"])]
    return Occupied({**taken.held, owner: pieces}, {**taken.busy, owner: busy}, seats)


def _note(
    tx: Session, contact_id: str, booking_id: str, what: str, starts_at: int, was: int | None, by_whom: str, now: int
) -> None:
    tx.bookings.note(
        contact_id=contact_id,
        id=new_id(now),
        booking_id=booking_id,
        what=what,
        starts_at=starts_at,
        was=was,
        by_whom=by_whom,
        now=now,
    )
