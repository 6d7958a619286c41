"""Provisional answers that waited out the hold become confirmed, and their leads follow."""

from __future__ import annotations

from server.qualify import leads
from server.store import Session, Store

BATCH = 200


def confirm_due(store: Store, now: int) -> int:
    """Confirm what is due; returns for how many people. A worker calls it every second."""
    with store.read() as tx:
        due = dict.fromkeys(row["contact_id"] for row in tx.answers.due(now=now, limit=BATCH))
    for contact_id in due:
        store.write(lambda tx, contact_id=contact_id: _confirm(tx, contact_id, now))  # type: ignore[misc]
    return len(due)


def _confirm(tx: Session, contact_id: str, now: int) -> None:
    tx.contacts.lock(id=contact_id)
    tx.answers.confirm(contact_id=contact_id, now=now)
    leads.qualify(tx, contact_id, tx.answers.of_contact(contact_id=contact_id), now)
