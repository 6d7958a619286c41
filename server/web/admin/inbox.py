"""Shows the mail that the demo's local mail server received. The room exists only if its folder does."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug import Response

from server.contacts.search import fold
from server.sending import mailbox
from server.sending.mailbox import Listed, Received
from server.web import headers, language
from server.web.marketing.previews import frames
from server.web.paging import page_number
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
PAGE = 30
FIRST_EMAIL = "diagnosis"  # the sample that a visitor should open first


@room.app_context_processor
def _in_templates() -> dict[str, bool]:
    return {"has_inbox": has_inbox()}


@room.get("/inbox")
def index() -> str:
    """List the newest mails, a page at a time; `q` finds words in subjects and addresses."""
    everything, typed, page = mailbox.newest(state().inbox_dir), request.args.get("q", "").strip(), page_number()
    words = fold(typed).split()
    found = [
        mail for mail in everything if all(word in fold(f"{mail.subject} {mail.to} {mail.sender}") for word in words)
    ]
    rows = found[(page - 1) * PAGE : page * PAGE]
    shown = {"page": page, "more": len(found) > page * PAGE, "typed": typed, "total": len(found)}
    first = None if typed or page > 1 else _first(everything)
    return render_template("inbox/index.html", rows=rows, first=first, limit=mailbox.NEWEST, **shown)


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
    return render_template("inbox/show.html", mail=mail, contact=contact, **_look())


@room.get("/inbox/<name>/html")
def html(name: str) -> Response:
    """Return the mail's HTML for the frame."""
    return headers.mail(frames.in_scheme(_mail(name).html, _look()["scheme"]))


@room.get("/inbox/<name>/source")
def source(name: str) -> Response:
    """Return the message as it was received over SMTP."""
    return Response(_mail(name).source, mimetype="text/plain")


def _look() -> dict[str, str]:
    """Return the width and the colours that the address asks for."""
    scheme = request.args.get("scheme", "")
    return {
        "width": "phone" if request.args.get("width") == "phone" else "desktop",
        "scheme": scheme if scheme in frames.SCHEMES else "light",
    }


def _first(rows: list[Listed]) -> Listed | None:
    """Return an unanswered FIRST_EMAIL in the visitor's language, because its answers make a lead and those of other samples do not."""
    with state().store.read() as tx:
        sent = tx.messages.unanswered(email=FIRST_EMAIL, language=language.current(), limit=mailbox.NEWEST)
    arrived = {mail.message_id: mail for mail in rows}
    return next((arrived[row["id"]] for row in sent if row["id"] in arrived), None)


def _mail(name: str) -> Received:
    return mailbox.read(state().inbox_dir, name) or abort(404)
