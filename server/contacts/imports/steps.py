"""Carries out an import in steps of some rows, each in its own transaction: checks the rows, imports them, or undoes the import.

A step that is interrupted goes on where it stopped, by the worker or by whoever calls `advance`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from server.contacts import own_fields
from server.contacts.csv_header import OWN
from server.contacts.imports import check, run, staging, undo
from server.contacts.imports.states import AFTER, CHECKED, CHECKING, DONE, FAILED, RUNNING, STOPPED, UNDOING
from server.errors import CannotDo
from server.store import Session, Store, StoreUnavailable, required

if TYPE_CHECKING:
    from server.store.queries.imports import ImportRowsRow, ImportsRow

TOGETHER = 1_000  # rows in one transaction
NOT_CHECKED = "The rows of this import are not checked yet, or it has begun already."
NOT_DONE = "Only a finished import can be undone, and only once."
NOT_STOPPED = "This import was not stopped by an error, or it goes on already."
_log = logging.getLogger(__name__)


class ImportGone(LookupError):
    """There is no such import, or it was deleted meanwhile."""


def begin(tx: Session, import_id: str, now: int) -> ImportsRow:
    """Begin the import of checked rows. Raises CannotDo and ImportGone."""
    row = _locked(tx, import_id)
    if row["state"] != CHECKED:
        raise CannotDo(NOT_CHECKED)
    names = [column.use.removeprefix(OWN) for column in staging.columns(row) if column.use.startswith(OWN)]
    own_fields.add_names(tx, names, now)
    tx.imports.begin(id=import_id, state=RUNNING, started_at=now)
    return row


def begin_undo(tx: Session, import_id: str) -> ImportsRow:
    """Begin to undo a finished import. Raises CannotDo and ImportGone."""
    row = _locked(tx, import_id)
    if row["state"] != DONE:
        raise CannotDo(NOT_DONE)
    tx.imports.begin(id=import_id, state=UNDOING, started_at=row["started_at"])
    return row


def begin_again(tx: Session, import_id: str) -> ImportsRow:
    """Go on with the step that an error stopped, where it stopped. Raises CannotDo and ImportGone."""
    row = _locked(tx, import_id)
    if row["state"] not in STOPPED:
        raise CannotDo(NOT_STOPPED)
    tx.imports.set_state(id=import_id, state=STOPPED[row["state"]])
    return row


def advance(
    store: Store,
    import_id: str,
    clock: Callable[[], int],
    until: int,
    country: str,
    told: Callable[[int, int], None] | None = None,
) -> ImportsRow:
    """Carry out steps until the import rests or the time `until` (ms UTC) has come; return its row.

    `country` completes telephone numbers without a prefix; `told(done, total)` is called after each step. Raises ImportGone.
    """
    while True:
        try:
            row = store.write(lambda tx: _step(tx, import_id, country, clock()))
        except run.Raced:
            continue
        if told:
            told(row["done"], row["total"])
        if row["state"] not in AFTER or clock() >= until:
            return row


def work(store: Store, country: str, clock: Callable[[], int], until: int) -> int:
    """Carry out steps of the imports that wait for them; return how many imports there were. The worker calls it."""
    with store.read() as tx:
        waiting = [row["id"] for row in tx.imports.working()]
    for import_id in waiting:
        _advance_or_fail(store, import_id, clock, until, country)
    return len(waiting)


def _advance_or_fail(store: Store, import_id: str, clock: Callable[[], int], until: int, country: str) -> None:
    """Carry out steps of one import; one that an error stops waits for a person and does not hold up the others."""
    try:
        advance(store, import_id, clock, until, country)
    except ImportGone:
        return
    except StoreUnavailable:
        raise
    except Exception:
        _log.exception("import %s was stopped by an error", import_id)
        store.write(lambda tx: _fail(tx, import_id))


def _fail(tx: Session, import_id: str) -> None:
    row = tx.imports.lock(id=import_id)
    if row and row["state"] in FAILED:
        tx.imports.set_state(id=import_id, state=FAILED[row["state"]])


def _step(tx: Session, import_id: str, country: str, now: int) -> ImportsRow:
    row = _locked(tx, import_id)
    if row["state"] not in AFTER:
        return row
    batch = _batch(tx, row)
    if not batch:
        return _finish(tx, row, now)
    if row["state"] == CHECKING:
        check.check(tx, row, batch, country, now)
    elif row["state"] == RUNNING:
        run.run(tx, row, batch, now)
    else:
        undo.take_back(tx, row, batch, now)
    tx.imports.advance(id=import_id, done=row["done"] + len(batch), last_line=batch[-1]["line"])
    return required(tx.imports.by_id(id=import_id))


def _batch(tx: Session, row: ImportsRow) -> list[ImportRowsRow]:
    """Return the next rows. An undo goes from the last row to the first, because two rows may be about one contact."""
    if row["state"] == UNDOING:
        return tx.imports.rows_back(import_id=row["id"], before_line=row["last_line"], limit=TOGETHER)
    return tx.imports.rows(import_id=row["id"], after_line=row["last_line"], limit=TOGETHER)


def _finish(tx: Session, row: ImportsRow, now: int) -> ImportsRow:
    if row["state"] == RUNNING:
        tx.imports.clear_cells(import_id=row["id"])
    tx.imports.finish(id=row["id"], state=AFTER[row["state"]], now=now)
    return required(tx.imports.by_id(id=row["id"]))


def _locked(tx: Session, import_id: str) -> ImportsRow:
    row = tx.imports.lock(id=import_id)
    if row is None:
        raise ImportGone(f"no import {import_id}")
    return row
