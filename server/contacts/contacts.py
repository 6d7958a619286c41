"""Contacts: one row for a person, found by the address as compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server.contacts import addresses, search
from server.store import Session, new_id

Contact = dict[str, Any]


def full_name(row: Mapping[str, Any]) -> str:
    """First and last name as one; empty for somebody who is known by an address alone."""
    return " ".join(part for part in (row["first_name"], row["last_name"]) if part)


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
    given = {
        "email": email.strip(),
        "email_key": addresses.key(email),
        "first_name": first_name,
        "last_name": last_name,
        "company": company,
        "language": language,
    }
    contact: Contact = tx.contacts.upsert(id=new_id(now), now=now, search_text=search.text_of(given), **given)
    return contact if contact["search_text"] else _folded(tx, [contact])[0]


def upsert_many(tx: Session, given: Sequence[Mapping[str, str]], now: int) -> None:
    """`upsert` for many rows of email, email_key, first_name, last_name, company and language."""
    rows = [{**row, "id": new_id(now), "now": now, "search_text": search.text_of(row)} for row in given]
    tx.contacts.upsert_many(rows=rows)
    _folded(tx, tx.contacts.unfolded())


def _folded(tx: Session, merged: Sequence[Contact]) -> list[Contact]:
    """Give merged rows the search text of what they hold now; their rows are locked, so nobody merges in between."""
    contacts = [{**contact, "search_text": search.text_of(contact)} for contact in merged]
    if contacts:
        tx.contacts.set_search_text(rows=[{name: each[name] for name in ("id", "search_text")} for each in contacts])
    return contacts
