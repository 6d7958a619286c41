"""The inbox of the local mail server: what `acto demo` sent, as it was received. It is here only where that folder is."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from server.sending import mailbox
from server.sending.mailbox import Received
from server.web import headers
from server.web.state import state

room = Blueprint("inbox", __name__)


@room.app_context_processor
def has_inbox() -> dict[str, bool]:
    return {"has_inbox": state().inbox_dir.is_dir()}


@room.get("/inbox")
def index() -> str:
    return render_template("inbox/index.html", rows=mailbox.newest(state().inbox_dir), limit=mailbox.NEWEST)


@room.get("/inbox/<name>")
def show(name: str) -> str:
    """Html and text side by side."""
    return render_template("inbox/show.html", mail=_mail(name))


@room.get("/inbox/<name>/html")
def html(name: str) -> Response:
    return headers.mail(_mail(name).html)


@room.get("/inbox/<name>/source")
def source(name: str) -> Response:
    """The message as it came over SMTP."""
    return Response(_mail(name).source, mimetype="text/plain")


def _mail(name: str) -> Received:
    return mailbox.read(state().inbox_dir, name) or abort(404)
