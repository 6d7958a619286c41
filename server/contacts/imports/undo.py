"""Undoes an import row by row: deletes the contacts it added and returns the values it replaced, except where a person acted since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server import jsontext
from server.contacts import own_fields, search
from server.contacts.imports import plan
from server.contacts.imports.plan import EMAIL, FIELD, NEW, REFUSAL, Changes
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsChangeManyValues, ContactsRow
    from server.store.queries.imports import ImportRowsRow, ImportsMarkUndoneValues, ImportsRow

YES, CHANGED = "yes", "changed"
KEPT = {  # why a row was left as it is
    "answered": "answered since",
    "sent": "was sent an email since, or one is queued",
    "stopped": "has an email that was stopped since",
    "changed": "was changed or worked on since",
    "listed": "is in a list that was imported later",
}


@dataclass
class Undo:
    """The changes of a batch that is undone. `contacts` are its contacts by id, as returned so far."""

    contacts: dict[str, ContactsRow]
    dropped: list[str] = field(default_factory=list)
    returned: dict[str, ContactsChangeManyValues] = field(default_factory=dict)


def take_back(tx: Session, row: ImportsRow, batch: Sequence[ImportRowsRow], now: int) -> None:
    """Undo the rows of a batch, the last line first, and store how each went. Refusals that the list contained stay."""
    after, until = batch[-1]["line"] - 1, batch[0]["line"]
    contacts = {
        each["id"]: each for each in tx.imports.of_rows(import_id=row["id"], after_line=after, until_line=until)
    }
    rows = tx.imports.since(import_id=row["id"], after_line=after, until_line=until, started_at=row["started_at"])
    happened, undo = {each["line"]: each["happened"] for each in rows}, Undo(contacts)
    marks: list[ImportsMarkUndoneValues] = [
        {
            "import_id": row["id"],
            "line": each["line"],
            "undone": happened.get(each["line"], "") or _undone(undo, row, each, now),
        }
        for each in batch
        if each["outcome"] in (NEW, plan.CHANGED)
    ]
    _store(tx, undo, now)
    if marks:
        tx.imports.mark_undone(rows=marks)


def _store(tx: Session, undo: Undo, now: int) -> None:
    if undo.dropped:
        tx.imports.forget_contacts(rows=[{"contact_id": each} for each in undo.dropped])
        tx.imports.drop_contacts(rows=[{"contact_id": each} for each in undo.dropped])
    if returned := list(undo.returned.values()):
        tx.contacts.change_many(rows=returned)
        tx.leads.tag_many(rows=[{"contact_id": each["id"], "tags": each["tags"], "now": now} for each in returned])


def _undone(undo: Undo, row: ImportsRow, each: ImportRowsRow, now: int) -> str:
    """Undo one row and return YES, or why it stays as it is."""
    contact = undo.contacts.get(each["contact_id"])
    if contact is None:  # erased or merged since
        return CHANGED
    changes: Changes = jsontext.loads(each["changes"])
    if each["outcome"] != NEW:
        return _returned(undo, contact, changes, now)
    if contact["created_at"] < row["started_at"] or _differs(contact, changes):
        return CHANGED
    undo.dropped.append(contact["id"])
    return YES


def _differs(contact: ContactsRow, changes: Changes) -> bool:
    """Return whether a contact differs from what the import wrote."""
    written = plan.applied(plan.blank(contact["email"], contact["email_key"]), changes)
    return any(contact[name] != value for name, value in written.items())  # type: ignore[literal-required]


def _returned(undo: Undo, contact: ContactsRow, changes: Changes, now: int) -> str:
    """Return the values that the import replaced; one that was changed again since stays."""
    own = own_fields.read(contact["fields"])
    mine = {name: values for name, values in changes.items() if name not in (EMAIL, REFUSAL)}
    back: Changes = {}
    for name, (before, after) in mine.items():
        current = own.get(name.removeprefix(FIELD), "") if name.startswith(FIELD) else str(contact[name])  # type: ignore[literal-required]
        if current == after:
            back[name] = [before, after]
    columns = plan.applied(contact, back, place=0)  # type: ignore[arg-type]
    text = search.text_of({**columns, "email": contact["email"]})  # type: ignore[typeddict-item]
    undo.contacts[contact["id"]] = {**contact, **columns}  # type: ignore[typeddict-item]
    undo.returned[contact["id"]] = {**columns, "id": contact["id"], "search_text": text, "now": now}  # type: ignore[typeddict-item]
    return YES if len(back) == len(mine) else CHANGED
