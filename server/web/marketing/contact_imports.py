"""Imports a list of contacts: refusals first, then the file, what will happen to each row, the import, its report and its undo."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server import jsontext
from server.accounts import audit
from server.contacts import own_fields, suppressions
from server.contacts.csv_header import OWN
from server.contacts.imports import plan, source, staging, steps, undo
from server.errors import CannotDo
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import import_words
from server.web.paging import page_number
from server.web.room import Room
from server.web.sales.export import csv_of
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.imports import ImportRowsRow, ImportsRow

room = Room(
    "contact_imports",
    __name__,
    access={
        "index": "contacts.edit",
        "ask": "contacts.edit",
        "refuse": "contacts.edit",
        "choose": "contacts.edit",
        "upload": "contacts.edit",
        "show": "contacts.edit",
        "columns": "contacts.edit",
        "start": "contacts.edit",
        "take_back": "contacts.edit",
        "remove": "contacts.edit",
        "report": "people.export",
    },
)
room.add_app_template_filter(import_words.note)
room.add_app_template_filter(import_words.change)
PAGE, RECENT = 50, 50
WAITS_MS = 1_500  # how long a page carries out steps itself, so that a short list is done at once
REASONS = {"marketing": "unsubscribed", "all": "do_not_contact"}
FILTERS = (*plan.OUTCOMES, "suppressed", "noted", "kept")
OWN_USE = "own"  # in a form: a field of our own, named after the column
REPORT = ("line", "email", "outcome", "notes", "suppressed", "changes", "undone")


@room.get("/contacts/imports")
def index() -> str:
    """List the last imports."""
    with state().store.read() as tx:
        rows = tx.imports.recent(limit=RECENT)
    return render_template("contacts/imports/index.html", rows=rows)


@room.get("/contacts/imports/-/refusals")
def ask() -> str:
    """Ask for the addresses of people who want no mail, before the list."""
    return render_template("contacts/imports/refusals.html")


@room.post("/contacts/imports/-/refusals")
def refuse() -> Response | tuple[str, int]:
    """Suppress every address in the uploaded file and in the pasted text."""
    now, reason = now_ms(), REASONS.get(request.form.get("scope", ""), "unsubscribed")
    data = _file()[1] + b"\n" + request.form.get("pasted", "").encode() if not _is_workbook() else _file()[1]
    try:
        found = source.find_addresses(data)
    except CannotDo as why:
        wrong = why.sentence(language.current())
        return render_template("contacts/imports/refusals.html", wrong=wrong, typed=request.form), 422
    for at in range(0, len(found), staging.TOGETHER):
        some = dict.fromkeys(found[at : at + staging.TOGETHER], reason)
        state().store.write(lambda tx, some=some: suppressions.add_refusals(tx, some, now))  # type: ignore[misc]
    by_whom = g.user["email"]
    state().store.write(lambda tx: audit.add(tx, by_whom, "contact.refusals", str(len(found)), now))
    done = language.several(
        "%(num)s address gets no such mail any more.", "%(num)s addresses get no such mail any more.", len(found)
    )
    flash(done, "good")
    return redirect(url_for("contact_imports.choose"))


@room.get("/contacts/imports/-/new")
def choose() -> str:
    """Ask for the file."""
    return render_template("contacts/imports/new.html")


@room.post("/contacts/imports/-/new")
def upload() -> Response | tuple[str, int]:
    """Store the rows of the file, and check them."""
    name, data = _file()
    now, by_whom = now_ms(), g.user["email"]
    try:
        import_id = staging.stage(state().store, name, source.open_list(data), by_whom, now)
    except CannotDo as why:
        return render_template("contacts/imports/new.html", wrong=why.sentence(language.current())), 422
    _work(import_id)
    return _to(import_id)


@room.get("/contacts/imports/<import_id>")
def show(import_id: str) -> str:
    """Show an import: its columns, what happens to each row, its progress or its report."""
    shown, page = request.args.get("rows", ""), page_number()
    shown = shown if shown in FILTERS else ""
    with state().store.read() as tx:
        row = tx.imports.by_id(id=import_id) or abort(404)
        rows = (
            _rows(tx, import_id, shown, PAGE + 1, (page - 1) * PAGE)
            if row["state"] not in ("checking", "running")
            else []
        )
        given = {
            "totals": {each["outcome"]: each["total"] for each in tx.imports.totals(import_id=import_id)},
            "suppressed": tx.imports.count_suppressed(import_id=import_id) or 0,
            "noted": tx.imports.count_noted(import_id=import_id) or 0,
            "undone": {each["undone"]: each["total"] for each in tx.imports.undone_totals(import_id=import_id)},
            "own": own_fields.names(tx),
        }
    return render_template(
        "contacts/imports/show.html",
        row=row,
        columns=staging.columns(row),
        rows=[_shown(each) for each in rows[:PAGE]],
        more=len(rows) > PAGE,
        page=page,
        chosen=shown,
        works=row["state"] in steps.AFTER,
        uses=import_words.uses(),
        separators=import_words.separators(),
        kept=undo.KEPT,
        **given,
    )


@room.post("/contacts/imports/<import_id>/columns")
def columns(import_id: str) -> Response:
    """Change what the columns are used for, and check every row again."""
    with state().store.read() as tx:
        row = tx.imports.by_id(id=import_id) or abort(404)
    uses = [_use(request.form.get(f"use{at}", ""), each.name) for at, each in enumerate(staging.columns(row))]
    try:
        staging.use_columns(state().store, import_id, uses, now_ms())
    except CannotDo as why:
        flash(why.sentence(language.current()), "error")
        return _to(import_id)
    _work(import_id)
    flash(text("The columns are saved, and every row is checked again."), "good")
    return _to(import_id)


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


@room.post("/contacts/imports/<import_id>/remove")
def remove(import_id: str) -> Response:
    """Delete an uploaded list that was not imported."""
    try:
        state().store.write(lambda tx: staging.remove(tx, import_id))
    except CannotDo as why:
        flash(why.sentence(language.current()), "error")
        return _to(import_id)
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
    while rows := tx.imports.rows(import_id=import_id, after=after, limit=staging.TOGETHER):
        for row in rows:
            yield import_words.line(row, spoken)
        after = rows[-1]["line"]


def _rows(tx: Session, import_id: str, shown: str, limit: int, offset: int) -> list[ImportRowsRow]:
    return tx.imports.page(
        import_id=import_id,
        outcome=shown if shown in plan.OUTCOMES else "",
        suppressed=shown if shown == "suppressed" else "",
        noted=shown if shown == "noted" else "",
        kept=shown if shown == "kept" else "",
        limit=limit,
        offset=offset,
    )


def _shown(row: ImportRowsRow) -> dict[str, Any]:
    """Return a row with its JSON parsed."""
    changes = jsontext.loads(row["changes"])
    refusal = changes.pop(plan.REFUSAL, ["", ""])[1]
    changes.pop(plan.EMAIL, None)
    return {**row, "notes": jsontext.loads(row["notes"]), "changes": changes, "refusal": refusal}


def _begun(import_id: str, write: Any) -> Response:
    try:
        state().store.write(write)
    except LookupError:
        abort(404)
    except CannotDo as why:
        flash(why.sentence(language.current()), "error")
        return _to(import_id)
    row = _work(import_id)
    if row["state"] == steps.DONE:
        flash(text("The list is imported. This is the report."), "good")
    elif row["state"] == steps.UNDONE:
        flash(text("The import is undone."), "good")
    return _to(import_id)


def _work(import_id: str) -> ImportsRow:
    """Carry out steps for a moment; the worker goes on with a long list."""
    return steps.advance(state().store, import_id, now_ms, now_ms() + WAITS_MS, state().settings.default_country)


def _use(chosen: str, name: str) -> str:
    """Return the use of a column as it is stored; a field of our own that has no name yet gets that of its column."""
    return f"{OWN}{own_fields.name_of(name)}" if chosen == OWN_USE else chosen


def _file() -> tuple[str, bytes]:
    """Return name and bytes of the uploaded file; empty without one."""
    given = request.files.get("file")
    if given is None:
        return "", b""
    given.stream.seek(0)
    return given.filename or "", given.stream.read(source.FILE_MOST + 1)


def _is_workbook() -> bool:
    return _file()[1][:4] == b"PK\x03\x04"


def _to(import_id: str) -> Response:
    return redirect(url_for("contact_imports.show", import_id=import_id))
