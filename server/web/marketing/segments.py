"""Lists segments with their people in numbers, and the people of one; archives and deletes segments."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server.errors import CannotDo
from server.segments import people, saved, words
from server.web import access, language
from server.web.language import text
from server.web.marketing import segment_choices
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "segments",
    __name__,
    access={
        "index": "contacts.read",
        "listed": "contacts.read",
        "archive": "contacts.edit",
        "delete": "contacts.edit",
    },
    menu=Menu("people", lambda: language.text("Segments"), lambda: access.may("contacts.edit")),
)
PAGE, PEOPLE = 20, 50


@room.get("/segments")
def index() -> str:
    """List the segments by name, a page at a time; `archived` lists the archived ones."""
    archived, after = int(request.args.get("archived") == "1"), request.args.get("after", "")
    with state().store.read() as tx:
        found = tx.segments.listed(archived=archived, after=after, limit=PAGE + 1)
        others = tx.segments.listed(archived=1 - archived, after="", limit=1)
        named = segment_choices.names(tx, state().settings)
        rows: list[dict[str, Any]] = [
            {
                "kept": row,
                "people": people.count(tx, saved.rule_of(row), now_ms()),
                "sentence": words.sentence(saved.rule_of(row), named),
            }
            for row in found[:PAGE]
        ]
    following = found[PAGE - 1]["name_key"] if len(found) > PAGE else ""
    return render_template(
        "segments/index.html", rows=rows, archived=archived, others=bool(others), after=after, following=following
    )


@room.get("/segments/<segment_id>/people")
def listed(segment_id: str) -> str:
    """List the people of a segment by id, after the one of the address."""
    after = request.args.get("after", "")
    with state().store.read() as tx:
        row = tx.segments.by_id(id=segment_id) or abort(404)
        rule = saved.rule_of(row)
        rows, total = people.people(tx, rule, after, PEOPLE + 1, now_ms()), people.count(tx, rule, now_ms())
        sentence = words.sentence(rule, segment_choices.names(tx, state().settings))
    following = rows[PEOPLE - 1]["id"] if len(rows) > PEOPLE else ""
    shown = {"segment": row, "total": total, "sentence": sentence, "send": sending(segment_id)}
    return render_template("segments/people.html", rows=rows[:PEOPLE], after=after, following=following, **shown)


@room.post("/segments/<segment_id>/archive")
def archive(segment_id: str) -> Response:
    """Archive a segment, or put it back among the others."""
    archived, by_whom, now = request.form.get("archived") == "1", g.user["email"], now_ms()
    try:
        state().store.write(lambda tx: saved.set_archived(tx, segment_id, archived, by_whom, now))
    except CannotDo:
        abort(404)
    flash(
        text("The segment is archived. What uses it goes on.") if archived else text("The segment is back in the list.")
    )
    return redirect(url_for("segment_editor.show", segment_id=segment_id))


@room.post("/segments/<segment_id>/delete")
def delete(segment_id: str) -> Response:
    """Delete a segment that nothing uses."""
    try:
        state().store.write(lambda tx: saved.delete(tx, segment_id))
    except CannotDo as refusal:
        flash(refusal.sentence(language.current()), "error")
        return redirect(url_for("segment_editor.show", segment_id=segment_id))
    flash(text("The segment is deleted. Its people remain."))
    return redirect(url_for("segments.index"))


def sending(segment_id: str) -> str:
    """Return the address of the form that sends an email to the people of a segment."""
    return url_for("campaigns.new", people=json.dumps({"segment": segment_id}))
