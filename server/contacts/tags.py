"""Tags contacts. `contacts.tags` is the truth; `leads.tags` is the copy that the list of leads is filtered by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from server.store import Session, new_id

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")


class BadTag(ValueError):
    """A name that is no tag: spaces, capital letters or signs."""


def read(stored: str) -> list[str]:
    """Return the tags of a stored list, in alphabetical order."""
    return [tag for tag in stored.split(",") if tag]


def write(tags: Iterable[str]) -> str:
    """Return tags as they are stored: ,fair,partner, in alphabetical order."""
    return "".join([",", *(f"{tag}," for tag in sorted(set(tags)))])


def change(tx: Session, contact_id: str, name: str, by_whom: str, now: int, *, remove: bool = False) -> None:
    """Add or remove a tag and record it in the history. Raises BadTag, and LookupError for an unknown contact."""
    if not NAME.fullmatch(name):
        raise BadTag(name)
    contact = tx.contacts.locked(id=contact_id)
    if contact is None:
        raise LookupError(f"no contact {contact_id}")
    tags = set(read(contact["tags"]))
    wanted = tags - {name} if remove else tags | {name}
    if wanted != tags:
        replace(tx, contact_id, wanted, now)
        text, was = ("", name) if remove else (name, "")
        tx.activities.add(
            contact_id=contact_id, id=new_id(now), kind="tagged", text=text, was=was, by_whom=by_whom, now=now
        )


def replace(tx: Session, contact_id: str, tags: Iterable[str], now: int) -> None:
    """Store all tags of a contact and of its lead, if it has one. The caller has locked the contact."""
    stored = write(tags)
    tx.contacts.set_tags(id=contact_id, tags=stored, now=now)
    tx.leads.tag(contact_id=contact_id, tags=stored, now=now)
