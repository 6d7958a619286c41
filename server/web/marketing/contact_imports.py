"""Shows imports of contacts: the list of them, and of one its columns, what happens to each row, its progress or its report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import abort, render_template, request

from server import jsontext
from server.contacts import own_fields
from server.contacts.imports import plan, staging, states, undo
from server.contacts.imports.staging import Column
from server.store import Session
from server.web.marketing import import_words
from server.web.paging import page_number
from server.web.room import Room
from server.web.state import state

if TYPE_CHECKING:
    from server.store.queries.imports import ImportRowsRow

room = Room(
    "contact_imports",
    __name__,
    access={
        "index": "contacts.edit",
        "show": "contacts.edit",
    },
)
room.add_app_template_filter(import_words.note)
room.add_app_template_filter(import_words.change)
PAGE, RECENT = 50, 50
NAMES = ("name", "first_name", "last_name")  # uses of columns
FILTERS = (*plan.OUTCOMES, "suppressed", "noted", "kept")


@room.get("/contacts/imports")
def index() -> str:
    """List the last imports."""
    with state().store.read() as tx:
        rows = tx.imports.recent(limit=RECENT)
    return render_template("contacts/imports/index.html", rows=rows)


@room.get("/contacts/imports/<import_id>")
def show(import_id: str) -> str:
    """Show an import: its columns, what happens to each row, its progress or its report."""
    shown, page = request.args.get("rows", ""), page_number()
    shown = shown if shown in FILTERS else ""
    with state().store.read() as tx:
        row = tx.imports.by_id(id=import_id) or abort(404)
        rows = (
            _rows(tx, import_id, shown, PAGE + 1, (page - 1) * PAGE)
            if row["state"] not in (*states.UNCHECKED, states.RUNNING)
            else []
        )
        given = {
            "totals": {each["outcome"]: each["total"] for each in tx.imports.totals(import_id=import_id)},
            "suppressed": tx.imports.count_suppressed(import_id=import_id) or 0,
            "noted": tx.imports.count_noted(import_id=import_id) or 0,
            "undone": {each["undone"]: each["total"] for each in tx.imports.undone_totals(import_id=import_id)},
            "own": own_fields.names(tx),
        }
    columns = staging.columns(row)
    return render_template(
        "contacts/imports/show.html",
        row=row,
        columns=columns,
        rows=[_shown(each, columns) for each in rows[:PAGE]],
        more=len(rows) > PAGE,
        page=page,
        chosen=shown,
        works=row["state"] in states.AFTER,
        waits=row["state"] in states.WAITING,
        unchecked=row["state"] in states.UNCHECKED,
        stopped=row["state"] in states.STOPPED,
        uses=import_words.uses(),
        separators=import_words.separators(),
        kept=undo.KEPT,
        rule=jsontext.dumps(_rule(import_id)),
        these=jsontext.dumps({"rule": _rule(import_id)}),
        **given,
    )


def _rule(import_id: str) -> dict[str, Any]:
    """Return the rule of a segment that the people of an import meet."""
    return {"all": [{"is": "imported", "list": import_id}]}


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


def _shown(row: ImportRowsRow, columns: Sequence[Column]) -> dict[str, Any]:
    """Return a row with its JSON parsed, and the name of its person as far as the row has it."""
    changes = jsontext.loads(row["changes"])
    refusal = changes.pop(plan.REFUSAL, ["", ""])[1]
    changes.pop(plan.EMAIL, None)
    cells = zip(columns, jsontext.loads(row["cells"]), strict=False)
    named = [cell for column, cell in cells if column.use in NAMES] or [
        changes[name][1] for name in NAMES if name in changes
    ]
    return {
        **row,
        "name": " ".join(named).strip(),
        "notes": jsontext.loads(row["notes"]),
        "changes": changes,
        "refusal": refusal,
    }
