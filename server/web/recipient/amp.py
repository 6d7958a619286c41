"""Answers from AMP mail: a form posts, a list reads how its block stands. Both reply with a JSON object and never redirect.

Requests come through the mail client's proxy, without cookies and from a pool of addresses. CORS, in both versions, says that the mail is
ours; the token says whose it is. https://amp.dev/documentation/guides-and-tutorials/email/learn/cors-in-email
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
    """How a block stands now: a note, and the times still to be had. Changes nothing."""
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
    """The headers that let the mail client's proxy read the reply; None for a sender that sends no AMP.

    Version 2 wins where both are present. A request with neither comes from no mail client.
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
