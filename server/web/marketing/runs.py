"""Lists the effects of flows with their cause, state and next attempt, and repeats one on request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug import Response

from server import jsontext, reasons
from server.flows import table, words
from server.store import Session
from server.web import language
from server.web.room import Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsRecentRow

room = Room(
    "runs",
    __name__,
    access={
        "index": "flows.read",
        "again": "flows.edit",
    },
)
PAGE = 50
STATES = ("planned", "doing", "done", "failed", "stopped", "gone")
FAR = 1 << 62


@room.app_template_filter()
def why_not(stored: str) -> str:
    """Write an effect's stored reason as a sentence in the page's language."""
    return reasons.sentence(stored, language.current())


@room.get("/flows/-/runs")
def index() -> str:
    """List effects, newest first; `flow` and `state` filter, `at` and `id` are those of the last row of the page above."""
    args = request.args
    flow, chosen = args.get("flow", ""), args.get("state", "") if args.get("state") in STATES else ""
    with state().store.read() as tx:
        found = listed(tx, flow=flow, chosen=chosen)
        counts = {row["state"]: row["total"] for row in tx.effects.counts(flow=flow, endpoint="")}
    rows, more = found[:PAGE], len(found) > PAGE
    shown = {"rows": rows, "more": more, "flow": flow, "chosen": chosen}
    return render_template(
        "runs/index.html", **shown, counts={name: counts.get(name, 0) for name in STATES}, table=table
    )


@room.post("/flows/-/runs/again")
def again() -> Response:
    """Run an effect again, even if its flow has changed. A webhook is called with the same id."""
    form, now = request.form, now_ms()
    key = {"contact_id": form.get("contact_id", ""), "id": form.get("id", "")}
    if not state().store.write(lambda tx: tx.effects.again(**key, now=now)):
        abort(409)
    flash(language.text("It is being done."))
    webhook = form.get("webhook", "")
    return redirect(
        url_for("webhooks.show", name=webhook) if webhook else url_for("runs.index", flow=form.get("flow") or None)
    )


def listed(tx: Session, flow: str = "", chosen: str = "", endpoint: str = "") -> list[dict[str, Any]]:
    """Return one page of effects and one more, as templates show them."""
    at, last = request.args.get("at", ""), request.args.get("id", "")
    before = int(at) if at.isdecimal() and len(at) < 19 else FAR
    rows = tx.effects.recent(
        flow=flow, state=chosen, endpoint=endpoint, before_at=before, before_id=last, limit=PAGE + 1
    )
    return [_shown(row) for row in rows]


def _shown(row: EffectsRecentRow) -> dict[str, Any]:
    effect = words.read(row)
    contact: words.Person = {
        "first_name": row["first_name"] or "",
        "last_name": row["last_name"] or "",
        "company": row["company"] or "",
        "email": row["address"] or "",
    }
    title = words.fill(effect["details"].get("title") or "", words.values(effect, contact, language.current()))
    again = row["state"] in ("failed", "stopped", "gone") or (row["state"] == "done" and bool(row["endpoint"]))
    return {
        **row,
        "cause": effect["cause"],
        "details": {} if row["corrects"] else effect["details"],
        "tries": jsontext.loads(row["tries"]),
        "title": title,
        "happened_words": words.happened(effect, contact, language.current()),
        "again": again,
    }
