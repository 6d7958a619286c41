"""Imports a contact list: `read(data)` parses and checks it, `import_contacts` stores the good rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from server.contacts import contacts, suppressions
from server.contacts.csv_read import Row, RowProblem, WrongHeader, read
from server.store import Session, Store

__all__ = ["Imported", "Row", "RowProblem", "WrongHeader", "import_contacts", "read"]

BATCH = 1000  # rows a transaction: enough to be fast, few enough that answers hardly wait


class Imported(NamedTuple):
    """The numbers of new and of updated contacts.

    They are counted before and after, so contacts added by other means meanwhile count as new.
    """

    added: int
    updated: int


def import_contacts(
    store: Store,
    rows: Sequence[Row],
    now: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Imported:
    """Add or update a contact for each row; an empty cell never replaces a value. People who refused mail elsewhere are
    suppressed.

    `progress(done, total)` is called after each batch. Harmless to repeat after an interruption.
    """
    known = _count(store)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        store.write(lambda tx, batch=batch: _put(tx, batch, now))  # type: ignore[misc]
        progress(start + len(batch), len(rows))
    added = _count(store) - known
    return Imported(added, len(rows) - added)


def _put(tx: Session, rows: Sequence[Row], now: int) -> None:
    """Store contacts and their refusals. An import only adds refusals and never removes one."""
    contacts.upsert_many(tx, [_contact(row) for row in rows], now)
    suppressions.add_refusals(tx, {row.email_key: row.refusal for row in rows if row.refusal}, now)


def _contact(row: Row) -> contacts.ContactFields:
    return {
        "email": row.email,
        "email_key": row.email_key,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "company": row.company,
        "language": row.language,
    }


def _count(store: Store) -> int:
    with store.read() as tx:
        count: int = tx.contacts.count()
    return count
