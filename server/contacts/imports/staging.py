"""Stores an uploaded list row by row, and changes what its columns are used for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from server import jsontext
from server.contacts import addresses, csv_header, csv_read, own_fields
from server.contacts.addresses import BadAddress
from server.contacts.csv_header import OWN, Header, Record
from server.contacts.csv_table import HEADERS, MORE_HEADERS
from server.contacts.imports.source import Source
from server.contacts.imports.states import CHECKING, KEYING, WAITING
from server.errors import CannotDo
from server.store import Session, Store, new_id, required

if TYPE_CHECKING:
    from server.store.queries.imports import ImportsAddRowsValues, ImportsRow, ImportsSetKeysValues

TOGETHER = 2_000  # rows in one transaction
SAMPLES, SAMPLE_MOST = 3, 60
USES = ("", *HEADERS, *MORE_HEADERS, csv_header.REFUSAL)  # of a column, besides own fields
UNKNOWN_USE = "A column cannot be used as “{use}”. Choose one of the uses."
ONE_EMAIL = "Choose exactly one column for the email address."
TWICE = "Two columns are used for “{use}”. Only one can be."
RUNS = "This import has begun already."
CHANGED_MEANWHILE = (
    "Somebody else changed the columns of this list at the same moment. Look at them, and save them again if need be."
)


class Column(NamedTuple):
    """A column of the list: its name, its use ('' for none) and some of its cells."""

    name: str
    use: str
    samples: list[str]


def stage(store: Store, name: str, source: Source, by_whom: str, now: int) -> str:
    """Store the list and return the id of its import, which waits for its rows to be checked. Raises CannotDo."""
    import_id, total, first = new_id(now), 0, list(islice(source.records, SAMPLES * 20))
    seen: set[str] = set()
    layout = [Column(each, use, _samples(first, at)) for at, (each, use) in enumerate(_pairs(source.header))]
    place = _place(layout)
    row = {"id": import_id, "name": name[:200], "program": source.program, "encoding": source.encoding}
    try:
        for batch in _batches(_filled(chain(first, source.records))):
            rows: list[ImportsAddRowsValues] = [
                {
                    "import_id": import_id,
                    "line": line,
                    "cells": jsontext.dumps(cells),
                    **_keyed(cells, place, len(layout), seen),
                }
                for line, cells in batch
            ]
            store.write(lambda tx, rows=rows: tx.imports.add_rows(rows=rows))  # type: ignore[misc]
            total += len(rows)
        written = _written(layout)
        store.write(
            lambda tx: tx.imports.add(
                **row, separator=source.separator, layout=written, total=total, by_whom=by_whom, now=now
            )
        )
    except BaseException:  # an interrupted command too: rows with personal data must not stay without their import
        store.write(lambda tx: _delete(tx, import_id))
        raise
    return import_id


def columns(row: ImportsRow) -> list[Column]:
    """Return the columns of an import."""
    return [Column(**each) for each in jsontext.loads(row["layout"])]


def header(row: ImportsRow) -> Header:
    """Return the header of an import, with the chosen uses."""
    found = columns(row)
    return Header([each.name for each in found], [each.use for each in found])


def use_columns(store: Store, import_id: str, uses: Sequence[str]) -> None:
    """Change the uses of the columns; every row is checked again. Raises CannotDo, and LookupError for an unknown import.

    If this is interrupted while the addresses are read from another column, saving the columns again repairs it.
    """
    with store.read() as tx:
        row = required(tx.imports.by_id(id=import_id))
    after = [column._replace(use=use) for column, use in zip(columns(row), uses, strict=True)]
    _check(after)
    if store.write(lambda tx: _set_layout(tx, import_id, after)) == KEYING:
        _key_again(store, import_id, after)


def remove(tx: Session, import_id: str) -> None:
    """Delete an import that did not begin. Raises CannotDo for another one."""
    row = tx.imports.lock(id=import_id)
    if row and row["state"] not in WAITING:
        raise CannotDo(RUNS)
    _delete(tx, import_id)


def _delete(tx: Session, import_id: str) -> None:
    tx.imports.remove_rows(import_id=import_id)
    tx.imports.remove(id=import_id)


def _check(after: Sequence[Column]) -> None:
    uses = [column.use for column in after]
    if uses.count("email") != 1:
        raise CannotDo(ONE_EMAIL)
    for use in uses:
        if use.startswith(OWN):
            own_fields.check({use.removeprefix(OWN): ""})
        elif use not in USES:
            raise CannotDo(UNKNOWN_USE, use=use)
        if use in HEADERS and uses.count(use) > 1:
            raise CannotDo(TWICE, use=use)


def _set_layout(tx: Session, import_id: str, after: Sequence[Column]) -> str:
    """Store the uses of the columns and return the state, which is KEYING if the addresses must be read again."""
    row = required(tx.imports.lock(id=import_id))
    if row["state"] not in WAITING:
        raise CannotDo(RUNS)
    state = CHECKING if row["state"] != KEYING and _place(columns(row)) == _place(after) else KEYING
    tx.imports.set_layout(id=import_id, layout=_written(after))
    tx.imports.begin(id=import_id, state=state, started_at=0)
    return state


def _key_again(store: Store, import_id: str, layout: Sequence[Column]) -> None:
    """Store the address of every row by the layout, and have the rows checked."""
    place, line, seen = _place(layout), -1, set[str]()
    while True:
        with store.read() as tx:
            rows = tx.imports.rows(import_id=import_id, after_line=line, limit=TOGETHER)
        keys: list[ImportsSetKeysValues] = [
            {
                "import_id": import_id,
                "line": row["line"],
                **_keyed(jsontext.loads(row["cells"]), place, len(layout), seen),
            }
            for row in rows
        ]
        if not store.write(lambda tx, keys=keys: _set_keys(tx, import_id, layout, keys)):  # type: ignore[misc]
            return
        line = rows[-1]["line"]


def _set_keys(tx: Session, import_id: str, layout: Sequence[Column], keys: Sequence[ImportsSetKeysValues]) -> bool:
    """Store some addresses, or end the state KEYING after the last one; return whether there may be more.

    Raises CannotDo if somebody changed the columns meanwhile. If they chose the same, whoever is quicker ends the state.
    """
    row = required(tx.imports.lock(id=import_id))
    if row["layout"] != _written(layout):
        raise CannotDo(CHANGED_MEANWHILE)
    if row["state"] == KEYING and keys:
        tx.imports.set_keys(rows=keys)
    elif row["state"] == KEYING:
        tx.imports.begin(id=import_id, state=CHECKING, started_at=0)
    return row["state"] == KEYING and bool(keys)


class Keyed(TypedDict):
    """The address of a row, and whether an earlier good row has it too (1) or not."""

    email_key: str
    repeats: int


def _keyed(cells: list[str] | str, place: int, columns: int, seen: set[str]) -> Keyed:
    """Return the address of a row. A bad row is not imported, so it makes no later one a repetition."""
    key = key_of(cells, place)
    good = bool(key) and not isinstance(cells, str) and not any(csv_read.wrong(cells, cells[place], columns))
    found: Keyed = {"email_key": key, "repeats": int(good and key in seen)}
    if good:
        seen.add(key)
    return found


def key_of(cells: list[str] | str, place: int) -> str:
    """Return the address of a record as compared; '' if it has none."""
    try:
        return addresses.key(cells[place]) if not isinstance(cells, str) and len(cells) > place else ""
    except BadAddress:
        return ""


def _place(layout: Sequence[Column]) -> int:
    """Return the place of the column of addresses."""
    return next(at for at, column in enumerate(layout) if column.use == "email")


def _written(layout: Sequence[Column]) -> str:
    return jsontext.dumps([each._asdict() for each in layout])


def _filled(records: Iterable[Record]) -> Iterator[Record]:
    return (record for record in records if any(record[1]))


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, TOGETHER)):
        yield batch


def _pairs(of: Header) -> Iterator[tuple[str, str]]:
    return zip(of.names, of.uses, strict=True)


def _samples(first: Sequence[Record], at: int) -> list[str]:
    cells = [cells[at] for _, cells in first if not isinstance(cells, str) and len(cells) > at and cells[at]]
    return [cell[:SAMPLE_MOST] for cell in dict.fromkeys(cells)][:SAMPLES]
