"""The page an option leads to. GET asks, with the choice already marked; POST answers.

Nothing changes on GET or HEAD (RFC 9110 9.2.1): scanners fetch every link of a mail before its recipient does.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, make_response, render_template, request

from builder.tokens import Action, TokenExpired, TokenInvalid
from server import capture
from server.capture import Asked, Gone, NotAnAnswer, Receipt
from server.store import StoreUnavailable
from server.web import forms, hits, language
from server.web.addresses import masked
from server.web.state import now_ms, state
from server.web.tap import NONCE, RETRY_SECONDS

room = Blueprint("ask", __name__)
ONE_TAP = ("rate", "choose")  # confirm decides something, so it always takes the button


@room.get("/a/<token>/")
@room.get("/a/<token>", strict_slashes=False)
@room.get("/a/<token>/<choice>")
def page(token: str, choice: str = "") -> Response:
    """The question with the choice marked. Writes a hit, never an answer; HEAD is the same without its body."""
    action = _action(token)
    asked = _asked(action)
    state().later.add(hits.read(request.environ, action, choice), now_ms())
    if choice and not asked.block.option(choice):
        return _page(asked, token, (), "unknown", 404)
    return _page(asked, token, (choice,) if choice else (), "", 200)


@room.post("/a/<token>")
@room.post("/a/<token>/<choice>")
def answer(token: str, choice: str = "") -> Response:
    """Takes the answer; 200 only after it is on stable storage. The path's choice serves forms without fields."""
    action = _action(token)
    form = forms.read()
    values = tuple(form.get("choice", ())) or ((choice,) if choice else ())
    nonce = form.get("nonce", [""])[0]
    if not NONCE.fullmatch(nonce):
        return _page(
            _asked(action), token, values, "", 400
        )  # not from our page: ask, so that a person can still answer
    hit = hits.read(request.environ, action, ",".join(values), nonce, form.get("gesture", [""])[0])
    hold_ms = state().settings.hold_seconds * 1000
    try:
        receipt = capture.receive(state().store, action, values, hit, "page", hold_ms, now_ms())
    except StoreUnavailable:
        return _unavailable(action, token, values, nonce)
    except NotAnAnswer:
        return _page(_asked(action), token, (), "unknown" if values else "empty", 422)
    return _thanks(action, token, receipt)


def _action(token: str) -> Action:
    """Raises Gone for every token that cannot be answered: unknown, altered and expired look alike."""
    try:
        return state().keyring.read("answer", token, now_ms() // 1000)
    except (TokenInvalid, TokenExpired) as error:
        raise Gone from error


def _asked(action: Action) -> Asked:
    with state().store.read() as tx:
        asked = capture.find(tx, action)
    if asked is None:
        raise Gone
    language.speak(asked.email.language)
    return asked


def _page(asked: Asked, token: str, marked: tuple[str, ...], notice: str, status: int, nonce: str = "") -> Response:
    """`notice` is empty, `unknown` (an option that is not the block's), `empty` (nothing chosen) or `unavailable`."""
    body = render_template("ask/ask.html", **_shared(asked, token, nonce), marked=marked, notice=notice)
    return make_response(body, status)


def _thanks(action: Action, token: str, receipt: Receipt) -> Response:
    """It is stored by now, so nothing below may say otherwise: what cannot be read leaves a shorter page."""
    try:
        asked = _asked(action)
    except StoreUnavailable:
        return make_response(render_template("ask/saved.html"), 200)
    values = receipt.answer.values
    others = [] if asked.block.answers == "once" else [o for o in asked.block.options if o.value not in values]
    body = render_template(
        "ask/thanks.html",
        **_shared(asked, token),
        values=values,
        kept=receipt.kept,
        others=others,
        next=_next(asked, receipt.following),
    )
    return make_response(body, 200)


def _unavailable(action: Action, token: str, values: tuple[str, ...], nonce: str) -> Response:
    """Never a false thank-you: the answer is not stored, and the page says so and offers to try again.

    With the same nonce: if a connection broke while PostgreSQL committed, the second try is a replay and no second answer.
    """
    reply = _page(_asked(action), token, values, "unavailable", 503, nonce)
    reply.headers["Retry-After"] = str(RETRY_SECONDS)
    return reply


def _shared(asked: Asked, token: str, nonce: str = "") -> dict[str, object]:
    return {
        "asked": asked,
        "block": asked.block,
        "token": token,
        "nonce": nonce or _nonce(),
        "one_tap": asked.block.kind in ONE_TAP and not asked.block.many,
        "address": masked(asked.message["address"]),
        "leave": _leave(asked),
    }


def _nonce() -> str:
    return secrets.token_urlsafe(18)


def _leave(asked: Asked) -> str:
    """The way out of the list stands on every page that marketing leads to."""
    if asked.message["mail_class"] != "marketing":
        return ""
    return state().keyring.sign("unsubscribe", asked.contact_id, asked.message_id, "", now_ms() // 1000)


def _next(asked: Asked, name: str | None) -> tuple[Asked, str] | None:
    """The next question of the same message, and its token."""
    if name is None:
        return None
    token = state().keyring.sign("answer", asked.contact_id, asked.message_id, name, now_ms() // 1000)
    return Asked(asked.message, asked.email, asked.email.blocks[name]), token
