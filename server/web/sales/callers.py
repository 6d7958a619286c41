"""Adds a person who rang as a lead, and makes a lead of a contact who has not answered yet."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from server.contacts import editing
from server.contacts.editing import WrongFields
from server.sales import callers
from server.web import language, toast, viewer
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "callers",
    __name__,
    access={
        "new": "leads.work",
        "add": "leads.work",
        "begin": "leads.work",
    },
)


@room.get("/leads/-/new")
def new() -> Response:
    """Show the form, with the words of a search as the name."""
    return _form({"first_name": request.args.get("name", "")[:100]})


@room.post("/leads/-/new")
def add() -> BaseResponse:
    """Add the person; the lead is the user's."""
    form, me, now = request.form, viewer.me(), now_ms()
    try:
        details = editing.check(form, {}, state().settings.default_country, language.current())
        write = state().store.write
        contact_id = write(lambda tx: callers.add(tx, details, form.get("note", ""), me.id, me.name, now))
    except WrongFields as wrong:
        return _form(form, wrong)
    toast.show(language.text("Added to your leads."))
    return redirect(url_for("leads.show", contact_id=contact_id))


@room.post("/leads/<contact_id>/begin")
def begin(contact_id: str) -> BaseResponse:
    """Make a lead of the contact; it is the user's."""
    me, now = viewer.me(), now_ms()
    try:
        state().store.write(lambda tx: callers.begin(tx, contact_id, me.id, me.name, now))
    except LookupError:
        abort(404)
    toast.show(language.text("Added to your leads."))
    return redirect(url_for("leads.show", contact_id=contact_id))


def _form(typed: Mapping[str, str], wrong: WrongFields | None = None) -> Response:
    problems = {name: why.sentence(language.current()) for name, why in wrong.problems.items()} if wrong else {}
    used_by = wrong.used_by if wrong else ""
    page = render_template("leads/new.html", typed=typed, wrong=problems, used_by=used_by)
    return make_response(page, 422 if wrong else 200)
