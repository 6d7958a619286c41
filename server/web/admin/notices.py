"""Shows the notices, the mail that Acto writes to users and recipients by itself, with their state and a button to send again."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug import Response

from server import notices
from server.web import language
from server.web.paging import page_number
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "notices",
    __name__,
    access={
        "index": "outbox.read",
        "again": "outbox.act",
    },
)
PAGE = 50
AGAIN = ("failed", "unknown")  # the states with a button to send again


@room.get("/outbox/notices")
def index() -> str:
    """List notices, newest first; `state` filters."""
    asked, page = request.args.get("state", ""), page_number()
    chosen = next((each for each in notices.STATES if each == asked), None)
    with state().store.read() as tx:
        totals = notices.counts(tx)
        found = notices.listed(tx, chosen, PAGE + 1, (page - 1) * PAGE)
    rows, more = found[:PAGE], len(found) > PAGE
    shown = {"totals": totals, "chosen": chosen, "page": page, "more": more, "again": AGAIN}
    return render_template("notices/index.html", rows=rows, **shown)


@room.post("/outbox/notices/again")
def again() -> Response:
    """Queue a failed or unknown notice again. Its id comes in the form, because it may hold any character."""
    name, now = request.form.get("id", ""), now_ms()
    if not state().store.write(lambda tx: notices.requeue(tx, name, now)):
        abort(409)
    flash(language.text("The notice is queued again."))
    return redirect(url_for("notices.index"))
