"""Checks some rows of an import: reads their cells, and stores what will happen to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from server import jsontext
from server.contacts import csv_read
from server.contacts.csv_header import Header
from server.contacts.imports import plan, staging
from server.contacts.imports.look import Looked, look
from server.contacts.imports.plan import NEW
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.imports import ImportRowsRow, ImportsPlanValues, ImportsRow


def check(tx: Session, row: ImportsRow, batch: Sequence[ImportRowsRow], country: str, now: int) -> None:
    """Store what will happen to each row of a batch."""
    looked, header = look(tx, row["id"], batch), staging.header(row)
    tx.imports.plan(rows=[_planned(each, looked, header, country, now) for each in batch])


def _planned(each: ImportRowsRow, looked: Looked, header: Header, country: str, now: int) -> ImportsPlanValues:
    key, cells = each["email_key"], jsontext.loads(each["cells"])
    read, problems = csv_read.read_row((each["line"], cells), header, country)
    refusal = csv_read.refusal_of(cells, header) if key else ""
    contact, refused = looked.contacts.get(key), looked.refusals.get(key, ())
    found = plan.of_row(read, problems, contact, refused, bool(each["repeats"]), refusal)
    contact_id = contact["id"] if contact else new_id(now) if found.outcome == NEW else ""
    return {
        "import_id": each["import_id"],
        "line": each["line"],
        "contact_id": contact_id,
        "outcome": found.outcome,
        "notes": jsontext.dumps(found.notes),
        "suppressed": found.suppressed,
        "changes": jsontext.dumps(found.changes),
    }
