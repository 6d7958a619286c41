"""Takes answers from Outlook's cards: a button posts the choice and gets the refreshed card back.

If `outlook_audience` is set, the Entra ID token of the call is verified and vouches for the person. The card refreshes itself when the
mail is opened, and has two seconds for it. https://learn.microsoft.com/outlook/actionable-messages/security-requirements
"""

from __future__ import annotations

import unicodedata
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, make_response, request

from builder import offers
from builder.formats import card
from builder.formats.personalised_block import personalised
from builder.tokens import Action
from server.capture import Asked, Receipt, block_state, tester_answers
from server.capture.asked import ask, live
from server.contacts.known_answers import answers_by_name
from server.store import Session, new_id
from server.web import hits
from server.web.recipient import answer_channel, answer_messages, provider_tokens
from server.web.refusals import REASONS, refusal
from server.web.state import now_ms, state

room = Blueprint("cards", __name__)
BODY_MAX_BYTES = 16 * 1024


@room.post("/o/<token>")
def answer(token: str) -> Response:
    """Store an answer. The body is one value, several separated by commas, or a text."""
    vouched = _vouched()
    if vouched is None:
        return _failed(HTTPStatus.UNAUTHORIZED, "not_verified")
    try:
        action = answer_channel.action(token)
        asked, _ = answer_channel.asked(action)
    except REASONS as error:
        return _failed(*refusal(error))
    values = _values(asked)
    hit = hits.read(request.environ, action, ",".join(values), f"card-{new_id(now_ms())}")
    outcome = answer_channel.answer(action, values, hit._replace(channel="card", vouched=vouched))
    return _answered(action, outcome.receipt) if outcome.receipt else _failed(outcome.status, outcome.reason)


@room.post("/o/<token>/card")
def refresh(token: str) -> Response:
    """Return the current card. It is a POST because Outlook posts; it changes nothing."""
    if _vouched() is None:
        return _failed(HTTPStatus.UNAUTHORIZED, "not_verified")
    try:
        action = answer_channel.action(token)
        hit = hits.read(request.environ, action, "")._replace(purpose="state", channel="card")
        state().hit_buffer.add(hit, now_ms())
        return _card(action)
    except REASONS as error:
        return _failed(*refusal(error))


def _vouched() -> str | None:
    """Return the name of the provider that vouches for the caller: '' if no audience is set, None if the token is not valid."""
    settings = state().settings
    if not settings.outlook_audience:
        return ""
    claims = provider_tokens.claims(request.headers.get("Authorization", ""), settings.outlook_jwks_url)
    known_caller = (
        claims and claims.get("aud") == settings.outlook_audience and claims.get("iss") == settings.outlook_issuer
    )
    return "microsoft" if known_caller else None


def _values(asked: Asked) -> tuple[str, ...]:
    said = request.get_data(cache=False)[:BODY_MAX_BYTES].decode("utf-8", "replace").strip()
    if asked.block.limit:
        return (said,)
    return tuple(value.strip() for value in said.split(",") if value.strip())


def _answered(action: Action, receipt: Receipt) -> Response:
    """Return the refreshed card, or only a word of thanks if the card cannot be read, because the answer is already stored."""
    try:
        return _card(action)
    except REASONS:
        return _said(HTTPStatus.OK, answer_messages.received(receipt))


def _card(action: Action) -> Response:
    """Return the card as a response. Raises an exception of REASONS if the message cannot be read."""
    response = jsonify(_document(action))
    response.headers["CARD-UPDATE-IN-BODY"] = "true"
    return response


def _document(action: Action) -> card.Json:
    """Build the whole card of the message, with each block in its current state."""
    first, _ = answer_channel.asked(action)
    with state().store.read() as tx:
        found = _blocks(tx, first)
        states = {asked.block.name: _state(tx, asked) for asked in found}
    settings, email = state().settings, found[0].email
    originator = (
        settings.streams[email.source.stream].outlook_originator if email.source.stream in settings.streams else ""
    )
    urls = {asked.block.name: _url(asked) for asked in found}
    blocks = [personalised(asked.email.blocks[asked.block.name], asked.about) for asked in found]
    return card.document(blocks, urls, originator, states)


def _blocks(tx: Session, first: Asked) -> list[Asked]:
    """Return the message's blocks whose condition holds for this person, with the answers they have given by now."""
    about = {**first.about, "known": answers_by_name(tester_answers.known_to(tx, first.message))}
    shown = [
        name for name, block in first.email.blocks.items() if name == first.block.name or offers.is_asked(block, about)
    ]
    return [live(tx, each, now_ms()) for name in shown if (each := ask(first.message, first.email, name))]


def _state(tx: Session, asked: Asked) -> card.State:
    stands = block_state.of(tx, asked, now_ms())
    return card.State(answer_messages.note(asked, stands), stands.open, stands.taken)


def _url(asked: Asked) -> str:
    token = state().keyring.sign("answer", asked.contact_id, asked.message_id, asked.block.name, now_ms() // 1000)
    return f"{state().settings.base_url.rstrip('/')}/{card.PATH}/{token}"


def _failed(status: HTTPStatus, reason: str) -> Response:
    return _said(status, answer_messages.not_saved(reason))


def _said(status: HTTPStatus, sentence: str) -> Response:
    """Make a reply with a sentence in its header, which Outlook shows to the person; the sentence holds no personal data."""
    response = make_response("", status)
    plain = unicodedata.normalize("NFKD", sentence).encode("ascii", "ignore")
    response.headers["CARD-ACTION-STATUS"] = plain.decode("ascii")  # clients decode other bytes of a header differently
    return response
