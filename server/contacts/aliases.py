"""Resolves the ids and addresses that contacts had before a merge or a change; links, replies and lists still carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow


def current(tx: Session, contact_id: str) -> str:
    """Return the id under which a contact is stored now; the given id if it was never merged.

    Call it after a look-up by the id of a token found nothing: links of merged contacts are rare and answers must stay fast.
    """
    row = tx.contacts.alias(alias_id=contact_id)
    return row["contact_id"] if row else contact_id


def addresses_of(tx: Session, contact_id: str, own: str) -> list[str]:
    """Return the addresses of a contact: its own, those it had before, and those of contacts that were merged into it."""
    return [own, *(row["email"] for row in tx.contacts.aliases_of(contact_id=contact_id) if row["email"])]


def keep_address(tx: Session, contact: ContactsRow, by_whom: str, now: int) -> None:
    """Store the address of a contact that is about to change as an alias, unless it is one already."""
    known = tx.contacts.alias_of_key(email_key=contact["email_key"])
    if known is None or known["id"] != contact["id"]:
        tx.contacts.add_alias(
            alias_id=new_id(now),
            contact_id=contact["id"],
            email=contact["email"],
            email_key=contact["email_key"],
            by_whom=by_whom,
            at=now,
        )
