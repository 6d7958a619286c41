"""The inbox of the local mail server: what `acto demo` sent, as it was received. It is here only where that folder is."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug import Response

from server.sending import mailbox
from server.sending.mailbox import Listed, Received
from server.web import headers, language
from server.web.room import Menu, Room
from server.web.state import state


def has_inbox() -> bool:
    """Whether the local mail server keeps its mail here."""
    return state().inbox_dir.is_dir()


room = Room(
    "inbox",
    __name__,
    access={
        "index": "inbox.read",
        "first": "inbox.read",
        "show": "inbox.read",
        "html": "inbox.read",
        "source": "inbox.read",
    },
    menu=Menu("work", lambda: language.text("Inbox"), has_inbox),
)
FIRST_EMAIL = "diagnosis"  # the sample to begin with


@room.app_context_processor
def _in_templates() -> dict[str, bool]:
    return {"has_inbox": has_inbox()}


@room.get("/inbox")
def index() -> str:
    rows = mailbox.newest(state().inbox_dir)
    return render_template("inbox/index.html", rows=rows, first=_first(rows), limit=mailbox.NEWEST)


@room.get("/inbox/first")
def first() -> Response:
    """The mail to begin with; where there is none, all of them."""
    mail = _first(mailbox.newest(state().inbox_dir))
    return redirect(url_for("inbox.show", name=mail.name) if mail else url_for("inbox.index"))


@room.get("/inbox/<name>")
def show(name: str) -> str:
    """Html and text side by side, and the way to the lead that an answer makes."""
    mail = _mail(name)
    with state().store.read() as tx:
        sent = tx.messages.by_id_alone(id=mail.message_id)
        contact = tx.contacts.by_id(id=sent["contact_id"]) if sent else None
    return render_template("inbox/show.html", mail=mail, contact=contact)


@room.get("/inbox/<name>/html")
def html(name: str) -> Response:
    return headers.mail(_mail(name).html)


@room.get("/inbox/<name>/source")
def source(name: str) -> Response:
    """The message as it came over SMTP."""
    return Response(_mail(name).source, mimetype="text/plain")


def _first(rows: list[Listed]) -> Listed | None:
    """An unanswered FIRST_EMAIL to somebody of the visitor's language: its answers make a lead, those of other samples make none."""
    with state().store.read() as tx:
        sent = tx.messages.unanswered(email=FIRST_EMAIL, language=language.current(), limit=mailbox.NEWEST)
    arrived = {mail.message_id: mail for mail in rows}
    return next((arrived[row["id"]] for row in sent if row["id"] in arrived), None)


def _mail(name: str) -> Received:
    return mailbox.read(state().inbox_dir, name) or abort(404)
