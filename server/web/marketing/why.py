"""Answers “Why not me?”: every rule of the gate for one person and one email, with its facts and the moment it would pass."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug import Response

from builder import catalog, dates
from server.contacts import contacts, zones
from server.contacts.addresses import BadAddress
from server.emails import homes
from server.sending import why
from server.sending.gate import MARKETING, NEVER
from server.web import language
from server.web.marketing import campaign_views
from server.web.room import Room
from server.web.state import now_ms, state

room = Room("why", __name__, access={"ask": "people.read", "show": "people.read"})


@room.get("/why")
def ask() -> str | Response:
    """Ask for an address and an email; with both, go to the explanation."""
    typed, email = request.args.get("address", "").strip(), request.args.get("email", "")
    wrong = ""
    with state().store.read() as tx:
        try:
            found = contacts.find(tx, typed) if typed else None
        except BadAddress:
            found = None
        emails = campaign_views.by_class(tx, state().settings)
    if found:
        return redirect(url_for("why.show", contact_id=found["id"], email=email))
    if typed and not found:
        wrong = language.text("There is no contact with the address “%(address)s”.") % {"address": typed}
    return render_template("why/ask.html", emails=emails, typed=typed, email=email, wrong=wrong)


@room.get("/why/<contact_id>")
def show(contact_id: str) -> str:
    """Explain for a contact and the email of the address."""
    name, settings, now = request.args.get("email", ""), state().settings, now_ms()
    with state().store.read() as tx:
        opened = homes.open_email(tx, settings, name)
        source = catalog.inspect(name, opened.files)[0] if opened else None
        mail_class = source.mail_class if source else next(iter(MARKETING))
        found = why.explain(tx, settings, contact_id, mail_class, now) or abort(404)
        title = campaign_views.title(tx, settings, name) if opened else ""
        campaign = tx.campaigns.by_id(id=request.args.get("campaign", ""))
    spoken = language.current()
    there = f"{dates.write(found.there.date(), 'short_weekday_and_day', spoken)}, {found.there:%H:%M}"
    place = {"zone": zones.display_name(found.zone, spoken), "there": there}
    shown = {
        "found": found,
        "mail_class": mail_class,
        "title": title,
        "name": name,
        "never": NEVER,
        "campaign": campaign,
        **place,
    }
    return render_template("why/show.html", say=language.text, settings=settings, **shown)
