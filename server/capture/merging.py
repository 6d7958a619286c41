"""Merges two contacts of the same person in one transaction: rows move, answers settle again, and the lead is scored again."""

from __future__ import annotations

from server.accounts import audit
from server.capture import answer_rows
from server.contacts import merge
from server.contacts.editing import Details
from server.flows import planning
from server.qualify import leads
from server.store import Session, new_id


def merge_contacts(
    tx: Session, kept_id: str, merged_id: str, details: Details, by_whom: str, name: str, now: int
) -> None:
    """Merge a contact into another one, which gets the fields in `details`. Links and addresses of both keep working.

    `by_whom` is the address of the user, `name` the one that histories show. Raises LookupError, and CannotDo while mail leaves.
    """
    kept, merged = merge.lock(tx, kept_id, merged_id)
    merge.move(tx, kept, merged, details, by_whom, now)
    _settle(tx, kept_id, now)
    tx.activities.add(
        contact_id=kept_id, id=new_id(now), kind="merged", text=merged["email"], was="", by_whom=name, now=now
    )
    audit.add(
        tx,
        by_whom,
        "contact.merged",
        merged["email"],
        now,
        into=details["email"],
        strangers=merge.strangers(kept, merged),
    )


def _settle(tx: Session, contact_id: str, now: int) -> None:
    """Mark the answers that a later copy of their email superseded, and score the lead; flows see the stage change."""
    before = tx.answers.of_contact(contact_id=contact_id)
    if before:
        answer_rows.supersede(tx, contact_id, before)
        rows = tx.answers.of_contact(contact_id=contact_id)
        planning.settled(tx, before, rows, leads.qualify(tx, contact_id, rows, now), now)
