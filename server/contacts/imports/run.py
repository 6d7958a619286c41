"""Stores the contacts of some rows of an import, as they were planned, with their refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server import jsontext
from server.contacts import search, suppressions
from server.contacts.imports import plan
from server.contacts.imports.look import look
from server.contacts.imports.plan import LEFT_OUT, NEW, REFUSAL, TAGS, Changes
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsAddManyValues, ContactsChangeManyValues, ContactsRow
    from server.store.queries.imports import ImportRowsRow, ImportsPlanValues, ImportsRow

COLUMNS = (*plan.TEXTS, TAGS, "fields")


class Raced(Exception):
    """An address of the batch came into use by another transaction; the batch is carried out again."""


def run(tx: Session, row: ImportsRow, batch: Sequence[ImportRowsRow], now: int) -> None:
    """Store the contacts of a batch as planned. A value that somebody changed meanwhile is overwritten only where the plan says so."""
    looked = look(tx, row["id"], batch)
    batch_ = Batch(by_key={key: contact["id"] for key, contact in looked.contacts.items()})
    batch_.contacts |= {contact["id"]: contact for contact in looked.contacts.values()}
    for each in batch:
        changes: Changes = jsontext.loads(each["changes"])
        if REFUSAL in changes:
            reason = changes[REFUSAL][1]
            batch_.refused.setdefault(reason, {})[each["email_key"]] = reason
        if each["outcome"] != LEFT_OUT:
            _carry_out(batch_, each, changes, now)
    _store(tx, batch_, now)
    for refusals in batch_.refused.values():
        suppressions.add_refusals(tx, refusals, now)


@dataclass
class Batch:
    """The rows that a batch stores. `contacts` are the contacts of its addresses by id, as changed so far.

    `refused` are the refusals of its addresses by reason, because one address may have several.
    """

    by_key: dict[str, str]
    contacts: dict[str, ContactsRow] = field(default_factory=dict)
    new: list[ContactsAddManyValues] = field(default_factory=list)
    changed: dict[str, ContactsChangeManyValues] = field(default_factory=dict)
    plans: list[ImportsPlanValues] = field(default_factory=list)
    refused: dict[str, dict[str, str]] = field(default_factory=dict)


def _carry_out(batch: Batch, each: ImportRowsRow, changes: Changes, now: int) -> None:
    """Add one row to the batch, and its plan again where the contact changed between the check and the import."""
    contact = batch.contacts.get(batch.by_key.get(each["email_key"], ""))
    if contact is None:
        if each["outcome"] == NEW:  # another one was erased since
            batch.new.append(_added(each, changes, now))
        return
    wanted = {name: values[1] for name, values in changes.items() if name not in (plan.EMAIL, REFUSAL)}
    actual = plan.differences(wanted, contact)
    if actual:
        row = batch.changed[contact["id"]] = _changed(contact, actual, now)
        batch.contacts[contact["id"]] = {**contact, **{name: row[name] for name in COLUMNS}}  # type: ignore[literal-required, typeddict-item]
    refusal = {REFUSAL: changes[REFUSAL]} if REFUSAL in changes else {}
    if {**actual, **refusal} != changes:
        outcome = plan.CHANGED if actual else plan.SAME
        batch.plans.append(_again(each, outcome, contact["id"], {**actual, **refusal}))


def _store(tx: Session, batch: Batch, now: int) -> None:
    changed = list(batch.changed.values())
    if batch.new and tx.contacts.add_many(rows=batch.new) != len(batch.new):
        raise Raced
    if changed:
        tx.contacts.change_many(rows=changed)
        tx.leads.tag_many(rows=[{"contact_id": row["id"], "tags": row["tags"], "now": now} for row in changed])
    if batch.plans:
        tx.imports.plan(rows=batch.plans)


def _added(each: ImportRowsRow, changes: Changes, now: int) -> ContactsAddManyValues:
    email = changes.get(plan.EMAIL, ["", each["email_key"]])[1]
    columns = {**plan.blank(email, each["email_key"])}
    columns |= plan.applied(columns, changes)
    return {**columns, "id": each["contact_id"] or new_id(now), "search_text": search.text_of(columns), "now": now}  # type: ignore[typeddict-item]


def _changed(contact: ContactsRow, changes: Changes, now: int) -> ContactsChangeManyValues:
    columns = plan.applied(contact, changes)  # type: ignore[arg-type]
    text = search.text_of({**columns, "email": contact["email"]})  # type: ignore[typeddict-item]
    return {**columns, "id": contact["id"], "search_text": text, "now": now}  # type: ignore[typeddict-item]


def _again(each: ImportRowsRow, outcome: str, contact_id: str, changes: Changes) -> ImportsPlanValues:
    """Return the plan of a row as it was carried out, where the contact changed between the check and the import."""
    return {
        "import_id": each["import_id"],
        "line": each["line"],
        "contact_id": contact_id,
        "outcome": outcome,
        "notes": each["notes"],
        "suppressed": each["suppressed"],
        "changes": jsontext.dumps(changes),
    }
