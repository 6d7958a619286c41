"""Acts on an import: changes its columns, begins it, undoes it, deletes the list, and gives the report as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from flask import abort, flash, g, redirect, request, url_for
from werkzeug import Response

from server.accounts import audit
from server.contacts import own_fields
from server.contacts.csv_header import OWN
from server.contacts.imports import staging, states, steps
from server.errors import CannotDo
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import import_words
from server.web.room import Room
from server.web.sales.export import csv_of
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.imports import ImportsRow

room = Room(
    "contact_import_actions",
    __name__,
    access={
        "columns": "contacts.edit",
        "start": "contacts.edit",
        "take_back": "contacts.edit",
        "again": "contacts.edit",
        "remove": "contacts.edit",
        "report": "people.export",
    },
)
WAITS_MS = 1_500  # how long a page carries out steps itself, so that a short list is done at once
OWN_USE = "own"  # in a form: a field of our own, named after the column
REPORT = ("line", "email", "outcome", "notes", "suppressed", "changes", "undone")


@room.post("/contacts/imports/<import_id>/columns")
def columns(import_id: str) -> Response:
    """Change what the columns are used for, and check every row again."""
    with state().store.read() as tx:
        row = tx.imports.by_id(id=import_id) or abort(404)
    uses = [_use(request.form.get(f"use{at}", ""), each.name) for at, each in enumerate(staging.columns(row))]
    try:
        staging.use_columns(state().store, import_id, uses)
    except LookupError:  # deleted meanwhile
        abort(404)
    except CannotDo as why:
        flash(why.sentence(language.current()), "error")
        return to(import_id)
    work(import_id)
    flash(text("The columns are saved, and every row is checked again."), "good")
    return to(import_id)


@room.post("/contacts/imports/<import_id>/start")
def start(import_id: str) -> Response:
    """Begin the import."""
    now, by_whom = now_ms(), g.user["email"]

    def write(tx: Session) -> None:
        row = steps.begin(tx, import_id, now)
        audit.add(tx, by_whom, "contact.imported", row["name"], now, rows=row["total"])

    return _begun(import_id, write)


@room.post("/contacts/imports/<import_id>/undo")
def take_back(import_id: str) -> Response:
    """Begin to undo the import."""
    now, by_whom = now_ms(), g.user["email"]

    def write(tx: Session) -> None:
        row = steps.begin_undo(tx, import_id)
        audit.add(tx, by_whom, "contact.import_undone", row["name"], now)

    return _begun(import_id, write)


@room.post("/contacts/imports/<import_id>/again")
def again(import_id: str) -> Response:
    """Go on with the step that an error stopped."""

    def write(tx: Session) -> None:
        steps.begin_again(tx, import_id)

    return _begun(import_id, write)


@room.post("/contacts/imports/<import_id>/remove")
def remove(import_id: str) -> Response:
    """Delete an uploaded list that was not imported."""
    try:
        state().store.write(lambda tx: staging.remove(tx, import_id))
    except CannotDo as why:
        flash(why.sentence(language.current()), "error")
        return to(import_id)
    flash(text("The list is deleted. Nothing was imported."), "good")
    return redirect(url_for("contact_imports.index"))


@room.post("/contacts/imports/<import_id>/report")
def report(import_id: str) -> Response:
    """Download the report, a line for each row of the list."""
    spoken = language.current()
    with state().store.read() as tx:
        row = tx.imports.by_id(id=import_id) or abort(404)
    return csv_of(f"import-{row['id']}", REPORT, lambda tx: _report(tx, import_id, spoken))


def _report(tx: Session, import_id: str, spoken: str) -> Iterator[list[str]]:
    after = -1
    while rows := tx.imports.rows(import_id=import_id, after_line=after, limit=staging.TOGETHER):
        for row in rows:
            yield import_words.line(row, spoken)
        after = rows[-1]["line"]


def work(import_id: str) -> ImportsRow:
    """Carry out steps for a moment; the worker goes on with a long list."""
    try:
        return steps.advance(state().store, import_id, now_ms, now_ms() + WAITS_MS, state().settings.default_country)
    except steps.ImportGone:
        abort(404)


def to(import_id: str) -> Response:
    """Return to the page of an import."""
    return redirect(url_for("contact_imports.show", import_id=import_id))


def _begun(import_id: str, write: Callable[[Session], None]) -> Response:
    try:
        state().store.write(write)
    except LookupError:
        abort(404)
    except CannotDo as why:
        flash(why.sentence(language.current()), "error")
        return to(import_id)
    row = work(import_id)
    if row["state"] == states.DONE:
        flash(text("The list is imported. This is the report."), "good")
    elif row["state"] == states.UNDONE:
        flash(text("The import is undone."), "good")
    return to(import_id)


def _use(chosen: str, name: str) -> str:
    """Return the use of a column as it is stored; a field of our own that has no name yet gets that of its column."""
    return f"{OWN}{own_fields.name_of(name)}" if chosen == OWN_USE else chosen
