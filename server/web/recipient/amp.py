"""Takes answers from AMP mail: a form posts an answer, and a list reads a block's current state. Replies are JSON and never redirects.

The mail client's proxy sends the requests, without cookies and from a pool of addresses. CORS, in either version, shows that one of our
mails sent the request; the token names the recipient. https://amp.dev/documentation/guides-and-tutorials/email/learn/cors-in-email
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, jsonify, make_response, request

from server.capture import Gone, Hit
from server.store import new_id
from server.web import forms, hits
from server.web.recipient import answer_channel, answer_messages
from server.web.refusals import REASONS, refusal
from server.web.state import now_ms, state

room = Blueprint("amp", __name__)
SOURCE = "__amp_source_origin"


@room.post("/amp/<token>")
def answer(token: str) -> Response:
    """Store the answer of a form and reply with a message for the person."""
    allowed = cors()
    if allowed is None:
        return _refused()
    try:
        action = answer_channel.opened_in_mail(token)
    except Gone:
        return _json({"message": answer_messages.not_saved("gone")}, 404, allowed)
    values = tuple(forms.read().get("choice", ()))
    hit = _hit(hits.read(request.environ, action, ",".join(values), f"amp-{new_id(now_ms())}"))
    hit = hit._replace(gesture="amp" if action.purpose == "amp" else "")
    outcome = answer_channel.answer(action, values, hit)
    answer_channel.speak(action)
    said = answer_messages.received(outcome.receipt) if outcome.receipt else answer_messages.not_saved(outcome.reason)
    return _json({"message": said}, outcome.status, allowed)


@room.get("/s/<token>")
def standing(token: str) -> Response:
    """Return a block's state: a note, whether it is open, and its options with the times already taken. Change nothing."""
    allowed = cors()
    if allowed is None:
        return _refused()
    try:
        action = answer_channel.opened_in_mail(token)
        asked, stands = answer_channel.asked(action)
    except REASONS as error:
        return _json({"note": answer_messages.not_saved(refusal(error)[1]), "open": False, "options": []}, 200, allowed)
    hit = hits.read(request.environ, action, "")._replace(purpose="state")
    state().hit_buffer.add(_hit(hit), now_ms())
    options = [
        {"value": option.value, "label": asked.labels[option.value], "taken": option.value in stands.taken}
        for option in asked.block.options
    ]
    return _json({"note": answer_messages.note(asked, stands), "open": stands.open, "options": options}, 200, allowed)


def cors() -> dict[str, str] | None:
    """Return the headers that let the mail client's proxy read the reply; None unless the request is from AMP mail of a registered
    sender.

    Version 2 of the headers wins if both are present.
    """
    streams = state().settings.streams.values()
    ours = {stream.from_address.lower() for stream in streams if stream.amp_registered == "yes"}
    sender = request.headers.get("AMP-Email-Sender")
    if sender is not None:
        return {"AMP-Email-Allow-Sender": sender} if sender.lower() in ours else None
    origin, source = request.headers.get("Origin"), request.args.get(SOURCE)
    if not origin or not source or source.lower() not in ours:
        return None
    return {
        "Access-Control-Allow-Origin": origin,
        "AMP-Access-Control-Allow-Source-Origin": source,
        "Access-Control-Expose-Headers": "AMP-Access-Control-Allow-Source-Origin",
    }


def _hit(hit: Hit) -> Hit:
    return hit._replace(channel="amp")


def _refused() -> Response:
    return make_response(jsonify(message="The sender of this mail is not known here."), 403)


def _json(body: Mapping[str, object], status: int, headers: Mapping[str, str]) -> Response:
    response = make_response(jsonify(dict(body)), status)
    response.headers.extend(headers)
    return response
