"""Stores an uploaded list row by row, and changes what its columns are used for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from server import jsontext
from server.contacts import addresses, csv_header, own_fields
from server.contacts.addresses import BadAddress
from server.contacts.csv_header import OWN, Header, Record
from server.contacts.csv_table import HEADERS, MORE_HEADERS
from server.contacts.imports.source import Source
from server.errors import CannotDo
from server.store import Session, Store, new_id, required

if TYPE_CHECKING:
    from server.store.queries.imports import ImportsAddRowsValues, ImportsRow, ImportsSetKeysValues

TOGETHER = 2_000  # rows in one transaction
SAMPLES, SAMPLE_MOST = 3, 60
USES = ("email", "first_name", "last_name", "name", "company", "language", *MORE_HEADERS, csv_header.REFUSAL)
ONE_EMAIL = "Choose exactly one column for the email address."
TWICE = "Two columns are used for “{use}”. Only one can be."
RUNS = "This import has begun already."
assert set(HEADERS) | set(MORE_HEADERS) <= set(USES)  # noqa: S101 - every use that is guessed can be chosen


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
    place = source.header.uses.index("email")
    row = {"id": import_id, "name": name[:200], "program": source.program, "encoding": source.encoding}
    try:
        for batch in _batches(_filled(chain(first, source.records))):
            rows: list[ImportsAddRowsValues] = [
                {"import_id": import_id, "line": line, "cells": jsontext.dumps(cells), **_keyed(cells, place, seen)}
                for line, cells in batch
            ]
            store.write(lambda tx, rows=rows: tx.imports.add_rows(rows=rows))  # type: ignore[misc]
            total += len(rows)
        written = jsontext.dumps([each._asdict() for each in layout])
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


def use_columns(store: Store, import_id: str, uses: Sequence[str], now: int) -> None:
    """Change the uses of the columns; every row is checked again. Raises CannotDo, and LookupError for an unknown import."""
    with store.read() as tx:
        row = tx.imports.by_id(id=import_id)
    if row is None:
        raise LookupError(f"no import {import_id}")
    before = columns(row)
    after = [column._replace(use=use) for column, use in zip(before, uses, strict=True)]
    _check(after)
    store.write(lambda tx: _set_layout(tx, import_id, after))
    place = next(at for at, column in enumerate(after) if column.use == "email")
    if before[place].use != "email":
        _key_again(store, import_id, place)
    store.write(lambda tx: tx.imports.begin(id=import_id, state="checking", started_at=0))


def remove(tx: Session, import_id: str) -> None:
    """Delete an import that did not begin. Raises CannotDo for another one."""
    row = tx.imports.lock(id=import_id)
    if row and row["state"] not in ("checking", "checked"):
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
        if use in HEADERS and uses.count(use) > 1:
            raise CannotDo(TWICE, use=use)


def _set_layout(tx: Session, import_id: str, after: Sequence[Column]) -> None:
    row = required(tx.imports.lock(id=import_id))
    if row["state"] not in ("checking", "checked"):
        raise CannotDo(RUNS)
    tx.imports.set_layout(id=import_id, layout=jsontext.dumps([each._asdict() for each in after]))


def _key_again(store: Store, import_id: str, place: int) -> None:
    """Store the address of every row by another column."""
    after, seen = -1, set[str]()
    while True:
        with store.read() as tx:
            rows = tx.imports.rows(import_id=import_id, after_line=after, limit=TOGETHER)
        if not rows:
            return
        keys: list[ImportsSetKeysValues] = [
            {"import_id": import_id, "line": row["line"], **_keyed(jsontext.loads(row["cells"]), place, seen)}
            for row in rows
        ]
        store.write(lambda tx, keys=keys: tx.imports.set_keys(rows=keys))  # type: ignore[misc]
        after = rows[-1]["line"]


class Keyed(TypedDict):
    """The address of a row, and whether an earlier row has it too (1) or not."""

    email_key: str
    repeats: int


def _keyed(cells: list[str] | str, place: int, seen: set[str]) -> Keyed:
    key = key_of(cells, place)
    found: Keyed = {"email_key": key, "repeats": int(key in seen)}
    if key:
        seen.add(key)
    return found


def key_of(cells: list[str] | str, place: int) -> str:
    """Return the address of a record as compared; '' if it has none."""
    try:
        return addresses.key(cells[place]) if not isinstance(cells, str) and len(cells) > place else ""
    except BadAddress:
        return ""


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
