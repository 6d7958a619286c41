"""Finds, adds and updates contacts: one row for a person, found by the address as compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from server.contacts import addresses, search
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow, ContactsUpsertManyValues


class Named(TypedDict):
    """Any row with the name of a person."""

    first_name: str
    last_name: str


class ContactFields(Named):
    """The fields of a contact that is added or updated."""

    email: str
    email_key: str
    company: str
    language: str


def full_name(row: Named) -> str:
    """Join first and last name; empty for a contact without a name."""
    return " ".join(part for part in (row["first_name"], row["last_name"]) if part)


def by_id(tx: Session, contact_id: str) -> ContactsRow | None:
    """Return the contact with this id; None without one."""
    return tx.contacts.by_id(id=contact_id)


def find(tx: Session, email: str) -> ContactsRow | None:
    """Return the contact with this address in any spelling. Raises BadAddress."""
    return tx.contacts.by_key(email_key=addresses.key(email))


def upsert(
    tx: Session,
    email: str,
    now: int,
    first_name: str = "",
    last_name: str = "",
    company: str = "",
    language: str = "",
) -> ContactsRow:
    """Add the contact, or update the one with this address; an empty value never replaces another one.

    `language` is es, en or empty (the email's first language). Raises BadAddress.
    """
    given: ContactFields = {
        "email": email.strip(),
        "email_key": addresses.key(email),
        "first_name": first_name,
        "last_name": last_name,
        "company": company,
        "language": language,
    }
    contact = tx.contacts.upsert(id=new_id(now), now=now, search_text=search.text_of(given), **given)
    return contact if contact["search_text"] else _folded(tx, [contact])[0]


def upsert_many(tx: Session, given: Sequence[ContactFields], now: int) -> None:
    """Run `upsert` for many rows."""
    rows: list[ContactsUpsertManyValues] = [
        {**row, "id": new_id(now), "now": now, "search_text": search.text_of(row)} for row in given
    ]
    tx.contacts.upsert_many(rows=rows)
    _folded(tx, tx.contacts.unfolded())


def _folded(tx: Session, merged: Sequence[ContactsRow]) -> list[ContactsRow]:
    """Update the search text of merged rows; they are locked, so that no other merge comes between."""
    contacts: list[ContactsRow] = [{**contact, "search_text": search.text_of(contact)} for contact in merged]
    if contacts:
        tx.contacts.set_search_text(rows=[{"id": each["id"], "search_text": each["search_text"]} for each in contacts])
    return contacts
