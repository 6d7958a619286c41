"""Shows the outbox: messages by state, the reason for each that waits or failed, and a button to send again."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug import Response

from server import reasons
from server.sending import outbox
from server.web import language
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "outbox",
    __name__,
    access={
        "index": "outbox.read",
        "again": "outbox.act",
    },
    menu=Menu("own", lambda: language.text("Outbox")),
)
PAGE = 50
AGAIN = ("failed", "unknown", "stopped")  # the states with a button to send again


@room.app_template_filter()
def why(stored: str) -> str:
    """Write a stored reason as a sentence in the page's language."""
    return reasons.sentence(stored, language.current())


@room.get("/outbox")
def index() -> str:
    """List messages, newest first; `state` filters, `before` is the last id of the page above."""
    asked = request.args.get("state", "")
    chosen = next((each for each in outbox.STATES if each == asked), None)
    with state().store.read() as tx:
        totals = outbox.about(tx)
        found = outbox.listed(tx, chosen, request.args.get("before") or outbox.NEWEST, PAGE + 1, tests=True)
    rows, more = found[:PAGE], len(found) > PAGE
    return render_template("outbox/index.html", rows=rows, totals=totals, chosen=chosen, more=more, again=AGAIN)


@room.post("/outbox/<contact_id>/<message_id>/again")
def again(contact_id: str, message_id: str) -> Response:
    """Queue a failed, stopped or unknown message again; it keeps its Message-ID."""
    now = now_ms()
    if not state().store.write(lambda tx: outbox.requeue(tx, contact_id, message_id, now)):
        abort(409)
    flash(language.text("The message is queued again."))
    return redirect(url_for("outbox.index"))
