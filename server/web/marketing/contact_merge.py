"""Merges two contacts of one person: finds the other one, shows both beside each other, and asks what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server.capture.merging import merge_contacts
from server.contacts import contacts, editing, merge, own_fields, search
from server.contacts.editing import Details, WrongFields
from server.errors import CannotDo
from server.store import Session
from server.web import language, viewer
from server.web.language import text
from server.web.marketing import contact_words
from server.web.marketing.contacts import Wanted, find
from server.web.room import Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

room = Room(
    "contact_merge",
    __name__,
    access={
        "choose": "contacts.edit",
        "compare": "contacts.edit",
        "join": "contacts.edit",
    },
)
OFFERED = 20
KEPT, OTHER = "kept", "other"  # values of the form's choices


@room.get("/contacts/<contact_id>/merge")
def choose(contact_id: str) -> str:
    """Offer contacts with the same name or number; `q` searches others."""
    typed = request.args.get("q", "")[:200]
    with state().store.read() as tx:
        contact = contacts.by_id(tx, contact_id) or abort(404)
        rows = find(tx, Wanted(typed), OFFERED, 0) if typed else _alike(tx, contact)
    others = [row for row in rows if row["id"] != contact["id"]]
    return render_template("contacts/choose.html", contact=contact, rows=others, typed=typed)


@room.get("/contacts/<contact_id>/merge/<other_id>")
def compare(contact_id: str, other_id: str) -> str:
    """Show both contacts, field by field, with the choice of what is kept."""
    with state().store.read() as tx:
        contact, other = _both(tx, contact_id, other_id)
    fields = [own_fields.read(row["fields"]) for row in (contact, other)]
    return render_template(
        "contacts/merge.html",
        contact=contact,
        other=other,
        columns=[(name, contact[name], other[name]) for name in editing.COLUMNS],  # type: ignore[literal-required]
        own=[(name, fields[0].get(name, ""), fields[1].get(name, "")) for name in sorted({*fields[0], *fields[1]})],
        strangers=merge.strangers(contact, other),
    )


@room.post("/contacts/<contact_id>/merge/<other_id>")
def join(contact_id: str, other_id: str) -> Response:
    """Merge the other contact into this one, with the chosen fields. Strangers need the box that says they are one person."""
    by_whom, name, now, spoken = g.user["email"], viewer.me().name, now_ms(), language.current()
    form = request.form.to_dict()
    with state().store.read() as tx:
        contact, other = _both(tx, contact_id, other_id)
    if merge.strangers(contact, other) and "sure" not in form:
        flash(text("Nothing was merged. Say below that both are the same person."), "error")
        return redirect(url_for("contact_merge.compare", contact_id=contact_id, other_id=other_id))
    try:
        details = _chosen(contact, other, form, spoken)
        state().store.write(lambda tx: merge_contacts(tx, contact["id"], other["id"], details, by_whom, name, now))
    except LookupError:
        abort(404)
    except (CannotDo, WrongFields) as why:
        said = why.sentence(spoken) if isinstance(why, CannotDo) else contact_words.problems(why)
        flash(text("Nothing was merged. %(why)s") % {"why": said}, "error")
        return redirect(url_for("contact_merge.compare", contact_id=contact_id, other_id=other_id))
    flash(text("Merged. The links and the address of %(address)s lead here now.") % {"address": other["email"]}, "good")
    return redirect(url_for("contacts.show", contact_id=contact["id"]))


def _chosen(contact: ContactsRow, other: ContactsRow, form: dict[str, str], spoken: str) -> Details:
    """Return the fields that the form chose; one that only one of both has is kept without a question."""
    rows = {KEPT: contact, OTHER: other}
    given = {
        name: str(rows[form.get(name, KEPT)][name] or contact[name] or other[name])  # type: ignore[literal-required]
        for name in editing.COLUMNS
        if form.get(name, KEPT) in rows
    }
    own = {each: own_fields.read(row["fields"]) for each, row in rows.items()}
    fields = {
        name: own.get(form.get(f"own_{name}", KEPT), {}).get(name, "")
        or own[KEPT].get(name, "")
        or own[OTHER].get(name, "")
        for name in {*own[KEPT], *own[OTHER]}
    }
    return editing.check(given, fields, state().settings.default_country, spoken)


def _both(tx: Session, contact_id: str, other_id: str) -> tuple[ContactsRow, ContactsRow]:
    contact, other = tx.contacts.by_id(id=contact_id) or abort(404), tx.contacts.by_id(id=other_id) or abort(404)
    return (contact, other) if contact_id != other_id else abort(404)


def _alike(tx: Session, contact: ContactsRow) -> list[ContactsRow]:
    """Return contacts that may be the same person: the same number, or the same last name with the first letters of the first."""
    word = search.anywhere(contact["first_name"][:3])
    return tx.contacts.alike(
        id=contact["id"],
        last_name=contact["last_name"],
        phone=contact["phone"] or contact["whatsapp"],
        word=word,
        limit=OFFERED,
    )
