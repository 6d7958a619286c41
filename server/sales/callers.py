"""Adds people who rang, or were met, as leads that have not answered an email yet."""

from __future__ import annotations

from typing import Any

from server import jsontext
from server.contacts import editing
from server.contacts.editing import Details
from server.qualify.leads import NEVER
from server.sales import work
from server.store import Session

STAGE = "warm"  # of a person who asked for something by telephone; the points decide as soon as somebody releases it


def add(tx: Session, details: Details, note: str, owner_id: str, by_whom: str, now: int) -> str:
    """Add a contact with a lead and return its id. Raises WrongFields for an address that another contact has."""
    contact_id = editing.create(tx, details, by_whom, now)
    begin(tx, contact_id, owner_id, by_whom, now)
    if note.strip():
        work.note(tx, contact_id, note, by_whom, now)
    return contact_id


def begin(tx: Session, contact_id: str, owner_id: str, by_whom: str, now: int) -> None:
    """Make a lead of a contact who has none, owned by `owner_id`. Raises LookupError for an unknown contact."""
    if not tx.contacts.lock(id=contact_id):
        raise LookupError(contact_id)
    if tx.leads.standing(contact_id=contact_id) is None:
        empty: dict[str, Any] = {
            "product": "",
            "products": jsontext.dumps([]),
            "product_names": ",",
            "reasons": jsontext.dumps([]),
        }
        points: dict[str, Any] = dict.fromkeys(
            ("interest", "need", "urgency", "worth", "waiting", "people", "machines", "undecided"), 0
        )
        stored: dict[str, Any] = {"stage": "cold", "scored_on": NEVER, "scored_by": "", "answered_at": now}
        tx.leads.put(contact_id=contact_id, **empty, **points, **stored, now=now)
        tx.leads.mark_by_hand(contact_id=contact_id)
        work.pin(tx, contact_id, STAGE, by_whom, now)
    work.assign(tx, contact_id, owner_id, by_whom, now)
