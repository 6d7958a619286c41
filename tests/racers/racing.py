"""One round: everybody answers with the same time at the same moment, through the function that every channel ends in."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from builder import times
from builder.tokens import Action
from server import capture
from server.capture import Hit, Receipt, TimeTaken
from server.capture.rules import Rules
from server.contacts import contacts
from server.sending import send
from server.store import Session, Store, new_id
from tests.server.booking import place as places
from tests.server.booking.place import Place


class Racer(NamedTuple):
    contact_id: str
    message_id: str


class Round(NamedTuple):
    """What came of it. `other` are attempts that ended in anything but a seat or “taken”."""

    won: int
    taken: int
    other: list[str]
    booked: int
    answers: int


def enter(made: Place, many: int) -> list[Racer]:
    """So many people, each with the email that offers the times."""
    store, now = made.world.store, made.world.now
    people = [store.write(lambda tx, at=at: contacts.upsert(tx, f"racer{at}@example.com", now)) for at in range(many)]  # type: ignore[misc]
    ids = {row["id"]: new_id(now) for row in people}
    send.queue(store, places.source(), people, now, message_id=lambda contact: ids[contact["id"]])
    return [Racer(*pair) for pair in ids.items()]


def race(made: Place, racers: list[Racer], rules: Rules, value: str) -> Round:
    """Everybody waits at the line; afterwards the winner gives the seat back, so that the next round begins as this one did."""
    made.world.now += 10_000  # of two answers at the same moment neither is the later
    store, now, line = made.world.store, made.world.now, threading.Barrier(len(racers))

    def run(racer: Racer) -> str:
        line.wait()
        try:
            kept = _answer(store, racer, value, rules, now).kept
        except TimeTaken:
            return "taken"
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return "kept" if kept else "won"

    with ThreadPoolExecutor(len(racers)) as pool:
        outcomes = list(pool.map(run, racers))
    counts = Counter(outcomes)
    with store.read() as tx:
        booked, answers = _stands(tx, racers, value)
    for racer, outcome in zip(racers, outcomes, strict=True):
        if outcome == "won":
            _answer(store, racer, "none", rules, now + 1)
    other = [said for said in counts if said not in ("won", "taken")]
    return Round(counts["won"], counts["taken"], other, booked, answers)


def _answer(store: Store, racer: Racer, value: str, rules: Rules, now: int) -> Receipt:
    """As our page sends it after a touch."""
    action = Action("answer", racer.contact_id, racer.message_id, "slot", now // 1000)
    ids = (racer.contact_id, racer.message_id, "slot", "answer", "POST")
    hit = Hit(*ids, value, nonce=f"{racer.contact_id:-<24}{new_id(now)}", gesture="pointer")
    return capture.receive(store, action, (value,), hit, rules, now)


def _stands(tx: Session, racers: list[Racer], value: str) -> tuple[int, int]:
    start = times.slot_start(value) or 0
    booked = [row for row in tx.bookings.coming(since_at=0, owner_id="", limit=1000) if row["starts_at"] == start]
    answers = sum(
        row["value"] == f'["{value}"]' for racer in racers for row in tx.answers.of_contact(contact_id=racer.contact_id)
    )
    return len(booked), answers
