"""Lists the answers that a mail scanner may have given, for the team to decide who gave them, one by one or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server import jsontext
from server.capture import overrides
from server.capture.overrides import Question
from server.contacts import contacts
from server.web import language
from server.web.paging import page_number
from server.web.room import Menu, Room
from server.web.sales.overrule import REASON_MAX, VERDICTS
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRecentRow
    from server.store.queries.events import EventsRow

room = Room(
    "undecided",
    __name__,
    access={
        "index": "leads.read",
        "settle": "verdicts.overrule",
    },
    menu=Menu("people", lambda: language.text("Undecided")),
)
PAGE = 50
MOST = 200  # answers in one form
MARK = "/"  # separates contact, message and block in a form; none of them contains it


@room.get("/undecided")
def index() -> str:
    """List the answers, newest first, those of one mail together."""
    page = page_number()
    with state().store.read() as tx:
        found = tx.answers.undecided(limit=PAGE + 1, offset=(page - 1) * PAGE)
        rows = [
            _read(row, tx.events.of_message(contact_id=row["contact_id"], message_id=row["message_id"]))
            for row in found
        ]
    return render_template("undecided/index.html", rows=rows[:PAGE], page=page, more=len(rows) > PAGE)


@room.post("/undecided")
def settle() -> Response:
    """Store the decision for every marked answer; the leads and their flows are updated at once."""
    form = request.form
    verdict, marked = form.get("verdict", ""), form.getlist("answer")[:MOST]
    if verdict not in VERDICTS or any(each.count(MARK) != 2 for each in marked):
        abort(400)
    reason = form.get("reason", "").strip()[:REASON_MAX] or language.text("settled in the list of undecided answers")
    questions = [Question(*each.split(MARK)) for each in marked]
    said = cast(Literal["machine", "person"], verdict)
    done = overrides.settle(state().store, questions, said, reason, g.user["email"], state().rules, now_ms())
    flash(language.several("%(num)s answer settled.", "%(num)s answers settled.", done))
    return redirect(url_for("undecided.index"))


def _read(row: AnswersRecentRow, events: list[EventsRow]) -> dict[str, object]:
    """Return an answer with the person's name, its labels, and the signs behind the verdict."""
    own = [event for event in events if event["block"] == row["block"] and event["verdict"] == "undecided"]
    signs = jsontext.loads(own[-1]["signs"]) if own else []
    return {
        **row,
        "name": contacts.full_name(row) or row["address"],
        "labels": [point["label"] for point in jsontext.loads(row["points"])],
        "signs": [(name, numbers) for name, numbers in signs],
        "mark": MARK.join((row["contact_id"], row["message_id"], row["block"])),
    }
