"""Edits the scoring model (points, thresholds, decay), and previews which leads would change stage under another one."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server.accounts import audit
from server.qualify import rescoring, scoring_models
from server.qualify.scoring import DIMENSIONS, ScoringModel
from server.qualify.scoring_models import Wrong
from server.store import Session
from server.web import language, viewer
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "qualification",
    __name__,
    access={
        "index": "reports.read",
        "change": "qualification.edit",
    },
    menu=Menu("own", lambda: language.text("Scoring")),
)


@room.get("/qualification")
def index() -> str:
    """Show the current model."""
    return _page({}, None)


@room.post("/qualification")
def change() -> Response | str | tuple[str, int]:
    """Show the effect of another model, or save it if the form asks for that."""
    typed = {name: request.form.get(name, "") for name in scoring_models.FIELDS}
    table = scoring_models.read(typed)
    if not isinstance(table, ScoringModel):
        return _page(typed, table), 422
    if "preview" in request.form:
        return _page(typed, table)
    me, by_whom, now = viewer.me(), g.user["email"], now_ms()

    def write(tx: Session) -> None:
        made = scoring_models.save(tx, table, me.name, now)
        audit.add(tx, by_whom, "qualification.changed", made, now, **scoring_models.fields(table))

    state().store.write(write)
    flash(language.text("Saved. Every lead is scored by it within seconds."))
    return redirect(url_for("qualification.index"))


def _page(typed: dict[str, str], table: ScoringModel | list[Wrong] | None) -> str:
    with state().store.read() as tx:
        holds = scoring_models.current(tx)
        fields = {name: str(value) for name, value in scoring_models.fields(holds.table).items()}
        preview = rescoring.preview(tx, table, now_ms()) if isinstance(table, ScoringModel) else None
        names = (
            {move.contact_id: tx.leads.by_contact(contact_id=move.contact_id) for move in preview.named}
            if preview
            else {}
        )
        history = tx.qualifications.list(limit=10)
    return render_template(
        "qualification/index.html",
        fields={**fields, **typed},
        holds=fields,
        wrong={each.field: each for each in table} if isinstance(table, list) else {},
        preview=preview,
        names=names,
        history=history,
        dimensions=DIMENSIONS,
    )
