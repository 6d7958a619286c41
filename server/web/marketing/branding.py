"""Shows and saves the sender's brand: name, logo, colour, font, address, links and the closing words of emails."""

from __future__ import annotations

from pathlib import Path

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response as BaseResponse

from server.accounts import audit
from server.branding import brand as brands
from server.branding import brand_form, images
from server.branding.decoding import Decoded
from server.branding.refusals import Refused
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import email_list
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "branding",
    __name__,
    access={"index": "emails.read", "save": "emails.edit"},
    menu=Menu("emails", lambda: text("Brand")),
)
LOGO_SIDE_PX = 600  # three times the size at which emails show a logo
FROM_FILE = "file"  # the choice of the logo that acto.toml names
CHOICES = 50


@room.get("/brand")
def index() -> Response:
    """Show the brand."""
    return _page()


@room.post("/brand")
def save() -> BaseResponse:
    """Save the brand, with a logo if one was uploaded."""
    now, by_whom, fields = now_ms(), g.user["email"], request.form.to_dict()

    def write(tx: Session) -> bool:
        if logo:
            fields["logo"] = images.add(tx, *logo, ("", ""), by_whom, now).image.id
        saved = brand_form.save(tx, fields, by_whom, now)
        if saved:
            audit.add(tx, by_whom, "brand.saved", fields["name"], now)
        return saved

    try:
        logo = _uploaded(fields.get("logo") == FROM_FILE)
        saved = state().store.write(write)
    except Refused as refusal:
        return _page({refusal.field: refusal.sentence(language.current())})
    state().brand.forget()
    flash(
        text("The brand is saved. New emails, pages and notices show it; what was sent stays as it was.")
        if saved
        else text("Nothing was changed.")
    )
    return redirect(url_for("branding.index"))


def _uploaded(from_file: bool) -> tuple[Decoded, str] | None:
    """Return the uploaded logo, or that of acto.toml, with its name; None without one. Raises Refused."""
    file = request.files.get("file")
    if file and file.filename:
        return images.read(file.read(), file.filename, LOGO_SIDE_PX), file.filename
    path = Path(state().settings.logo_file)
    if from_file and path.is_file():
        return images.read(path.read_bytes(), path.name, LOGO_SIDE_PX), path.name
    return None


def _page(wrong: dict[str, str] | None = None) -> Response:
    settings = state().settings
    with state().store.read() as tx:
        held = brands.current(tx, settings)
        library = tx.images.listed(before_at=2**62, before_id="", limit=CHOICES)
        earlier, people = brands.history(tx), email_list.people(tx)
    values = brand_form.form(held, settings)
    if not held.id and held.has_logo_file:
        values["logo"] = FROM_FILE
    shown = {"held": held, "library": library, "earlier": earlier, "people": people, "wrong": wrong or {}}
    page = render_template(
        "branding/index.html",
        values=values | (request.form.to_dict() if wrong else {}),
        sources=_sources() if not held.id else {},
        fonts=brands.FONTS,
        **shown,
    )
    return make_response(page, 422 if wrong else 200)


def _sources() -> dict[str, str]:
    """Return, by field, the setting that gives its value while no brand was saved, with the place where it is set."""
    origins = {name: where for name, where in state().settings.origins.items() if where != "default"}
    return {field: f"{name} ({origins[name]})" for field, name in brands.FROM_SETTINGS.items() if name in origins}
