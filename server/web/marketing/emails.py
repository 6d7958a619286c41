"""Shows the emails of the store and of the templates folder: the list, and a preview of each format with the problems that lint finds."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from builder import catalog
from server.emails import drafts, homes, refusals
from server.emails.homes import OpenedEmail
from server.flows import flow_store
from server.web import headers, language
from server.web.marketing import email_list, email_looks, human_names
from server.web.marketing.email_looks import Looked
from server.web.marketing.previews import format_names, frames, pages, preview_options, preview_people
from server.web.marketing.previews.preview_options import Look
from server.web.marketing.previews.preview_people import Person
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "emails",
    __name__,
    access={
        "index": "emails.read",
        "show": "emails.read",
        "frame": "emails.read",
        "person": preview_people.MAY_READ,
    },
    menu=Menu("emails", lambda: language.text("Emails")),
)
for name_, filter_ in human_names.FILTERS.items():
    room.add_app_template_filter(filter_, name_)
room.add_app_template_global(language.text, "brief_words")  # the briefs of starters are in both languages


def get_ready(app: Flask) -> threading.Thread:
    """Prepare a thread that checks every email once, started by the first request of a signed-in user. Fill the cache, because a first
    visit to the list would take some seconds. A server without users never runs it.
    """
    looking = threading.Thread(target=_look_ahead, args=(app,), name="emails", daemon=True)
    only_one = threading.Lock()

    @app.after_request
    def look(response: Response) -> Response:
        if g.get("user") and only_one.acquire(blocking=False):
            looking.start()
        return response

    return looking


def _look_ahead(app: Flask) -> None:
    with app.app_context():
        with state().store.read() as tx:
            listed, _ = email_list.page(tx, state().settings, email_list.Wanted())
        for email in listed:
            began = time.perf_counter()
            email_looks.look(email.name, email.files)
            time.sleep(time.perf_counter() - began)  # so that it takes half a core at most


@room.get("/emails")
def index() -> str:
    """List the emails."""
    wanted, settings = email_list.read(request.args), state().settings
    with state().store.read() as tx:
        listed, after = email_list.page(tx, settings, wanted)
        totals, people = drafts.totals(tx), email_list.people(tx)
        folders = [row["folder"] for row in tx.emails.folders()]
    totals[drafts.ACTIVE] += len(catalog.names(Path(settings.templates_dir)))
    rows = [email_list.row(email) for email in listed]
    shown = {"wanted": wanted, "after": after, "totals": totals, "people": people, "folders": folders}
    return render_template("emails/index.html", rows=rows, words=format_names, **shown)


@room.get("/emails/<name>")
def show(name: str) -> str:
    """Show an email in the format and language of the address, for the person of the address, with its history and its actions."""
    email = opened(name)
    looked = email_looks.look(name, email.files)
    look, person = _asked(looked)
    shown = email_looks.show(looked, look, person)
    seen = pages.of(shown.seen, look) if shown.seen and look else {}
    with state().store.read() as tx:
        kept = {
            "flows": flow_store.sending(tx, name) if email.row else [],
            "history": drafts.history(tx, name) if email.row else [],
            "people": email_list.people(tx),
            "folders": [row["folder"] for row in tx.emails.folders()],
        }
    told = {
        "person": person,
        "stock": preview_people.STOCK,
        "title": email_list.title(email),
        "standing": email_list.standing(email.row),
        "two_homes": _two_homes(email),
    }
    looks = {**looked._asdict(), "failing": looked.failing, "shown": shown.seen, "failure": shown.failure, "look": look}
    return render_template(
        "emails/show.html", email=email, name=name, words=format_names, **looks, **seen, **kept, **told
    )


@room.get("/emails/<name>/<any(html, kinetic, amp):part>")
def frame(name: str, part: str) -> Response:
    """Return one part alone, for the preview's frame."""
    looked = email_looks.look(name, opened(name).files)
    look, person = _asked(looked)
    shown = email_looks.show(looked, look, person)
    html = pages.framed(shown.seen, part, now_ms()) if shown.seen else ""
    return headers.mail(frames.in_scheme(html, look.scheme if look else "light")) if html else abort(404)


@room.get("/emails/<name>/person")
def person(name: str) -> BaseResponse:
    """Lead to the preview for the contact with the typed address, in the contact's language. The address itself stays out of it."""
    typed = request.args.get("address", "").strip()
    args: dict[str, Any] = {each: request.args.getlist(each) for each in preview_options.NAMES}
    if key := preview_people.key_of(typed):
        args |= {"person": [key], "language": [], "known": []}
    else:
        flash(language.text("No contact has the address “%(address)s”.") % {"address": typed[:254]}, "error")
    return redirect(url_for("emails.show", name=name, **args))


def _asked(looked: Looked) -> tuple[Look | None, Person]:
    """Return the look and the person that the address asks for."""
    person = preview_people.find(request.args.get("person", ""))
    if looked.source is None:
        return None, person
    return preview_options.read(request.args, looked.source, language.current(), person), person


def opened(name: str) -> OpenedEmail:
    """Return the email in the revision of the address, or in the newest if it names none; 404 if there is none."""
    with state().store.read() as tx:
        email = homes.open_email(tx, state().settings, name, preview_options.revision(request.args))
    return email or abort(404)


def _two_homes(email: OpenedEmail) -> str:
    """Return the warning of an email that is in the store and in the templates folder, which is not sent; empty for others."""
    folder = Path(state().settings.templates_dir) / email.name
    if email.row is None or not (folder / "email.toml").is_file():
        return ""
    return refusals.Refused("two_homes", name=email.name, folder=folder).sentence(language.current())
