"""Erasing a person: every row about them, in one transaction. Their links then lead where unknown ones do.

What stays is that their address must not be written to (it was theirs to decide), and backups as long as they are kept.
"""

from __future__ import annotations

from server.store import Session

TABLES = (  # queries of erasing.sql, one a table; a test holds that no table with rows about a person is missing
    *("hits", "open_pages", "events", "answers", "overrules", "leads", "activities", "effects", "tasks", "messages"),
    *("bookings", "booking_changes", "offered_times", "notices", "replies", "api_replies", "suppressions", "contacts"),
)


def erase(tx: Session, contact_id: str) -> dict[str, int]:
    """How many rows of each table are gone. Raises LookupError for a contact who is not here."""
    if tx.contacts.lock(id=contact_id) is None:
        raise LookupError(f"no contact {contact_id}")
    tx.bookings.call_off(
        contact_id=contact_id
    )  # their owners are told by a worker: no mail can keep a person from being erased
    gone = {table: getattr(tx.erasing, table)(contact_id=contact_id) for table in TABLES}
    if gone["bookings"]:
        tx.bookings.sweep_holds(piece=0)  # their time is free again
    return gone
