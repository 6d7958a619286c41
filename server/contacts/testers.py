"""Adds the recipient of a test, who is stored apart from the contacts so that a test makes nobody a contact that counts."""

from __future__ import annotations

from typing import NamedTuple

from server.contacts import addresses, contacts
from server.store import Session, new_id

COPIED = ("first_name", "last_name", "company", "phone", "country", "time_zone", "fields")
EMPTY = {**dict.fromkeys(COPIED, ""), "fields": "{}"}


class Tester(NamedTuple):
    """The recipient of one test. `id` takes the place of a contact's id in its message and links."""

    id: str
    language: str


def add(tx: Session, email: str, language: str, now: int, name: str = "") -> Tester:
    """Add the recipient of one test, with the details and the language of the contact who has the address, or else with this name.

    Each test gets its own, so that the answers to one test are not known in the next. Raises BadAddress.
    """
    contact = contacts.find(tx, email)
    details = {name: contact[name] for name in COPIED} if contact else _called(name)  # type: ignore[literal-required]
    tester = Tester(new_id(now), (contact and contact["language"]) or language)
    tx.testers.add(
        contact_id=tester.id,
        email=email.strip(),
        email_key=addresses.key(email),
        language=tester.language,
        now=now,
        **details,
    )
    return tester


def _called(name: str) -> dict[str, str]:
    first, _, last = name.strip().partition(" ")
    return {**EMPTY, "first_name": first, "last_name": last}


def is_one(tx: Session, contact_id: str) -> bool:
    """Return whether the id of a message or link is that of the recipient of a test."""
    return tx.testers.is_one(contact_id=contact_id) is not None
