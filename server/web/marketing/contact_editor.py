"""Adds and edits a contact by a form, and gives and removes its tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from server.contacts import contacts, countries, editing, own_fields, tags, zones
from server.contacts.editing import WrongFields
from server.contacts.tags import BadTag
from server.errors import CannotDo
from server.store import Session
from server.web import language, viewer
from server.web.language import text
from server.web.marketing import contact_words
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "contact_editor",
    __name__,
    access={
        "new": "contacts.edit",
        "create": "contacts.edit",
        "edit": "contacts.edit",
        "save": "contacts.edit",
        "tag": "contacts.edit",
    },
)
OWN, NEW_NAME, NEW_TEXT = "own_", "new_field", "new_text"  # names in the form


@room.get("/contacts/-/new")
def new() -> Response:
    return _form({"email": request.args.get("email", "")[:254]}, {})


@room.post("/contacts/-/new")
def create() -> BaseResponse:
    form, by, now = request.form, viewer.me().name, now_ms()
    try:
        details = editing.check(form, _fields(form), state().settings.default_country, language.current())
        contact_id = state().store.write(lambda tx: editing.create(tx, details, by, now))
    except WrongFields as wrong:
        return _form(form, _fields(form), wrong)
    except CannotDo as why:
        return _form(form, _fields(form), WrongFields({NEW_NAME: why}))
    flash(text("The contact is added."), "good")
    return redirect(url_for("contacts.show", contact_id=contact_id))


@room.get("/contacts/<contact_id>/edit")
def edit(contact_id: str) -> Response:
    with state().store.read() as tx:
        contact = contacts.by_id(tx, contact_id) or abort(404)
    return _form(editing.of_row(contact), own_fields.read(contact["fields"]), contact_id=contact["id"])


@room.post("/contacts/<contact_id>/edit")
def save(contact_id: str) -> BaseResponse:
    form, by, now = request.form, viewer.me().name, now_ms()
    try:
        details = editing.check(form, _fields(form), state().settings.default_country, language.current())
        changed = state().store.write(lambda tx: editing.change(tx, contact_id, details, by, now))
    except WrongFields as wrong:
        return _form(form, _fields(form), wrong, contact_id)
    except CannotDo as why:
        return _form(form, _fields(form), WrongFields({NEW_NAME: why}), contact_id)
    except LookupError:
        abort(404)
    saved = text("Saved: %(fields)s.") % {"fields": contact_words.field_titles(" ".join(changed))}
    flash(saved if changed else text("Nothing was changed."), "good" if changed else "")
    return redirect(url_for("contacts.show", contact_id=contact_id))


@room.post("/contacts/<contact_id>/tags")
def tag(contact_id: str) -> BaseResponse:
    """Add the tag in `add`, or remove the one in `remove`."""
    form, by, now = request.form, viewer.me().name, now_ms()
    remove = "remove" in form
    name = form.get("remove" if remove else "add", "").strip().lower()

    def write(tx: Session) -> None:
        tags.change(tx, contact_id, name, by, now, remove=remove)

    try:
        state().store.write(write)
    except LookupError:
        abort(404)
    except BadTag:
        flash(text("A tag has a-z, 0-9, - and _, and no spaces."), "error")
    else:
        done = text("The tag “%(tag)s” is removed.") if remove else text("The tag “%(tag)s” is added.")
        flash(done % {"tag": name}, "good")
    return redirect(url_for("contacts.show", contact_id=contact_id))


def _fields(form: Mapping[str, str]) -> dict[str, str]:
    """Return the own fields of the form, with the new one if it was named."""
    fields = {name.removeprefix(OWN): value for name, value in form.items() if name.startswith(OWN)}
    if form.get(NEW_NAME, "").strip() and form.get(NEW_TEXT, "").strip():
        fields[own_fields.name_of(form[NEW_NAME])] = form[NEW_TEXT]
    return fields


def _form(
    typed: Mapping[str, str], fields: Mapping[str, str], wrong: WrongFields | None = None, contact_id: str = ""
) -> Response:
    spoken = language.current()
    problems = wrong.problems if wrong else {}
    with state().store.read() as tx:
        names = own_fields.names(tx)
    shown: dict[str, Any] = {
        "typed": typed,
        "fields": {name: fields.get(name, "") for name in sorted({*names, *fields})},
        "wrong": {name: why.sentence(spoken) for name, why in problems.items()},
        "used_by": wrong.used_by if wrong else "",
        "contact_id": contact_id,
        "countries": countries.names(spoken),
        "zones": {name: zones.display_name(name, spoken) for name in zones.OFFERED},
        "default_country": state().settings.default_country,
    }
    return make_response(render_template("contacts/edit.html", **shown), 422 if wrong else 200)
