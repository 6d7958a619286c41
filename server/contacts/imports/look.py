"""Reads what the store holds about the addresses of some rows of an import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.imports import ImportRowsRow


class Looked(NamedTuple):
    """The contacts and the refusals that are stored for the addresses of a batch, by address."""

    contacts: Mapping[str, ContactsRow]
    refusals: Mapping[str, list[str]]


def look(tx: Session, import_id: str, batch: Sequence[ImportRowsRow]) -> Looked:
    """Look up the addresses of a batch, those of merged contacts too; the contacts stay locked until the transaction ends."""
    after, until = batch[0]["line"] - 1, batch[-1]["line"]
    rows = tx.imports.known(import_id=import_id, after_line=after, until_line=until)
    found: dict[str, ContactsRow] = {
        row["listed_key"] or "": row for row in sorted(rows, key=lambda row: row["preference"])
    }
    refusals: dict[str, list[str]] = {}
    for row in tx.imports.suppressed(import_id=import_id, after_line=after, until_line=until):
        refusals.setdefault(row["listed_key"] or "", []).append(row["reason"])
    return Looked(found, refusals)
