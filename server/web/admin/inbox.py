"""Shows the mail that the demo's local mail server received. The room exists only if its folder does."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug import Response

from server.sending import mailbox
from server.sending.mailbox import Listed, Received
from server.web import headers, language
from server.web.room import Menu, Room
from server.web.state import state


def has_inbox() -> bool:
    """Return whether the folder of the local mail server exists."""
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
    menu=Menu("own", lambda: language.text("Inbox"), has_inbox),
)
FIRST_EMAIL = "diagnosis"  # the sample that a visitor should open first


@room.app_context_processor
def _in_templates() -> dict[str, bool]:
    return {"has_inbox": has_inbox()}


@room.get("/inbox")
def index() -> str:
    """List the newest mails."""
    rows = mailbox.newest(state().inbox_dir)
    return render_template("inbox/index.html", rows=rows, first=_first(rows), limit=mailbox.NEWEST)


@room.get("/inbox/first")
def first() -> Response:
    """Redirect to the mail that a visitor should open first, or to the list if there is none."""
    mail = _first(mailbox.newest(state().inbox_dir))
    return redirect(url_for("inbox.show", name=mail.name) if mail else url_for("inbox.index"))


@room.get("/inbox/<name>")
def show(name: str) -> str:
    """Show a mail's HTML and text side by side, with a link to the lead that an answer makes."""
    mail = _mail(name)
    with state().store.read() as tx:
        sent = tx.messages.by_id_alone(id=mail.message_id)
        contact = tx.contacts.by_id(id=sent["contact_id"]) if sent else None
    return render_template("inbox/show.html", mail=mail, contact=contact)


@room.get("/inbox/<name>/html")
def html(name: str) -> Response:
    """Return the mail's HTML for the frame."""
    return headers.mail(_mail(name).html)


@room.get("/inbox/<name>/source")
def source(name: str) -> Response:
    """Return the message as it was received over SMTP."""
    return Response(_mail(name).source, mimetype="text/plain")


def _first(rows: list[Listed]) -> Listed | None:
    """Return an unanswered FIRST_EMAIL in the visitor's language, because its answers make a lead and those of other samples do not."""
    with state().store.read() as tx:
        sent = tx.messages.unanswered(email=FIRST_EMAIL, language=language.current(), limit=mailbox.NEWEST)
    arrived = {mail.message_id: mail for mail in rows}
    return next((arrived[row["id"]] for row in sent if row["id"] in arrived), None)


def _mail(name: str) -> Received:
    return mailbox.read(state().inbox_dir, name) or abort(404)
