"""Takes the files of an import: the refusals first, then the list, whose rows are checked at once."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server.accounts import audit
from server.contacts import suppressions
from server.contacts.imports import source, staging
from server.errors import CannotDo
from server.web import language
from server.web.marketing import contact_import_actions
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "contact_uploads",
    __name__,
    access={
        "ask": "contacts.edit",
        "refuse": "contacts.edit",
        "choose": "contacts.edit",
        "upload": "contacts.edit",
    },
)
UNREAD_MOST = 80  # characters of an entry in a message
UNASKED = "Confirm that these people asked to get no mail. A list of people to write to belongs on the next page."
REASONS = {"marketing": "unsubscribed", "all": "do_not_contact"}


@room.get("/contacts/imports/-/refusals")
def ask() -> str:
    """Ask for the addresses of people who want no mail, before the list."""
    return render_template("contacts/imports/refusals.html")


@room.post("/contacts/imports/-/refusals")
def refuse() -> Response | tuple[str, int]:
    """Suppress every address in the uploaded file and in the pasted text."""
    now, reason = now_ms(), REASONS.get(request.form.get("scope", ""), "unsubscribed")
    try:
        if "asked" not in request.form:  # a list of contacts that lands here would take their mail from them
            raise CannotDo(UNASKED)
        found, unread = source.find_addresses(_file()[1], request.form.get("pasted", "").encode())
    except CannotDo as why:
        wrong = why.sentence(language.current())
        return render_template("contacts/imports/refusals.html", wrong=wrong, typed=request.form), 422
    for at in range(0, len(found), staging.TOGETHER):
        some = dict.fromkeys(found[at : at + staging.TOGETHER], reason)
        state().store.write(lambda tx, some=some: suppressions.add_refusals(tx, some, now))  # type: ignore[misc]
    by_whom = g.user["email"]
    state().store.write(lambda tx: audit.add(tx, by_whom, "contact.refusals", str(len(found)), now))
    flash(_done(reason, len(found)), "good")
    if unread:
        flash(_left_out(unread), "warning")
    return redirect(url_for("contact_uploads.choose"))


@room.get("/contacts/imports/-/new")
def choose() -> str:
    """Ask for the file."""
    return render_template("contacts/imports/new.html")


@room.post("/contacts/imports/-/new")
def upload() -> Response | tuple[str, int]:
    """Store the rows of the file, and check them."""
    name, data = _file()
    now, by_whom = now_ms(), g.user["email"]
    try:
        import_id = staging.stage(state().store, name, source.open_list(data), by_whom, now)
    except CannotDo as why:
        return render_template("contacts/imports/new.html", wrong=why.sentence(language.current())), 422
    contact_import_actions.work(import_id)
    return contact_import_actions.to(import_id)


def _done(reason: str, total: int) -> str:
    if suppressions.SCOPES.get(reason) == "marketing":
        return language.several(
            "%(num)s address gets no marketing any more.", "%(num)s addresses get no marketing any more.", total
        )
    return language.several("%(num)s address gets no mail any more.", "%(num)s addresses get no mail any more.", total)


def _left_out(unread: list[str]) -> str:
    """Say how many pieces with an @ are no address, with the first of them."""
    return language.several(
        "%(num)s entry with an @ is not an email address and was left out: “%(first)s”.",
        "%(num)s entries with an @ are not email addresses and were left out. The first: “%(first)s”.",
        len(unread),
        first=unread[0][:UNREAD_MOST],
    )


def _file() -> tuple[str, bytes]:
    """Return name and bytes of the uploaded file; empty without one."""
    given = request.files.get("file")
    if given is None:
        return "", b""
    given.stream.seek(0)
    return given.filename or "", given.stream.read(source.FILE_MOST + 1)
