"""Checks the whole store in one snapshot, so that it may be in use and the rows still belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from builder.problems import BrokenTemplate
from server import email_versions
from server.contacts import search
from server.integrity import contact_checks
from server.integrity.findings import Finding
from server.integrity.rows import by_person, stream, together
from server.store import Session, Store

MOST = 1000  # findings of one kind of orphan row
ORPHANS = {  # the kind of a finding -> its query
    "message_of_nobody": "messages_of_nobody",
    "message_of_no_version": "messages_of_no_version",
    "message_in_no_state": "messages_in_no_state",
    "hit_of_no_message": "hits_of_no_message",
    "event_of_no_message": "events_of_no_message",
    "lead_of_nobody": "leads_of_nobody",
    "overrule_of_no_event": "overrules_of_no_event",
    "overrule_not_followed": "overrules_not_followed",
    "effect_in_no_state": "effects_in_no_state",
    "effect_of_nobody": "effects_of_nobody",
    "task_of_nobody": "tasks_of_nobody",
    "task_of_no_effect": "tasks_missing",
    "booking_of_nobody": "bookings_of_nobody",
    "booking_in_no_state": "bookings_in_no_state",
    "booked_twice": "bookings_twice",
}
COMING = {"booking_without_hold": "bookings_without_hold"}  # for future bookings, because past holds are deleted
EVENT, ANSWER = ("contact_id", "message_id", "block", "nonce"), ("contact_id", "message_id", "block")
Progress = Callable[[str, int], object]


def counts(store: Store) -> dict[str, int]:
    """Count the rows by table."""
    with store.read() as tx:
        counted = tx.checks.counts()
    return {
        "contacts": counted["contacts"],
        "messages": counted["messages"],
        "hits": counted["hits"],
        "events": counted["events"],
        "answers": counted["answers"],
        "leads": counted["leads"],
    }


def check(store: Store, now: int, told: Progress = lambda step, done: None) -> Iterator[Finding]:
    """Yield everything that is wrong. `told` is called with the step and, in the step `people`, how many of them are done."""
    told("file", 0)
    yield from (Finding("file_damaged", detail=line) for line in store.damage())
    with store.read() as tx:
        told("versions", 0)
        yield from _versions(tx)
        for kind, query in ORPHANS.items():
            told(query.replace("_", " "), 0)
            for row in getattr(tx.checks, query)(limit=MOST):
                yield Finding(kind, **row)
        for kind, query in COMING.items():
            for row in getattr(tx.checks, query)(since_at=now, limit=MOST):
                yield Finding(kind, **row)
        told("contacts", 0)
        yield from _contacts(tx)
        yield from _people(tx, now, told)


def _versions(tx: Session) -> Iterator[Finding]:
    for row in tx.checks.versions():
        try:
            intact = email_versions.reread(tx, row["id"]).version == row["id"]
        except (BrokenTemplate, ValueError, AttributeError):
            intact = False
        if not intact:
            yield Finding("version_broken", detail=f"{row['id'][:12]} of “{row['name']}”")


def _contacts(tx: Session) -> Iterator[Finding]:
    for row in stream(tx.checks.contacts, "id"):
        if row["search_text"] != search.text_of(row):
            yield Finding("contact_not_found_by", row["id"])


def _people(tx: Session, now: int, told: Progress) -> Iterator[Finding]:
    everybody = together(
        by_person(stream(tx.checks.events, *EVENT)),
        by_person(stream(tx.checks.answers, *ANSWER)),
        by_person(stream(tx.checks.leads, "contact_id")),
    )
    for number, (contact_id, events, stand, lead) in enumerate(everybody):
        yield from contact_checks.check(tx, contact_id, events, stand, lead, now)
        if number % 500 == 0:
            told("people", number)
