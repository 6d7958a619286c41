"""Takes an answer that a mail client sends: the one way from a channel's request into `capture.receive`."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from flask import request

from builder.tokens import DAY_SECONDS, Action, Purpose, TokenExpired, TokenInvalid
from server import capture
from server.capture import Asked, Gone, Hit, Receipt
from server.capture.block_state import BlockState
from server.capture.block_state import of as standing_of
from server.store import StoreUnavailable
from server.web import language
from server.web.refusals import REASONS, refusal
from server.web.state import now_ms, state

OLDER_DAYS = 31  # AMP parts that were delivered with the token of a link are shown no longer


class Outcome(NamedTuple):
    """`reason` names what went wrong (see `answer_messages.not_saved`); empty when it was saved."""

    status: HTTPStatus
    reason: str
    receipt: Receipt | None


def action(token: str) -> Action:
    """Raises Gone for every token that cannot be answered: unknown, altered and expired look alike. Raises TooMany."""
    return opened("answer", token)


def opened(purpose: Purpose, token: str) -> Action:
    """The same for any purpose; call it once for a request, since it counts them."""
    now = now_ms()
    state().floods.check(token, request.environ, now)
    try:
        return state().keyring.read(purpose, token, now // 1000)
    except (TokenInvalid, TokenExpired) as error:
        raise Gone from error


def opened_in_mail(token: str) -> Action:
    """The action of a token that stands in an AMP part; for OLDER_DAYS after it was signed also that of a link, which older parts
    carried. Raises Gone, TooMany.
    """
    try:
        return opened("amp", token)
    except Gone:
        now = now_ms() // 1000
        try:
            found = state().keyring.read("answer", token, now)
        except (TokenInvalid, TokenExpired) as error:
            raise Gone from error
        if now - found.signed_at > OLDER_DAYS * DAY_SECONDS:
            raise
        return found


def answer(what: Action, values: tuple[str, ...], hit: Hit) -> Outcome:
    """Saved only after it is on stable storage."""
    try:
        receipt = capture.receive(state().store, what, values, hit, state().rules, now_ms())
    except REASONS as error:
        return Outcome(*refusal(error), None)
    return Outcome(HTTPStatus.OK, "", receipt)


def asked(what: Action, *wanted: str) -> tuple[Asked, BlockState]:
    """What was asked and how it stands; the reply speaks its language. `wanted` is a time of a calendar that is
    shown too, if it can be had. Raises Gone.
    """
    with state().store.read() as tx:
        found = capture.find(tx, what, now=now_ms(), wanted=wanted)
        if found is None:
            raise Gone
        stands = standing_of(tx, found, now_ms())
    language.speak(found.email.language)
    return found, stands


def speak(what: Action) -> None:
    """Speak the language of the message, where it can still be read."""
    try:
        asked(what)
    except (Gone, StoreUnavailable):
        return
