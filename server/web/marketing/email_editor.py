"""Serves the editor of an email: its texts, their preview as they are typed, saving, and the merge with another person's revision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from server.branding import images
from server.emails import drafts, homes, merging
from server.emails.drafts import Conflict
from server.emails.homes import OpenedEmail
from server.emails.refusals import Refused
from server.web import headers, language
from server.web.language import text
from server.web.marketing import editor_form, email_list, email_looks, image_mjml
from server.web.marketing.email_looks import Looked
from server.web.marketing.previews import format_names, frames, pages, preview_options, preview_people
from server.web.marketing.previews.preview_options import Look
from server.web.marketing.previews.preview_people import Person
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "email_editor",
    __name__,
    access={
        "edit": "emails.edit",
        "save": "emails.edit",
        "preview": "emails.edit",
        "bodies": "emails.edit",
        "picture": "emails.edit",
        "merge": "emails.edit",
    },
)
IMAGES = 24  # the newest of the library
FRAMED = ("html", "kinetic", "amp")  # formats that are pages, and so have a frame


@room.get("/emails/<name>/edit")
def edit(name: str) -> Response:
    email = _of_store(name)
    looked = email_looks.look(name, email.files)
    return _page(email, email.files, _seen(looked, *_asked(looked)))


@room.post("/emails/<name>/edit")
def save(name: str) -> BaseResponse:
    base, files = _typed(name)
    return _save(name, base, files)


@room.post("/emails/<name>/edit/merge")
def merge(name: str) -> BaseResponse:
    """Save the result of a merge on top of the other person's revision."""
    theirs = _revision(name)
    return _save(name, theirs, editor_form.resolved(request.form, name, theirs.files))


@room.post("/emails/<name>/edit/preview")
def preview(name: str) -> Response:
    """Show the typed text with its picture and save nothing. The script asks for the part that changes alone (`only`)."""
    return _preview(name, *_typed(name))


@room.post("/emails/<name>/edit/bodies")
def bodies(name: str) -> Response:
    """Show the typed text with a body of its own for a language, or without it, and save nothing."""
    base, files = _typed(name)
    return _preview(name, base, editor_form.split(request.form, name, files))


@room.get("/emails/<name>/edit/pictures/<key>")
def picture(name: str, key: str) -> Response:
    """Return a picture of typed text to the user who typed it."""
    html = state().typed_pictures.get(g.user["id"], key)
    return headers.mail(html) if html is not None else abort(404)


def _typed(name: str) -> tuple[OpenedEmail, dict[str, str]]:
    """Return the revision that the writer started from, and the files as they are in the form."""
    base = _revision(name)
    return base, editor_form.files(request.form, name, base.files)


def _preview(name: str, base: OpenedEmail, files: Mapping[str, str]) -> Response:
    try:
        drafts.check(files)
    except Refused as refusal:
        return _page(base, files, {}, wrong=refusal.sentence(language.current()))
    with state().typed_pictures.turn(g.user["id"]) as free:
        if not free:
            wait = text("The preview before this one is still being made. Try again in a moment.")
            return _page(base, files, {}, wrong=wait, status=429)
        looked = email_looks.look_once(name, files)
        return _page(base, files, _seen(looked, *_asked(looked), typed=True))


def _save(name: str, base: OpenedEmail, files: Mapping[str, str]) -> BaseResponse:
    now, by_whom = now_ms(), g.user["email"]
    try:
        state().store.write(lambda tx: drafts.save(tx, name, base.revision, files, by_whom, now))
    except Conflict as conflict:
        return _conflict(name, conflict, files)
    except Refused as refusal:
        return _page(base, files, {}, wrong=refusal.sentence(language.current()))
    return redirect(url_for("email_editor.edit", name=name))


def _conflict(name: str, conflict: Conflict, mine: Mapping[str, str]) -> Response:
    row, rows = conflict.row, merging.merge(conflict.base, conflict.newest, mine)
    with state().store.read() as tx:
        who = email_list.people(tx).get(row["by_whom"], row["by_whom"])
    title = row["title_es"] if language.current() == "es" else row["title_en"]
    shown = {"row": row, "rows": rows, "who": who, "title": title, "clashes": sum(each.clashes for each in rows)}
    return make_response(render_template("emails/merge.html", name=name, **shown), 409)


def _page(
    email: OpenedEmail, files: Mapping[str, str], seen: Mapping[str, Any], wrong: str = "", status: int = 0
) -> Response:
    """Return the editor with these files; for the script, only the part beside the texts."""
    with state().store.read() as tx:
        people = email_list.people(tx)
        library = [images.of_row(row) for row in tx.images.listed(before_at=2**62, before_id="", limit=IMAGES)]
        revision = next((each for each in drafts.history(tx, email.name, email.revision + 1, 1)), None)
    form = editor_form.of(email.name, files, as_text="toml" in request.values)
    shown = {"email": email, "form": form, "unsaved": dict(files) != email.files, "saved": revision, "people": people}
    shown |= {
        "stock": preview_people.STOCK,
        "streams": list(state().settings.streams),
        "library": library,
        "mjml": image_mjml.line,
    }
    alone = "emails/_typed.html" if request.form.get("only") else "emails/edit.html"
    page = render_template(
        alone, name=email.name, title=email_list.title(email), words=format_names, wrong=wrong, **shown, **seen
    )
    return make_response(page, status or (422 if wrong else 200))


def _seen(looked: Looked, look: Look | None, person: Person, typed: bool = False) -> dict[str, Any]:
    """Return what the stage and the list of problems show."""
    rendering = email_looks.show(looked, look, person)
    found: dict[str, Any] = {"source": looked.source, "problems": looked.problems, "look": look, "person": person}
    found |= {"failure": rendering.failure, "shown": rendering.seen}
    if rendering.seen is None or look is None:
        return found
    found |= pages.of(rendering.seen, look)
    if typed and look.format in FRAMED and (html := pages.framed(rendering.seen, look.format, now_ms())):
        key = state().typed_pictures.keep(g.user["id"], frames.in_scheme(html, look.scheme))
        found["frame_at"] = url_for("email_editor.picture", name=looked.source.name if looked.source else "", key=key)
    return found


def _asked(looked: Looked) -> tuple[Look | None, Person]:
    """Return the look and the person that the form asks for; by default the look of a phone, because it leaves room for the text."""
    person = editor_form.person(request.values)
    if looked.source is None:
        return None, person
    asked = request.values.copy()
    asked.setdefault("width", "phone")
    if person.is_contact and person.language and asked.get("address") != asked.get("shown_address"):
        asked["language"] = person.language  # of a contact who was not shown before
    return preview_options.read(asked, looked.source, language.current(), person), person


def _of_store(name: str) -> OpenedEmail:
    with state().store.read() as tx:
        email = homes.open_email(tx, state().settings, name)
    return email if email and email.row else abort(404)


def _revision(name: str) -> OpenedEmail:
    """Return the revision that the form names; 404 if there is none."""
    with state().store.read() as tx:
        email = homes.open_email(tx, state().settings, name, preview_options.revision(request.form, "base"))
    return email if email and email.row else abort(404)
