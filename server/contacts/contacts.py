"""Finds, adds and updates contacts: one row for a person, found by the address as compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from server.contacts import addresses, aliases, search
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
    """Return the contact with this id, or the one that it was merged into; None without one."""
    return tx.contacts.by_id(id=contact_id) or tx.contacts.by_id(id=aliases.current(tx, contact_id))


def find(tx: Session, email: str) -> ContactsRow | None:
    """Return the contact with this address in any spelling, or that had it before a merge. Raises BadAddress."""
    return by_key(tx, addresses.key(email))


def by_key(tx: Session, email_key: str) -> ContactsRow | None:
    """Return the contact with this address, or the one that a contact with it was merged into."""
    return tx.contacts.by_key(email_key=email_key) or tx.contacts.alias_of_key(email_key=email_key)


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
    given = _of_current(
        tx,
        {
            "email": email.strip(),
            "email_key": addresses.key(email),
            "first_name": first_name,
            "last_name": last_name,
            "company": company,
            "language": language,
        },
    )
    contact = tx.contacts.upsert(id=new_id(now), now=now, search_text=search.text_of(given), **given)
    return contact if contact["search_text"] else _folded(tx, [contact])[0]


def upsert_many(tx: Session, given: Sequence[ContactFields], now: int) -> None:
    """Run `upsert` for many rows."""
    if tx.contacts.any_alias():
        given = [_of_current(tx, each) for each in given]
    rows: list[ContactsUpsertManyValues] = [
        {**row, "id": new_id(now), "now": now, "search_text": search.text_of(row)} for row in given
    ]
    tx.contacts.upsert_many(rows=rows)
    _folded(tx, tx.contacts.unfolded())


def _of_current(tx: Session, given: ContactFields) -> ContactFields:
    """Return the fields with the address of the contact into which the one with this address was merged, if it was."""
    if tx.contacts.by_key(email_key=given["email_key"]):
        return given
    kept = tx.contacts.alias_of_key(email_key=given["email_key"])
    return {**given, "email": kept["email"], "email_key": kept["email_key"]} if kept else given


def _folded(tx: Session, merged: Sequence[ContactsRow]) -> list[ContactsRow]:
    """Update the search text of merged rows; they are locked, so that no other merge comes between."""
    contacts: list[ContactsRow] = [{**contact, "search_text": search.text_of(contact)} for contact in merged]
    if contacts:
        tx.contacts.set_search_text(rows=[{"id": each["id"], "search_text": each["search_text"]} for each in contacts])
    return contacts
