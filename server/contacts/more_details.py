"""Adds telephone, place, tags and own fields to contacts that a program sends. A value that is left out or empty keeps the stored one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.contacts import contacts, editing, own_fields, tags
from server.errors import CannotDo
from server.store import Session, required

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsChangeManyValues, ContactsRow

LINES = ("phone", "whatsapp", "country", "time_zone")
BAD_TAG = "“{value}” is not a tag: use up to 31 of a-z, 0-9, _ and -."


@dataclass(frozen=True)
class MoreDetails:
    """Checked values of one contact. `tags` replaces all of its tags, None keeps them; an own field with an empty text is removed."""

    lines: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines or self.tags is not None or self.fields)


def check(given: Mapping[str, Any], default_country: str) -> MoreDetails:
    """Check what a program sent. Raises WrongFields with every problem; `tags` and `fields` name those two."""
    typed = {name: given.get(name, "") for name in LINES}
    problems: dict[str, CannotDo] = {}
    lines = editing.check_some(typed, default_country, problems)
    for tag in given.get("tags", ()):
        if not tags.NAME.fullmatch(tag):
            problems["tags"] = CannotDo(BAD_TAG, value=tag)
    own = {name: editing.line(text) for name, text in given.get("fields", {}).items()}
    try:
        own_fields.check(own)
    except CannotDo as why:
        problems["fields"] = why
    if problems:
        raise editing.WrongFields(problems)
    found = {name: text for name, text in lines.items() if text}
    return MoreDetails(found, tuple(given["tags"]) if "tags" in given else None, own)


def add(tx: Session, given: Sequence[tuple[str, MoreDetails]], now: int) -> None:
    """Store the details of contacts that were stored in this transaction, by their compared addresses.

    Of two with the same address the later one counts. Raises CannotDo for too many names of own fields.
    """
    own_fields.add_names(tx, {name for _, each in given for name, text in each.fields.items() if text}, now)
    for key, each in given:
        if each:
            _add(tx, required(contacts.by_key(tx, key)), each, now)


def _add(tx: Session, row: ContactsRow, details: MoreDetails, now: int) -> None:
    own = own_fields.write({**own_fields.read(row["fields"]), **details.fields})
    kept = {**row, **details.lines, "fields": own, "now": now}
    values: ContactsChangeManyValues = {name: kept[name] for name in CHANGED}  # type: ignore[assignment]
    tx.contacts.change_many(rows=[values])
    if details.tags is not None:
        tags.replace(tx, row["id"], details.tags, now)


CHANGED = (
    *("id", "first_name", "last_name", "company", "language", "phone", "whatsapp", "country", "time_zone"),
    *("tags", "fields", "search_text", "now"),
)
