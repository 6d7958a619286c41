"""Records that the reader of a forwarded mail is not its recipient. GET asks, POST records; no answer changes."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from server import capture
from server.capture import Asked
from server.store import StoreUnavailable
from server.web import hits
from server.web.recipient import answer_channel
from server.web.recipient.masked_address import masked
from server.web.refusals import RETRY_SECONDS
from server.web.state import now_ms, state

room = Blueprint("not_me", __name__)


@room.get("/n/<token>")
def page(token: str) -> Response:
    """Ask for confirmation and buffer a hit."""
    action = answer_channel.action(token)
    asked, _ = answer_channel.asked(action)
    state().hit_buffer.add(hits.read(request.environ, action, "")._replace(purpose="not_me"), now_ms())
    return _page("not_me/ask.html", token, asked, 200)


@room.post("/n/<token>")
def say(token: str) -> Response:
    """Record the statement, once for a message; harmless to repeat."""
    action = answer_channel.action(token)
    asked, _ = answer_channel.asked(action)
    hit = hits.read(request.environ, action, "")._replace(purpose="not_me")
    try:
        capture.disown(state().store, hit, now_ms())
    except StoreUnavailable:
        response = _page("not_me/ask.html", token, asked, 503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    return _page("not_me/done.html", token, asked, 200)


def _page(template: str, token: str, asked: Asked, status: int) -> Response:
    body = render_template(template, token=token, address=masked(asked.message["address"]), failed=status == 503)
    return make_response(body, status)
