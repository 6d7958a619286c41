"""Computes the current state of a block for every format: its answer, whether it is closed, and which times are no longer free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import offers, times
from server import jsontext
from server.booking import answer_booking
from server.capture import answers, tester_answers
from server.capture.answers import Answer
from server.capture.asked import Asked
from server.contacts.known_answers import UNKNOWN
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersBookedRow


@dataclass(frozen=True)
class BlockState:
    """The state of one block. `taken` are offered times that are past or full; `closed_at` (ms UTC) is set once the block is closed."""

    answer: Answer | None = None
    closed_at: int | None = None
    taken: frozenset[str] = field(default_factory=frozenset)

    @property
    def open(self) -> bool:
        """True while the block takes answers."""
        return self.closed_at is None


def of(tx: Session, asked: Asked, now: int) -> BlockState:
    """Read the current state of a block."""
    rows = tester_answers.of_message(tx, asked.message)
    row = next((row for row in rows if row["block"] == asked.block.name and row["state"] not in UNKNOWN), None)
    answer = answers.read(row) if row else None
    if answer and asked.block.calendar:
        answer = _as_booked(tx, asked, answer)
    return BlockState(answer, closed_at(asked, now), unavailable_times(tx, asked, now))


def _as_booked(tx: Session, asked: Asked, answer: Answer) -> Answer | None:
    """Replace the answer by its current booking, because a booking may be moved or cancelled after it was answered."""
    own = answer_booking.of(tx, asked.message, asked.block)
    if own is None:
        return answer
    value = times.slot_value(own["starts_at"])
    return answer._replace(value=jsontext.dumps([value])) if own["state"] == "booked" else None


def closed_at(asked: Asked, now: int) -> int | None:
    """Return the time (ms UTC) at which the block closed; None while it is open."""
    closes = offers.closes_at(asked.block, asked.about)
    return closes if closes is not None and closes <= now else None


def unavailable_times(tx: Session, asked: Asked, now: int) -> frozenset[str]:
    """List the offered times that are past or full. The person's own choice stays available to them."""
    if not asked.block.slots:
        return frozenset()
    starts = offers.starts(asked.block, asked.data)
    if asked.block.calendar:  # a calendar only offers free times
        return frozenset(value for value, start in starts.items() if start <= now)
    rows = tx.answers.booked(email=asked.message["email"], block=asked.block.name)
    full = _full(rows, asked)
    return frozenset(value for value, start in starts.items() if start <= now or value in full)


def _full(rows: Iterable[AnswersBookedRow], asked: Asked) -> set[str]:
    counts: dict[str, int] = {}
    for row in rows:
        if row["contact_id"] != asked.contact_id:
            for value in jsontext.loads(row["value"]):
                counts[value] = counts.get(value, 0) + 1
    room = offers.capacities(asked.block, asked.data)
    return {value for value, count in counts.items() if count >= room.get(value, 1)}
