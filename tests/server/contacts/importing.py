"""Imports for tests: a list from its bytes to its report, as the page and the command carry it out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import openpyxl

from server import jsontext
from server.contacts import editing
from server.contacts import merge as merging
from server.contacts.imports import plan, source, staging, steps
from server.store import Store

if TYPE_CHECKING:
    from server.store.queries.imports import ImportRowsRow, ImportsRow


def stage(store: Store, text: str | bytes, now: int, encoding: str = "utf-8") -> str:
    """Upload a list and check its rows; gives the id of its import."""
    data = text.encode(encoding) if isinstance(text, str) else text
    import_id = staging.stage(store, "list.csv", source.open_list(data), "lucia@example.com", now)
    work(store, import_id, now)
    return import_id


def run(store: Store, import_id: str, now: int) -> ImportsRow:
    store.write(lambda tx: steps.begin(tx, import_id, now))
    return work(store, import_id, now)


def undo(store: Store, import_id: str, now: int) -> ImportsRow:
    store.write(lambda tx: steps.begin_undo(tx, import_id))
    return work(store, import_id, now)


def work(store: Store, import_id: str, now: int) -> ImportsRow:
    return steps.advance(store, import_id, lambda: now, now + 1, "CO")


def rows(store: Store, import_id: str) -> list[ImportRowsRow]:
    with store.read() as tx:
        return tx.imports.rows(import_id=import_id, after_line=-1, limit=100_000)


def outcomes(store: Store, import_id: str) -> list[tuple[int, str, list[str]]]:
    """Line, outcome and the rules of the notes."""
    return [
        (row["line"], row["outcome"], [rule for rule, _ in jsontext.loads(row["notes"])])
        for row in rows(store, import_id)
    ]


def contact(store: Store, email: str) -> Any:
    with store.read() as tx:
        return tx.contacts.by_key(email_key=email)


def workbook(cells: Iterable[Iterable[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def merge(store: Store, kept: str, merged: str, now: int) -> str:
    """Merge two stored contacts; the kept one keeps its address and its details. Returns its id."""
    rows = [contact(store, email) for email in (kept, merged)]
    details = editing.check({**{name: rows[0][name] for name in plan.TEXTS}, "email": kept}, {}, "CO")
    store.write(lambda tx: merging.move(tx, *merging.lock(tx, rows[0]["id"], rows[1]["id"]), details, "Lucía", now))
    return str(rows[0]["id"])
