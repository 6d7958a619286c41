"""The pages around one question: asked, thanked, closed, and what to do when an answer could not be saved."""

from __future__ import annotations

import secrets
from typing import Any

import nh3
from flask import Response, make_response, render_template

from builder import personalise
from builder.blocks import DECLARATIONS
from builder.tokens import Action
from server.booking import following
from server.capture import Asked, Receipt, evidence, judging
from server.capture.asked import ask, live
from server.capture.block_state import BlockState
from server.store import StoreUnavailable
from server.web import saying, taking
from server.web.addresses import masked
from server.web.state import now_ms, state
from server.web.tap import RETRY_SECONDS


def question(
    asked: Asked, standing: BlockState, token: str, marked: tuple[str, ...], notice: str, status: int, nonce: str = ""
) -> Response:
    """`notice` is empty, `unknown` (no option of the block), `empty` (nothing chosen), `taken` or `unavailable`.

    Who has answered otherwise before is asked whether to change it: nothing but a button then answers.
    """
    values = _values(standing)
    earlier = saying.note(asked, standing) if not marked or marked != values else ""
    shared = _shared(asked, token, nonce)
    body = render_template(
        "ask/ask.html",
        **{**shared, "old": shared["old"] and not values},
        marked=marked,
        answered=values,
        said=saying.labels(asked, values),
        stands=_stands(asked, standing),
        contradicts=bool(marked) and _contradicts(asked, standing, marked),
        notice=notice,
        taken=standing.taken,
        earlier=earlier,
        written=marked or _values(standing),
        parts={option.value: _part(asked, option.content) for option in asked.block.options if option.content},
    )
    return make_response(body, status)


def thanks(action: Action, token: str, receipt: Receipt, sent: tuple[str, ...], was_asked: bool = False) -> Response:
    """`sent` is what was just answered, which need not be what counts; `was_asked`, on a page that said so.

    It is stored by now, so nothing below may say otherwise: what cannot be read leaves a shorter page."""
    try:
        asked, standing = taking.asked(action)
    except StoreUnavailable:
        return make_response(render_template("ask/saved.html"), 200)
    values = receipt.answer.values
    others = [] if asked.block.answers == "once" else [o for o in asked.block.options if o.value not in values]
    body = render_template(
        "ask/thanks.html",
        **_shared(asked, token),
        values=values,
        said=saying.labels(asked, values),
        kept=receipt.kept,
        booked=bool(asked.block.calendar and not receipt.kept and following.chosen(asked.block, values)),
        sent=sent if receipt.kept and _contradicts(asked, standing, sent) else (),
        was_asked=was_asked,
        others=others,
        written=values,
        taken=standing.taken,
        next=_next(asked, receipt.following),
    )
    return make_response(body, 200)


def closed(asked: Asked, standing: BlockState, status: int = 200) -> Response:
    said = saying.labels(asked, _values(standing))
    body = render_template("ask/closed.html", **_shared(asked, ""), standing=standing, said=said)
    return make_response(body, status)


def unavailable(asked: Asked, standing: BlockState, token: str, values: tuple[str, ...], nonce: str) -> Response:
    """Never a false thank-you: the answer is not stored, and the page says so and offers to try again.

    With the same nonce: if a connection broke while PostgreSQL committed, the second try is a replay and no second answer.
    """
    reply = question(asked, standing, token, values, "unavailable", 503, nonce)
    reply.headers["Retry-After"] = str(RETRY_SECONDS)
    return reply


def _shared(asked: Asked, token: str, nonce: str = "") -> dict[str, Any]:
    return {
        "asked": asked,
        "block": asked.block,
        "token": token,
        "nonce": nonce or secrets.token_urlsafe(18),
        "one_tap": DECLARATIONS[f"ac-{asked.block.kind}"].one_tap and (asked.block.opens or not asked.block.many),
        "old": now_ms() - judging.sent_at(asked.message) > max(state().rules.hold_ms, state().rules.early_ms),
        "address": masked(asked.message["address"]),
        "leave": _leave(asked),
    }


def _contradicts(asked: Asked, standing: BlockState, marked: tuple[str, ...]) -> bool:
    """Whether somebody sure has answered otherwise, where one answer counts and may be changed."""
    block, answer = asked.block, standing.answer
    if answer is None or block.many or block.limit or block.opens or block.answers != "latest":
        return False
    return set(marked) != set(answer.values) and evidence.is_sure(answer.grade, answer.verdict)


def _stands(asked: Asked, standing: BlockState) -> bool:
    """Whether the block takes one answer and has it."""
    answer = standing.answer
    return bool(answer and asked.block.answers in ("first", "once") and evidence.is_sure(answer.grade, answer.verdict))


def _values(standing: BlockState) -> tuple[str, ...]:
    return standing.answer.values if standing.answer else ()


def _part(asked: Asked, content: str) -> str:
    """A part's HTML on our page: what its author wrote, without what a page of ours would not run anyway."""
    return nh3.clean(
        personalise.html(content, asked.about), attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}
    )


def _leave(asked: Asked) -> str:
    """The way out of the list stands on every page that marketing leads to."""
    if asked.message["mail_class"] != "marketing":
        return ""
    return state().keyring.sign("unsubscribe", asked.contact_id, asked.message_id, "", now_ms() // 1000)


def _next(asked: Asked, name: str | None) -> tuple[Asked, str] | None:
    """The next question of the same message, and its token."""
    found = ask(asked.message, asked.email, name) if name else None
    if found is None:
        return None
    if found.block.calendar:
        with state().store.read() as tx:
            found = live(tx, found, now_ms())
    return found, state().keyring.sign("answer", asked.contact_id, asked.message_id, found.block.name, now_ms() // 1000)
