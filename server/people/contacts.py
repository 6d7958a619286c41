"""Contacts: one row for a person, found by the address as compared."""

from __future__ import annotations

from typing import Any

from server.people import addresses
from server.store import Session, new_id

Contact = dict[str, Any]


def by_id(tx: Session, contact_id: str) -> Contact | None:
    """The contact with this id, if there is one."""
    found: Contact | None = tx.contacts.by_id(id=contact_id)
    return found


def find(tx: Session, email: str) -> Contact | None:
    """The contact with this address, however it is written. Raises BadAddress."""
    found: Contact | None = tx.contacts.by_key(email_key=addresses.key(email))
    return found


def upsert(
    tx: Session,
    email: str,
    now: int,
    first_name: str = "",
    last_name: str = "",
    company: str = "",
    language: str = "",
) -> Contact:
    """Add the contact, or fill in the one with this address; an empty value never empties a known one.

    `language` is es, en or empty (the email's first language). Raises BadAddress.
    """
    contact: Contact = tx.contacts.upsert(
        id=new_id(now),
        email=email.strip(),
        email_key=addresses.key(email),
        first_name=first_name,
        last_name=last_name,
        company=company,
        language=language,
        now=now,
    )
    return contact
