"""Shows the library of images: upload, description, the MJML to copy, the places that show an image, and removing it."""

from __future__ import annotations

from flask import Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from server.accounts import audit
from server.branding import images
from server.branding.images import Added, Uses
from server.branding.refusals import Refused
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import email_list, image_mjml
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "images",
    __name__,
    access={
        "index": "emails.read",
        "show": "emails.read",
        "add": "emails.edit",
        "describe": "emails.edit",
        "remove": "emails.edit",
    },
    menu=Menu("emails", lambda: text("Images")),
)
PAGE = 24
NEWEST = 2**62


@room.get("/images")
def index() -> Response:
    """List the images, newest first."""
    return _list()


@room.post("/images")
def add() -> BaseResponse:
    """Add an uploaded image."""
    try:
        added = _add()
    except Refused as refusal:
        return _list(refusal.sentence(language.current()))
    flash(_outcome(added))
    return redirect(url_for("images.show", image_id=added.image.id))


@room.get("/images/<image_id>")
def show(image_id: str) -> str:
    """Show an image with its description, its MJML and the places that show it."""
    with state().store.read() as tx:
        row = tx.images.by_id(id=image_id) or abort(404)
        used, people = images.uses(tx).get(image_id, Uses([], [], False)), email_list.people(tx)
    image = images.of_row(row)
    return render_template("images/show.html", row=row, image=image, used=used, people=people, mjml=image_mjml.line)


@room.post("/images/<image_id>/describe")
def describe(image_id: str) -> BaseResponse:
    """Change the description; MJML that was copied before keeps its own."""
    es, en = (_line(request.form.get(name, "")) for name in ("alt_es", "alt_en"))
    if not state().store.write(lambda tx: tx.images.describe(id=image_id, alt_es=es, alt_en=en)):
        abort(404)
    state().brand.forget()  # the logo has a description
    flash(text("The description is saved."))
    return redirect(url_for("images.show", image_id=image_id))


@room.post("/images/<image_id>/remove")
def remove(image_id: str) -> BaseResponse:
    """Remove an image that nothing shows."""
    by_whom, now = g.user["email"], now_ms()

    def write(tx: Session) -> bool:
        row = tx.images.by_id(id=image_id)
        if row is None or not images.remove(tx, image_id):
            return False
        audit.add(tx, by_whom, "image.removed", row["name"], now)
        return True

    try:
        removed = state().store.write(write)
    except Refused as refusal:
        flash(refusal.sentence(language.current()), "error")
        return redirect(url_for("images.show", image_id=image_id))
    if not removed:
        abort(404)
    flash(text("The image is removed."))
    return redirect(url_for("images.index"))


def _add() -> Added:
    file, form, by_whom, now = request.files.get("file"), request.form, g.user["email"], now_ms()
    name = file.filename or "" if file else ""
    decoded = images.read(file.read() if file else b"", name)
    alt = form.get("alt_es", ""), form.get("alt_en", "")

    def write(tx: Session) -> Added:
        added = images.add(tx, decoded, name, alt, by_whom, now)
        if added.is_new:
            audit.add(tx, by_whom, "image.added", name, now)
        return added

    return state().store.write(write)


def _outcome(added: Added) -> str:
    if not added.is_new:
        return text("The library had this image already. This is it.")
    size = {"width": added.image.width, "height": added.image.height}
    if added.moved:
        return (
            text("The image is in the library, %(width)s × %(height)s pixels: the first frame of an animation.") % size
        )
    return text("The image is in the library, %(width)s × %(height)s pixels.") % size


def _list(wrong: str = "") -> Response:
    at, id_ = _before()
    with state().store.read() as tx:
        found = tx.images.listed(before_at=at, before_id=id_, limit=PAGE + 1)
        used = images.uses(tx)
    rows, last = found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None
    after = f"{last['created_at']}-{last['id']}" if last else ""
    shown = [(row, images.of_row(row), used.get(row["id"])) for row in rows]
    page = render_template("images/index.html", rows=shown, after=after, wrong=wrong, typed=request.form)
    return make_response(page, 422 if wrong else 200)


def _before() -> tuple[int, str]:
    """Return time and id before which the page begins."""
    at, _, id_ = request.args.get("after", "").partition("-")
    return (int(at), id_) if at.isascii() and at.isdecimal() and len(at) < 19 else (NEWEST, "")


def _line(typed: str) -> str:
    return " ".join(typed.split())[: images.ALT_MOST]
