"""Manages webhooks: their addresses, signing secrets and switches, a test call, and the list of calls with their results."""

from __future__ import annotations

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from server.flows import flow_store
from server.store import new_id
from server.web import language
from server.web.marketing import runs
from server.web.room import Menu, Room
from server.web.state import now_ms, state
from server.webhooks import bodies, endpoints, testing
from server.webhooks.endpoints import BadEndpoint, EndpointFields

room = Room(
    "webhooks",
    __name__,
    access={
        "index": "webhooks.manage",
        "show": "webhooks.manage",
        "add": "webhooks.manage",
        "change": "webhooks.manage",
        "rotate": "webhooks.manage",
        "switch": "webhooks.manage",
        "test": "webhooks.manage",
        "remove": "webhooks.manage",
    },
    menu=Menu("own", lambda: language.text("Webhooks")),
)


@room.get("/webhooks")
def index() -> Response:
    """List the webhooks."""
    return _list()


@room.post("/webhooks")
def add() -> Response:
    """Add a webhook."""
    form, settings, now = request.form, state().settings, now_ms()
    name = form.get("name", "").strip().lower()
    given, by = _given(), g.user["email"]
    try:
        state().store.write(lambda tx: endpoints.add(tx, settings, name, given, by, now))
    except BadEndpoint as wrong:
        return _list(wrong)
    flash(language.text("The webhook is ready. Send it a test."))
    return redirect(url_for("webhooks.show", name=name))


@room.get("/webhooks/<name>")
def show(name: str) -> Response:
    """Show a webhook with its calls and the flows that use it."""
    return _one(name)


@room.post("/webhooks/<name>")
def change(name: str) -> Response:
    """Change a webhook."""
    settings, given, by, now = state().settings, _given(), g.user["email"], now_ms()
    try:
        state().store.write(lambda tx: endpoints.change(tx, settings, name, given, by, now))
    except BadEndpoint as wrong:
        return _one(name, wrong)
    flash(language.text("The webhook is saved."))
    return redirect(url_for("webhooks.show", name=name))


@room.post("/webhooks/<name>/rotate")
def rotate(name: str) -> Response:
    """Make a new secret; for 24 hours calls are signed with both."""
    by, now = g.user["email"], now_ms()
    state().store.write(lambda tx: endpoints.rotate(tx, name, by, now))
    flash(language.text("There is a new secret. For 24 hours calls are signed by both."))
    return redirect(url_for("webhooks.show", name=name))


@room.post("/webhooks/<name>/switch")
def switch(name: str) -> Response:
    """Switch a webhook on or off."""
    on, by, now = request.form.get("on") == "1", g.user["email"], now_ms()
    if not state().store.write(lambda tx: endpoints.switch(tx, name, on, by, now)):
        abort(404)
    return redirect(url_for("webhooks.show", name=name))


@room.post("/webhooks/<name>/test")
def test(name: str) -> Response:
    """Queue a test call."""
    now = now_ms()
    if not state().store.write(lambda tx: testing.plan(tx, new_id(now), name, now)):
        abort(404)
    flash(language.text("A test is on its way. It appears below within seconds."))
    return redirect(url_for("webhooks.show", name=name))


@room.post("/webhooks/<name>/remove")
def remove(name: str) -> Response:
    """Remove a webhook."""
    by, now = g.user["email"], now_ms()
    if not state().store.write(lambda tx: endpoints.remove(tx, name, by, now)):
        abort(404)
    flash(language.text("The webhook was removed. Flows that use it show an error."))
    return redirect(url_for("webhooks.index"))


def _given() -> EndpointFields:
    """Read the form's fields. The language of a chat's messages is that of the user unless the form names another."""
    form = request.form
    url, shape, header = (form.get(name, "").strip() for name in ("url", "shape", "header"))
    return EndpointFields(url, shape, header, form.get("language") or language.current())


def _list(wrong: BadEndpoint | None = None) -> Response:
    with state().store.read() as tx:
        rows = tx.endpoints.all()
    page = render_template("webhooks/index.html", rows=rows, shapes=bodies.SHAPES, wrong=wrong, typed=request.form)
    return make_response(page, 422 if wrong else 200)


def _one(name: str, wrong: BadEndpoint | None = None) -> Response:
    with state().store.read() as tx:
        row = tx.endpoints.by_name(name=name) or abort(404)
        found = runs.listed(tx, endpoint=name)
        used_by = [
            flow for flow in flow_store.all_of_them(tx) if any(each.get("endpoint") == name for each in flow.then)
        ]
    shown = {
        "row": row,
        "used_by": used_by,
        "rows": found[: runs.PAGE],
        "more": len(found) > runs.PAGE,
        "now": now_ms(),
    }
    page = render_template("webhooks/show.html", **shown, shapes=bodies.SHAPES, wrong=wrong, typed=request.form)
    return make_response(page, 422 if wrong else 200)
