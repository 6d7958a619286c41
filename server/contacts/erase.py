"""Erases a person: deletes every row about them in one transaction. Their links then behave like unknown ones.

The suppression of their address stays, because it was their decision; backups keep the rows until they expire. No page, command
or API call runs this function yet.
"""

from __future__ import annotations

from server.contacts import testers
from server.store import Session

TABLES = (  # queries of erasing.sql, one a table; a test holds that no table with rows about a person is missing
    *("hits", "open_pages", "events", "answers", "overrules", "leads", "activities", "effects", "tasks", "messages"),
    *("bookings", "booking_changes", "offered_times", "notices", "pushes", "replies", "api_replies", "suppressions"),
    *("testers", "test_answers", "import_rows", "contact_aliases", "contacts"),
)


def erase(tx: Session, contact_id: str) -> dict[str, int]:
    """Delete the rows of a contact and of the tests to their address, or of one tester, and return how many of each table.

    Raises LookupError for an unknown id.
    """
    if tx.contacts.lock(id=contact_id) is None and not testers.is_one(tx, contact_id):
        raise LookupError(f"no contact {contact_id}")
    tx.bookings.call_off(
        contact_id=contact_id
    )  # the worker notifies their owners later, so that no mail can prevent an erasure
    ids = [*(row["contact_id"] for row in tx.testers.of_contact(contact_id=contact_id)), contact_id]
    gone = {table: sum(getattr(tx.erasing, table)(contact_id=each) for each in ids) for table in TABLES}
    if gone["bookings"]:
        tx.bookings.sweep_holds(piece=0)  # their time is free again
    return gone
