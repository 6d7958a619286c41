"""A contact to write, for tests of the store itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow


def person(name: str, now: int, **more: Any) -> dict[str, Any]:
    """The parameters of `contacts.upsert` for someone at example.com."""
    email = f"{name}@example.com"
    blank = {"first_name": name, "last_name": "", "company": "", "language": "es", "search_text": "x"}
    return {"id": new_id(now), "email": email, "email_key": email, "now": now, **blank, **more}


def add(tx: Session, name: str, now: int) -> ContactsRow:
    """Write that contact and give its row."""
    return tx.contacts.upsert(**person(name, now))
