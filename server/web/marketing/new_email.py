"""Creates an email from a starter: the gallery with a picture of each, and the form with title and folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from server import texts
from server.emails import drafts, examples, naming, starters
from server.emails.drafts import Titles
from server.emails.refusals import Refused
from server.emails.starters import Starter
from server.store import Session
from server.web import headers, language
from server.web.language import text
from server.web.marketing import email_looks
from server.web.marketing.previews import frames, pages
from server.web.marketing.previews.preview_options import Look
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "new_email",
    __name__,
    access={
        "gallery": "emails.edit",
        "ask": "emails.edit",
        "make": "emails.edit",
        "picture": "emails.edit",
    },
)


@room.get("/emails/-/new")
def gallery() -> str:
    return render_template("emails/gallery.html", groups=starters.GROUPS, say=language.text)


@room.get("/emails/-/new/<starter>")
def ask(starter: str) -> Response:
    return _form(starter, {})


@room.post("/emails/-/new/<starter>")
def make(starter: str) -> BaseResponse:
    known, form, now, by_whom = _known(starter), request.form, now_ms(), g.user["email"]
    spoken = language.current()
    title, other = form.get("title", ""), form.get("other_title", "")
    if title == language.text(known.title):  # the starter's own, which has its translation
        other = other or texts.text(known.title, _other(spoken))
    titles = Titles(**{spoken: title, _other(spoken): other})
    settings = state().settings

    def write(tx: Session) -> tuple[str, list[str]]:
        name = form.get("name", "").strip() or naming.free(tx, settings, title or known.title)
        if naming.is_taken(tx, settings, name):
            raise Refused("name_taken", "name", name=name)
        files = starters.copy(starter, name, Path(settings.templates_dir), spoken)
        drafts.create(tx, name, titles, form.get("folder", ""), files, by_whom, now)
        return name, examples.left_in(files)

    try:
        name, words = state().store.write(write)
    except Refused as refusal:
        return _form(starter, {refusal.field: refusal.sentence(spoken)})
    if words:
        flash(text("Write your own words in place of these examples: %(words)s.") % {"words": ", ".join(words)})
    return redirect(url_for("email_editor.edit", name=name))


@room.get("/emails/-/new/<starter>/picture")
def picture(starter: str) -> Response:
    """Return the starter as html, for a small frame."""
    _known(starter)
    looked = email_looks.look(starter, starters.files(starter, Path(state().settings.templates_dir)))
    shown = email_looks.show(looked, Look(looked.source.speaks(language.current())) if looked.source else None)
    html = pages.framed(shown.seen, "html", now_ms()) if shown.seen else ""
    return headers.mail(frames.in_scheme(html, "light")) if html else abort(404)


def _form(starter: str, wrong: dict[str, str]) -> Response:
    known, spoken = _known(starter), language.current()
    with state().store.read() as tx:
        folders = [row["folder"] for row in tx.emails.folders()]
    shown: dict[str, Any] = {
        "starter": starter,
        "known": known,
        "folders": folders,
        "wrong": wrong,
        "say": language.text,
    }
    page = render_template("emails/new.html", **shown, form=request.form, other=_other(spoken))
    return make_response(page, 422 if wrong else 200)


def _known(starter: str) -> Starter:
    return starters.find(starter) or abort(404)


def _other(spoken: str) -> str:
    return "en" if spoken == "es" else "es"
