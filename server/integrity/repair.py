"""Recomputes derived rows: answers from events, leads from answers, search texts from names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from builder.problems import BrokenTemplate
from server.capture import answer_rows
from server.capture.asked import Asked, ask, find_any
from server.contacts import search
from server.qualify import leads
from server.store import Session, Store


def mend(store: Store, people: Iterable[str], now: int) -> None:
    """Recompute the rows of contacts, each in its own transaction. Harmless to repeat."""
    for contact_id in sorted(people):
        store.write(partial(_mend, contact_id=contact_id, now=now))


def _mend(tx: Session, contact_id: str, now: int) -> None:
    tx.contacts.lock(id=contact_id)
    _search_text(tx, contact_id)
    events = [row for row in tx.events.of_contact(contact_id=contact_id) if row["kind"] == "answered"]
    answered = {(row["message_id"], row["block"]) for row in events}
    for row in tx.answers.of_contact(contact_id=contact_id):
        if (row["message_id"], row["block"]) not in answered:
            tx.checks.remove_answer(contact_id=contact_id, message_id=row["message_id"], block=row["block"])
    for message_id, block in answered:
        if asked := _asked(tx, contact_id, message_id, block):
            answer_rows.settle_again(tx, asked, now)
    answers = tx.answers.of_contact(contact_id=contact_id)
    answer_rows.supersede(tx, contact_id, answers)
    if answers:
        leads.qualify(tx, contact_id, answers, now)
    else:
        tx.checks.remove_lead(contact_id=contact_id)


def _asked(tx: Session, contact_id: str, message_id: str, block: str) -> Asked | None:
    """Load a block; None if its message or version is gone, and then the answer stays as it is."""
    try:
        first = find_any(tx, contact_id, message_id)
    except (LookupError, BrokenTemplate):
        return None
    return ask(first.message, first.email, block) if first else None


def _search_text(tx: Session, contact_id: str) -> None:
    contact = tx.contacts.by_id(id=contact_id)
    if contact:
        tx.contacts.set_search_text(rows=[{"id": contact_id, "search_text": search.text_of(contact)}])
