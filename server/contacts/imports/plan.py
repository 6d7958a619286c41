"""Decides what an import does with one row: a new contact, changes of an existing one, nothing, or not imported. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from server.contacts import csv_refusals, own_fields, tags
from server.contacts.csv_read import Row, RowProblem
from server.contacts.csv_refusals import MailRefusal

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

NEW, CHANGED, SAME, LEFT_OUT = "new", "changed", "same", "left_out"
OUTCOMES = (NEW, CHANGED, SAME, LEFT_OUT)
TEXTS = ("first_name", "last_name", "company", "language", "phone", "whatsapp", "country", "time_zone")
FIELD, REFUSAL, EMAIL, TAGS = "field:", "refusal", "email", "tags"  # keys of changes besides TEXTS
Changes = dict[str, list[str]]  # what changes -> before and after


class Plan(NamedTuple):
    """The outcome of a row and its changes. `suppressed` is the reason why its address gets no mail now, or will not get any."""

    outcome: str
    notes: list[tuple[str, str]]
    suppressed: str
    changes: Changes


def of_row(
    row: Row | None,
    problems: Iterable[RowProblem],
    contact: ContactsRow | None,
    refusals: Iterable[str],
    repeated: bool,
    refusal: MailRefusal = "",
) -> Plan:
    """Plan a row, from the contact that has its address and the refusals stored for it. An empty cell changes nothing.

    `refusal` is that of a bad row, None, which has an address: it is stored, though the row is not imported.
    """
    notes = [(problem.rule, problem.value) for problem in problems]
    refused = [each for each in refusals if each in csv_refusals.ORDER]
    asked = row.refusal if row else refusal
    suppressed = csv_refusals.strongest([*refused, asked])
    stored: Changes = {REFUSAL: ["", asked]} if asked else {}
    if row is None:
        return Plan(LEFT_OUT, notes, suppressed if asked else "", stored)
    if repeated:
        return Plan(LEFT_OUT, [("duplicate", row.email)], suppressed, stored)
    changes = _new(row) if contact is None else differences(values_of(row), contact)
    outcome = NEW if contact is None else CHANGED if changes else SAME
    return Plan(outcome, notes, suppressed, {**changes, **stored})


def values_of(row: Row) -> dict[str, str]:
    """Return the values of a row that are not empty, by their key in changes."""
    values = {name: str(getattr(row, name)) for name in TEXTS}
    values |= {f"{FIELD}{name}": text for name, text in row.fields}
    if row.tags:
        values[TAGS] = tags.write(row.tags)
    return {name: value for name, value in values.items() if value}


def differences(values: Mapping[str, str], contact: ContactsRow) -> Changes:
    """Return the values that differ from those of a contact; tags are added and none is removed."""
    own = own_fields.read(contact["fields"])
    changes: Changes = {}
    for name, value in values.items():
        before = own.get(name.removeprefix(FIELD), "") if name.startswith(FIELD) else str(contact[name])  # type: ignore[literal-required]
        after = tags.write({*tags.read(before), *tags.read(value)}) if name == TAGS else value
        if after != before:
            changes[name] = [before, after]
    return changes


def applied(contact: Mapping[str, str], changes: Mapping[str, list[str]], place: int = 1) -> dict[str, str]:
    """Return the stored columns of a contact with the changes made; with `place` 0, taken back."""
    columns = {name: str(contact[name]) for name in (*TEXTS, TAGS)}
    own = own_fields.read(str(contact["fields"]))
    for name, values in changes.items():
        if name.startswith(FIELD):
            own[name.removeprefix(FIELD)] = values[place]
        elif name in columns:
            columns[name] = values[place]
    return {**columns, "fields": own_fields.write(own)}


def blank(email: str, email_key: str) -> dict[str, str]:
    """Return the columns of a contact that has an address alone."""
    return {**dict.fromkeys(TEXTS, ""), TAGS: ",", "fields": "{}", EMAIL: email, "email_key": email_key}


def _new(row: Row) -> Changes:
    changes = {name: ["," if name == TAGS else "", value] for name, value in values_of(row).items()}
    return {EMAIL: ["", row.email], **changes}
