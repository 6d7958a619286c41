"""Takes answers from Gmail's one-click action, a POST when the person presses the button beside the subject.

If `gmail_audience` is set, Gmail's bearer token is verified and vouches for the person; otherwise the answer is judged like any other
POST. Gmail retries, so the same button answers once. https://developers.google.com/workspace/gmail/markup/actions/verifying-bearer-tokens
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, make_response, request

from server.capture import Gone
from server.web import hits
from server.web.recipient import answer_channel, answer_messages, provider_tokens
from server.web.state import state

room = Blueprint("gmail", __name__)
CALLER = "gmail@system.gserviceaccount.com"
ISSUERS = ("https://accounts.google.com", "accounts.google.com")


@room.post("/g/<token>/<choice>")
def confirm(token: str, choice: str) -> Response:
    """Store the answer of a button and reply with a sentence."""
    vouched = ""
    if audience := state().settings.gmail_audience:
        claims = provider_tokens.claims(request.headers.get("Authorization", ""), state().settings.gmail_jwks_url)
        if (
            not claims
            or claims.get("aud") != audience
            or claims.get("azp") != CALLER
            or claims.get("iss") not in ISSUERS
        ):
            return _reply(HTTPStatus.UNAUTHORIZED, answer_messages.not_saved("not_verified"))
        vouched = "google"
    try:
        action = answer_channel.action(token)
    except Gone:
        return _reply(HTTPStatus.NOT_FOUND, answer_messages.not_saved("gone"))
    hit = hits.read(request.environ, action, choice, f"gmail-action-{choice}"[:64])
    outcome = answer_channel.answer(action, (choice,), hit._replace(channel="gmail", vouched=vouched))
    answer_channel.speak(action)
    said = answer_messages.received(outcome.receipt) if outcome.receipt else answer_messages.not_saved(outcome.reason)
    return _reply(outcome.status, said)


def _reply(status: HTTPStatus, said: str) -> Response:
    response = make_response(said, status)
    response.mimetype = "text/plain"
    return response
