"""Resolves the ids and addresses of merged contacts, which signed links, replies and lists still carry."""

from __future__ import annotations

from server.store import Session


def current(tx: Session, contact_id: str) -> str:
    """Return the id under which a contact is stored now; the given id if it was never merged.

    Call it after a look-up by the id of a token found nothing: links of merged contacts are rare and answers must stay fast.
    """
    row = tx.contacts.alias(alias_id=contact_id)
    return row["contact_id"] if row else contact_id


def addresses_of(tx: Session, contact_id: str, own: str) -> list[str]:
    """Return the addresses of a contact: its own, and those of the contacts that were merged into it."""
    return [own, *(row["email"] for row in tx.contacts.aliases_of(contact_id=contact_id) if row["email"])]
