"""Stores the fields that a team adds to its contacts, such as the job title: a JSON object with the text of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from server import jsontext
from server.contacts import search
from server.errors import CannotDo
from server.store import Session

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
NAMES_MOST, TEXT_MOST = 50, 500
BAD_NAME = "“{name}” cannot be the name of a field: use a-z, 0-9 and _, beginning with a letter."
TOO_LONG = "The field “{name}” is longer than {most} characters. Shorten it."
TOO_MANY = "There would be more than {most} fields of your own. Use one that exists."


def read(stored: str) -> dict[str, str]:
    """Parse the stored fields of a contact."""
    fields: dict[str, str] = jsontext.loads(stored)
    return fields


def write(fields: Mapping[str, str]) -> str:
    """Return fields as they are stored: sorted by name, without empty ones."""
    return jsontext.dumps({name: fields[name] for name in sorted(fields) if fields[name]})


def check(fields: Mapping[str, str]) -> None:
    """Raise CannotDo for a name that templates could not write, and for a text that is too long."""
    for name, text in fields.items():
        if not NAME.fullmatch(name) or hasattr(dict, name):  # templates would read `items` as a method
            raise CannotDo(BAD_NAME, name=name)
        if len(text) > TEXT_MOST:
            raise CannotDo(TOO_LONG, name=name, most=TEXT_MOST)


def name_of(title: str) -> str:
    """Return a name for a title that somebody wrote: `Cargo actual` becomes `cargo_actual`; '' if nothing remains."""
    plain = re.sub(r"[^a-z0-9]+", "_", search.fold(title)).strip("_")
    return re.sub(r"^([0-9])", r"f_\1", plain)[:40].rstrip("_")


def names(tx: Session) -> list[str]:
    """List the names of the team's fields, in alphabetical order."""
    return [row["name"] for row in tx.contacts.field_names()]


def add_names(tx: Session, wanted: Iterable[str], now: int) -> None:
    """Add names that do not exist yet. Raises CannotDo beyond NAMES_MOST."""
    existing = set(names(tx))
    new = sorted(set(wanted) - existing)
    if new and len(existing) + len(new) > NAMES_MOST:
        raise CannotDo(TOO_MANY, most=NAMES_MOST)
    for name in new:
        tx.contacts.add_field_name(name=name, now=now)
