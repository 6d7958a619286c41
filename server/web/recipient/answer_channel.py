"""Opens tokens, and stores the answers that mail clients send by AMP, Gmail and cards, for the endpoint of each channel."""

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

OLDER_DAYS = 31  # mail clients stop showing an AMP part after this time; older parts carried the token of a link


class ChannelOutcome(NamedTuple):
    """The result of an answer from a mail client. `reason` is the name of an error for `answer_messages.not_saved`; '' if the answer was
    saved.
    """

    status: HTTPStatus
    reason: str
    receipt: Receipt | None


def action(token: str) -> Action:
    """Return the action in a token for answers. Raises TooMany, and Gone alike for unknown, altered and expired tokens."""
    return opened("answer", token)


def opened(purpose: Purpose, token: str) -> Action:
    """Return the action in a token of any purpose, with the same errors. Count against the limit for floods once per request."""
    now = now_ms()
    state().floods.check(token, request.environ, now)
    try:
        return state().keyring.read(purpose, token, now // 1000)
    except (TokenInvalid, TokenExpired) as error:
        raise Gone from error


def opened_in_mail(token: str) -> Action:
    """Return the action in the token of an AMP part. Raises Gone, TooMany.

    Until OLDER_DAYS after its signature it accepts the token of a link too, which older AMP parts carried.
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


def answer(what: Action, values: tuple[str, ...], hit: Hit) -> ChannelOutcome:
    """Store the answer and return the outcome, once the commit is on stable storage."""
    try:
        receipt = capture.receive(state().store, what, values, hit, state().rules, now_ms())
    except REASONS as error:
        return ChannelOutcome(*refusal(error), None)
    return ChannelOutcome(HTTPStatus.OK, "", receipt)


def asked(what: Action, *wanted: str) -> tuple[Asked, BlockState]:
    """Return the question of an action and its current state, and set the reply's language to the email's. Raises Gone.

    A time of a calendar in `wanted` is offered too, if it is free.
    """
    with state().store.read() as tx:
        found = capture.find(tx, what, now=now_ms(), wanted=wanted)
        if found is None:
            raise Gone
        stands = standing_of(tx, found, now_ms())
    language.speak(found.email.language)
    return found, stands


def speak(what: Action) -> None:
    """Set the reply's language to the message's; keep the default if the message cannot be read."""
    try:
        asked(what)
    except (Gone, StoreUnavailable):
        return
