"""Takes one action on many marked leads of the list, and undoes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from flask import redirect, request, url_for
from werkzeug import Response

from server.sales import history, work
from server.sales.history import Changed, NotPossible
from server.store import Session
from server.web import language, toast, viewer
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "bulk",
    __name__,
    access={
        "act": "leads.work",
        "undo": "leads.work",
    },
)
MOST = 50  # a page of the list
QUERY_MOST = 500  # characters
FILTERS = ("view", "q", "stage", "owner", "product", "tag", "all", "sort", "page")
UNDO_MOST = 40  # activities that the cookie of a session holds


@room.post("/leads/-/bulk")
def act() -> Response:
    """Take, put off or tag the marked leads. Leads of colleagues are not taken from them."""
    form, me, now, zone, days = request.form, viewer.me(), now_ms(), viewer.zone(), viewer.soon()
    marked, tag = form.getlist("lead")[:MOST], form.get("tag", "").strip().lower()

    def take(tx: Session, lead: str) -> str:
        return work.take(tx, lead, me.id, "", me.name, now)

    def put_off(day: str) -> Callable[[Session, str], str]:
        return lambda tx, lead: work.snooze(tx, lead, days[day], me.name, now, zone)

    def add_tag(tx: Session, lead: str) -> str:
        work.tag(tx, lead, tag, me.name, now)
        return ""

    acts = {"take": take, "tomorrow": put_off("tomorrow"), "monday": put_off("monday"), "tag": add_tag}
    step = acts.get(form.get("act", ""))
    done: list[str] = []
    for lead in marked if step else ():
        try:
            done.append(f"{lead} {state().store.write(lambda tx, lead=lead: step(tx, lead))}")  # type: ignore[misc]
        except (LookupError, NotPossible, work.AlreadyOwned):
            continue
    _say(done, len(marked))
    return _back()


@room.post("/leads/-/bulk/undo")
def undo() -> Response:
    """Undo the activities of `act`, as far as nobody changed the same fields since."""
    now, undone = now_ms(), 0
    for lead, _, activity in (each.partition(" ") for each in request.form.get("activities", "").split(",")):
        try:
            state().store.write(lambda tx, lead=lead, activity=activity: history.undo(tx, lead, activity, now))  # type: ignore[misc]
            undone += 1
        except (LookupError, Changed):
            continue
    toast.show(language.several("%(num)s lead is as it was.", "%(num)s leads are as they were.", undone))
    return _back()


def _say(done: list[str], marked: int) -> None:
    if not marked:
        toast.show(language.text("Mark leads in the list first."))
        return
    words = language.several("%(num)s lead changed.", "%(num)s leads changed.", len(done))
    if len(done) < marked:
        rest = marked - len(done)
        words += " " + language.several("%(num)s was not possible.", "%(num)s were not possible.", rest)
    undoable = [each for each in done if each.partition(" ")[2]]
    url = url_for("bulk.undo") if undoable and len(undoable) <= UNDO_MOST else ""
    toast.show(words, url, activities=",".join(undoable), query=request.form.get("query", "")[:QUERY_MOST])


def _back() -> Response:
    """Redirect to the list with the filter from which the form was sent."""
    query = dict(parse_qsl(request.form.get("query", "")[:QUERY_MOST], keep_blank_values=True))
    args: dict[str, Any] = {name: query[name] for name in FILTERS if name in query}
    return redirect(url_for("leads.index", **args))
