"""Lists the flows with their switches and recent runs, and edits one in a form with a dry run."""

from __future__ import annotations

from itertools import count, islice
from typing import Any

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from server.emails import naming
from server.flows import dryrun, flow_store, reading, references, table, validation, validation_messages
from server.flows.model import Flow
from server.flows.validation import References
from server.flows.validation_messages import Mistake
from server.store import Session
from server.web import language
from server.web.marketing import flow_choices, flow_forms
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "flows",
    __name__,
    access={
        "index": "flows.read",
        "show": "flows.read",
        "new": "flows.edit",
        "try_": "flows.edit",
        "save": "flows.edit",
        "switch": "flows.edit",
        "remove": "flows.edit",
    },
    menu=Menu("emails", lambda: language.text("Flows")),
)
LATELY_MS = 30 * 86_400_000
NAMED = 8  # people named of those for whom the flow would have fired
NEW = Flow("", then=({"do": "task"},))


@room.get("/flows")
def index() -> str:
    """List the flows, with their runs of the last 30 days and whether each is valid."""
    with state().store.read() as tx:
        flows = flow_store.all_of_them(tx)
        fared = {row["flow"]: row for row in tx.effects.of_flows(since_at=now_ms() - LATELY_MS)}
        known, offered = _known(tx), flow_choices.choices(tx, state().settings)
    wrong = {flow.name: validation.check(flow, known) for flow in flows}
    resting = {name: _resting(mistakes) for name, mistakes in wrong.items()}
    return render_template(
        "flows/index.html",
        flows=flows,
        fared=fared,
        wrong=wrong,
        resting=resting,
        table=table,
        offered=offered,
        forms=flow_forms,
    )


@room.get("/flows/-/new")
def new() -> Response:
    """Show an empty form."""
    with state().store.read() as tx:
        return _form(tx, NEW, [])


@room.get("/flows/<name>")
def show(name: str) -> Response:
    """Show a flow's form, its current mistakes, and the effects it would have had."""
    with state().store.read() as tx:
        flow = flow_store.by_name(tx, name) or abort(404)
        return _form(tx, flow, validation.check(flow, _known(tx)))


@room.post("/flows/-/try")
def try_() -> Response:
    """Show the form as filled in, with an effect added or removed, and the effects the flow would have had. Save nothing."""
    found = reading.of_data(_name(), flow_forms.changed(request.form))
    flow = found.flow or NEW
    with state().store.read() as tx:
        if "show" in request.form:
            flow = flow_choices.fitting(flow, flow_choices.choices(tx, state().settings, flow))
        changes_alone = {"more", "remove", "show"} & set(request.form)
        told = [] if changes_alone else [*found.mistakes, *validation.check(flow, _known(tx))]
        return _form(tx, flow, told)


@room.post("/flows")
def save() -> Response:
    """Save the flow if it has no mistakes; a new flow is switched on."""
    name, known_as, by, now = _name(), request.form.get("known_as", ""), g.user["email"], now_ms()
    if not known_as and not request.form.get("name", "").strip():
        name = _free(name)
    found = reading.of_data(name, flow_forms.read(request.form))
    flow = found.flow or NEW
    with state().store.read() as tx:
        before = flow_store.by_name(tx, name)
        told = [*found.mistakes, *validation.check(flow, _known(tx))]
        if before and not known_as:
            told.append(Mistake((), "taken", {"value": name}))
        if told:
            return _form(tx, flow, told, 422)
    kept = Flow(name, flow.title, flow.happens, flow.when, flow.only, flow.then, on=before.on if before else True)
    state().store.write(lambda tx: flow_store.save(tx, kept, by, now))
    flash(language.text("The flow is saved."))
    return redirect(url_for("flows.show", name=name))


@room.post("/flows/<name>/switch")
def switch(name: str) -> Response:
    """Switch a flow on or off."""
    on, by, now = request.form.get("on") == "1", g.user["email"], now_ms()
    if not state().store.write(lambda tx: flow_store.switch(tx, name, on, by, now)):
        abort(404)
    return redirect(url_for("flows.index"))


@room.post("/flows/<name>/remove")
def remove(name: str) -> Response:
    """Remove a flow; its runs stay listed."""
    by, now = g.user["email"], now_ms()
    if not state().store.write(lambda tx: flow_store.remove(tx, name, by, now)):
        abort(404)
    flash(language.text("The flow was removed. Its runs remain listed."))
    return redirect(url_for("flows.index"))


def _name() -> str:
    """Return the flow's name: that of its file, the one typed, or one made from the title."""
    typed = request.form.get("known_as") or request.form.get("name", "").strip().lower()
    return typed or naming.slug(request.form.get("title", ""))


def _free(stem: str) -> str:
    """Return the name, or the name with a number, that no flow has yet."""
    with state().store.read() as tx:
        return next(
            name
            for number in count(1)
            if flow_store.by_name(tx, name := stem if number == 1 else f"{stem}-{number}") is None
        )


def _known(tx: Session) -> References:
    return references.of(state().settings, tx)


def _resting(mistakes: list[Mistake]) -> list[str]:
    """Return the emails that a flow would send if they were put back: they are archived or in the trash."""
    return list(dict.fromkeys(each.said["value"] for each in mistakes if each.name in validation_messages.OUT_OF_USE))


def _form(tx: Session, flow: Flow, told: list[Mistake], status: int = 200) -> Response:
    spoken = language.current()
    wrong: dict[str, str] = {}
    for each in told:
        wrong.setdefault(".".join(map(str, each.where)), validation_messages.sentence(each, spoken))
    would = [] if told else list(dryrun.would(tx, flow, now_ms() - LATELY_MS))
    shown: dict[str, Any] = {
        "resting": _resting(told),
        "flow": flow,
        "offered": flow_choices.choices(tx, state().settings, flow),
        "wrong": wrong,
        "count": len(would),
    }
    kept = flow_store.by_name(tx, flow.name) if flow.name else None
    page = render_template(
        "flows/show.html",
        **shown,
        kept=kept,
        would=list(islice(would, NAMED)),
        table=table,
        forms=flow_forms,
        typed=request.form.get("name", "").strip(),
        new="known_as" not in request.form and (kept is None or request.endpoint == "flows.save"),
    )
    return make_response(page, status)
