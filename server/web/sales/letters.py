"""Writes mail to a lead from its page, with the user's saved texts and the free times of their calendars."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import abort, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from builder import times
from server.booking import availability, calendars
from server.contacts import zones
from server.errors import CannotDo
from server.sales import letters
from server.sales.letters import Writer
from server.store import Session
from server.web import language, toast, viewer
from server.web.room import Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

room = Room(
    "letters",
    __name__,
    access={
        "write": "leads.work",
        "send": "leads.work",
    },
)
TIMES = 6  # free times offered at once
SEND, KEEP, REMOVE, OFFER = "send", "keep", "remove", "offer"  # buttons of the form


@room.get("/leads/<contact_id>/write")
def write(contact_id: str) -> Response:
    """Show the form, filled with the saved text `text` if the address names one."""
    with state().store.read() as tx:
        contact = tx.contacts.by_id(id=contact_id) or abort(404)
        texts = letters.saved(tx, g.user["id"])
    chosen = next((row for row in texts if row["id"] == request.args.get("text")), None)
    subject, body = (letters.filled(chosen[name], contact) for name in ("subject", "body")) if chosen else ("", "")
    return _form(contact_id, subject, body)


@room.post("/leads/<contact_id>/write")
def send(contact_id: str) -> Response:
    """Send the mail, save it as a text, remove a saved text or add free times, by the button that was pressed."""
    form, now = request.form, now_ms()
    subject, body, writer = form.get("subject", ""), form.get("body", ""), _writer()
    with state().store.read() as tx:
        contact = tx.contacts.by_id(id=contact_id) or abort(404)
    try:
        if REMOVE in form:
            state().store.write(lambda tx: letters.remove(tx, writer.id, form[REMOVE]))
        elif KEEP in form:
            state().store.write(lambda tx: letters.keep(tx, writer.id, subject, body, now))
        elif OFFER in form:
            return _form(contact_id, subject, _offered(contact, body, form[OFFER]))
        else:
            state().store.write(lambda tx: letters.send(tx, contact, subject, body, writer, now))
            toast.show(language.text("The mail is on its way, and stands in the history."))
            return redirect(url_for("leads.show", contact_id=contact_id, _anchor="work"))
    except CannotDo as why:
        return _form(contact_id, subject, body, why.sentence(language.current()))
    except LookupError:
        abort(404)
    toast.show(language.text("Text removed.") if REMOVE in form else language.text("Text saved."))
    return redirect(url_for("letters.write", contact_id=contact_id))


def _form(contact_id: str, subject: str, body: str, wrong: str = "") -> Response:
    with state().store.read() as tx:
        contact = tx.contacts.by_id(id=contact_id) or abort(404)
        refusal = letters.refusal(tx, contact)
        shown = {
            "contact": contact,
            "texts": letters.saved(tx, g.user["id"]),
            "calendars": _calendars(tx),
            "refusal": language.text(refusal) if refusal else "",
        }
    page = render_template("leads/write.html", subject=subject, body=body, wrong=wrong, **shown)
    return make_response(page, 422 if wrong else 200)


def _calendars(tx: Session) -> list[calendars.Calendar]:
    return [each for each in calendars.every(tx) if g.user["id"] in each.owners]


def _offered(contact: ContactsRow, body: str, name: str) -> str:
    """Add the next free times of a calendar, in the person's time zone and language."""
    spoken, zone = contact["language"] or language.current(), zones.first(contact["time_zone"])
    with state().store.read() as tx:
        calendar = next((each for each in _calendars(tx) if each.name == name), None) or abort(404)
        free = availability.next_free(tx, calendar, now_ms(), TIMES)[:TIMES]
    zone = zone if contact["time_zone"] else zones.of(calendar.time_zone)
    lines = [times.written(datetime.fromtimestamp(at / 1000, zone), spoken) for at in free]
    return letters.with_times(body, letters_intro(spoken), lines)


def letters_intro(spoken: str) -> str:
    """Return the line above free times, in the person's language."""
    return {"es": "Estos horarios tengo libres; ¿cuál te sirve?"}.get(
        spoken, "These times are free; which one suits you?"
    )


def _writer() -> Writer:
    me = viewer.me()
    return Writer(me.id, me.name, g.user["email"])
