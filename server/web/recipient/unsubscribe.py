"""Unsubscribes a recipient. GET shows a page with one button; POST unsubscribes at once, from the page or from the mail client.

RFC 8058: the mail client posts `List-Unsubscribe=One-Click`, urlencoded or multipart, without a cookie or other context, and expects no
redirect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, make_response, render_template, request

from builder.tokens import Action
from server import capture
from server.capture import Gone
from server.capture.asked import message_of
from server.sending.gate import TEST
from server.store import Session, StoreUnavailable
from server.web import hits, language
from server.web.recipient import answer_channel
from server.web.recipient.masked_address import masked
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.asked import AskedByIdRow

room = Blueprint("unsubscribe", __name__)


@room.get("/u/<token>")
def page(token: str) -> Response:
    """Show the page with the button and buffer a hit."""
    action, message = _message(token)
    state().hit_buffer.add(hits.read(request.environ, action, ""), now_ms())
    return _page("unsubscribe/ask.html", token, message, 200)


@room.post("/u/<token>")
def leave(token: str) -> Response:
    """Suppress the address at once and stop its queued mail; harmless to repeat."""
    action, message = _message(token)
    try:
        capture.leave(state().store, hits.read(request.environ, action, ""), now_ms())
    except LookupError as error:
        raise Gone from error
    except StoreUnavailable:
        response = _page("unsubscribe/ask.html", token, message, 503)
        response.headers["Retry-After"] = "5"
        return response
    return _page("unsubscribe/done.html", token, message, 200)


def _message(token: str) -> tuple[Action, AskedByIdRow]:
    action = answer_channel.opened("unsubscribe", token)
    with state().store.read() as tx:
        message = _found(tx, action)
    language.speak(message["language"])
    return action, message


def _found(tx: Session, action: Action) -> AskedByIdRow:
    message = message_of(tx, action.contact_id, action.message_id)
    if message is None:
        raise Gone
    return message


def _page(template: str, token: str, message: AskedByIdRow, status: int) -> Response:
    body = render_template(
        template, token=token, address=masked(message["address"]), failed=status == 503, test=message["purpose"] == TEST
    )
    return make_response(body, status)
