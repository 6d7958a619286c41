"""Undoes an import row by row: deletes the contacts it added and returns the values it replaced, except where a person acted since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from server import jsontext
from server.contacts import own_fields, search, tags
from server.contacts.imports import plan
from server.contacts.imports.plan import EMAIL, FIELD, NEW, REFUSAL, TAGS, Changes
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.imports import ImportRowsRow, ImportsMarkUndoneValues, ImportsRow

YES, CHANGED = "yes", "changed"
KEPT = {  # why a row was left as it is
    "answered": "answered since",
    "sent": "was sent an email since, or one is queued",
    "changed": "was changed or worked on since",
}


def take_back(tx: Session, row: ImportsRow, batch: Sequence[ImportRowsRow], now: int) -> None:
    """Undo the rows of a batch and store how each went. Refusals that the list contained stay."""
    marks: list[ImportsMarkUndoneValues] = [
        {"import_id": row["id"], "line": each["line"], "undone": _undone(tx, row, each, now)}
        for each in batch
        if each["outcome"] in (NEW, plan.CHANGED)
    ]
    if marks:
        tx.imports.mark_undone(rows=marks)


def _undone(tx: Session, row: ImportsRow, each: ImportRowsRow, now: int) -> str:
    """Undo one row and return YES, or why it stays as it is."""
    contact = tx.contacts.locked(id=each["contact_id"])
    if contact is None:  # erased or merged since
        return CHANGED
    since = tx.imports.since(contact_id=contact["id"], at=row["started_at"])
    if since and since["happened"]:
        return since["happened"]
    changes: Changes = jsontext.loads(each["changes"])
    if each["outcome"] == NEW:
        return _removed(tx, row, contact, changes)
    return _returned(tx, contact, changes, now)


def _removed(tx: Session, row: ImportsRow, contact: ContactsRow, changes: Changes) -> str:
    """Delete a contact that the import added, unless it differs from what the import wrote."""
    written = plan.applied(plan.blank(contact["email"], contact["email_key"]), changes)
    if contact["created_at"] < row["started_at"] or any(contact[name] != value for name, value in written.items()):  # type: ignore[literal-required]
        return CHANGED
    tx.erasing.suppressions(contact_id=contact["id"])
    tx.erasing.contacts(contact_id=contact["id"])
    return YES


def _returned(tx: Session, contact: ContactsRow, changes: Changes, now: int) -> str:
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
    tx.contacts.change_many(rows=[{**columns, "id": contact["id"], "search_text": text, "now": now}])  # type: ignore[typeddict-item]
    if TAGS in back:
        tags.replace(tx, contact["id"], tags.read(back[TAGS][0]), now)
    return YES if len(back) == len(mine) else CHANGED
