"""Edits the rule of a segment in a form that works without a script, beside the number of its people and a few of them."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from server import texts
from server.errors import CannotDo
from server.segments import people, rules, saved, words
from server.segments.rules import Rule, WrongRule
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import segment_choices, segment_forms, segments
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "segment_editor",
    __name__,
    access={
        "new": "contacts.edit",
        "make": "contacts.edit",
        "show": "contacts.read",
        "save": "contacts.edit",
    },
)
SAMPLE = 10


class Labels:
    """Translates the labels of the table of conditions for the page; `language` is the page's."""

    def __init__(self) -> None:
        self.language = language.current()

    def __call__(self, english: str) -> str:
        return texts.text(english, self.language)


room.add_app_template_global(Labels, "segment_words")


@room.get("/segments/-/new")
def new() -> Response:
    """Show the form of a new segment; the address may bring its name and its rule as JSON."""
    try:
        rule = rules.checked(json.loads(request.args.get("rule", "")))
    except (ValueError, CannotDo):
        rule = rules.EVERYBODY
    return _form(None, request.args.get("name", "")[: saved.NAME_MOST], rule)


@room.post("/segments/-/new")
def make() -> Response:
    """Save a new segment, or show the form with what was changed in it."""
    return _act(None)


@room.get("/segments/<segment_id>")
def show(segment_id: str) -> Response:
    """Show a segment with its form."""
    with state().store.read() as tx:
        row = tx.segments.by_id(id=segment_id) or abort(404)
    return _form(segment_id, row["name"], saved.rule_of(row))


@room.post("/segments/<segment_id>")
def save(segment_id: str) -> Response:
    """Save a segment, or show the form with what was changed in it."""
    return _act(segment_id)


def _act(segment_id: str | None) -> Response:
    """Carry out the pressed button: `save` stores the segment, every other one changes the form alone."""
    name, rule = request.form.get("name", ""), segment_forms.read(request.form)
    if request.form.get("act") != "save":
        return _form(segment_id, name, segment_forms.changed(rule, request.form))
    by_whom, now = g.user["email"], now_ms()

    def write(tx: Session) -> str:
        if segment_id is None:
            return saved.add(tx, name, rule, by_whom, now)["id"]
        return saved.change(tx, segment_id, name, rule, by_whom, now)["id"]

    try:
        kept = state().store.write(write)
    except CannotDo as refusal:
        return _form(segment_id, name, rule, refusal.sentence(language.current()))
    flash(text("The segment is saved."), "good")
    return redirect(url_for("segment_editor.show", segment_id=kept))


def _form(segment_id: str | None, name: str, rule: Rule, wrong: str = "") -> Response:
    with state().store.read() as tx:
        kept = tx.segments.by_id(id=segment_id) if segment_id else None
        if segment_id and kept is None:
            abort(404)
        choices = segment_choices.choices(tx, state().settings)
        page = render_template(
            "segments/show.html",
            segment=kept,
            name=name,
            wrong=wrong,
            root=segment_forms.as_form(rule),
            choices=choices,
            offered=segment_forms.OFFERED,
            send=segments.sending(segment_id) if segment_id else "",
            **_found(tx, rule, choices),
        )
    return make_response(page, 422 if wrong else 200)


def _found(tx: Session, rule: Rule, choices: segment_choices.Choices) -> dict[str, Any]:
    """Return the sentence of a rule, its people in numbers and a sample of them; `problem` alone for a rule that is not valid yet."""
    try:
        checked, now = rules.checked(rule), now_ms()
    except WrongRule as problem:
        return {"problem": problem.sentence(language.current()), "unfinished": problem.is_unfinished}
    return {
        "sentence": words.sentence(checked, choices.names),
        "total": people.count(tx, checked, now),
        "sample": people.people(tx, checked, "", SAMPLE, now),
    }
