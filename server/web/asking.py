"""The pages around one question: asked, thanked, closed, and what to do when an answer could not be saved."""

from __future__ import annotations

import secrets
from typing import Any

import nh3
from flask import Response, make_response, render_template

from builder import personalise
from builder.tokens import Action
from server.booking import adding, following, offering
from server.capture import Asked, Receipt, evidence, left_open
from server.capture.asked import ask, live
from server.capture.block_state import BlockState
from server.capture.observation import PAGE_CHARACTERS
from server.store import StoreUnavailable
from server.web import saying, taking
from server.web.addresses import masked
from server.web.state import now_ms, state
from server.web.tap import NONCE, RETRY_SECONDS


def question(
    asked: Asked, standing: BlockState, token: str, marked: tuple[str, ...], notice: str, status: int, nonce: str = ""
) -> Response:
    """`notice` is empty, `unknown` (no option of the block), `empty` (nothing chosen), `taken` or `unavailable`.

    Who has answered otherwise before is asked whether to change it: nothing but a button then answers.
    """
    values = _values(standing)
    contradicts = bool(marked) and _contradicts(asked, standing, marked)
    earlier = saying.note(asked, standing) if not marked or marked != values else ""
    body = render_template(
        "ask/ask.html",
        **_shared(asked, token, nonce or new_page()),
        keeps=marked[0] if len(marked) == 1 and not values and not notice and left_open.is_kept(asked.block) else "",
        marked=marked,
        answered=values,
        said=saying.labels(asked, values),
        stands=_stands(asked, standing),
        contradicts=contradicts,
        notice=notice,
        taken=standing.taken,
        earlier=earlier,
        written=marked or _values(standing),
        parts={option.value: _part(asked, option.content) for option in asked.block.options if option.content},
    )
    return make_response(body, status)


def thanks(
    action: Action, token: str, receipt: Receipt, sent: tuple[str, ...], nonce: str, was_asked: bool = False
) -> Response:
    """`sent` is what was just answered, which need not be what counts; `was_asked`, on a page that said so.

    It is stored by now, so nothing below may say otherwise: what cannot be read leaves a shorter page. Further answers carry the
    `nonce` of the page that was opened from the mail, since on one page a person changes as often as they like.
    """
    try:
        asked, standing = taking.asked(action)
    except StoreUnavailable:
        return make_response(render_template("ask/saved.html"), 200)
    values = receipt.answer.values
    booked = bool(asked.block.calendar and not receipt.kept and following.chosen(asked.block, values))
    open_ = _offering(asked, receipt.open)
    others = [] if asked.block.answers == "once" else [o for o in asked.block.options if o.value not in values]
    body = render_template(
        "ask/thanks.html",
        **_shared(asked, token, same_page(nonce)),
        values=values,
        said=saying.labels(asked, values),
        kept=receipt.kept,
        booked=_appointment(asked) if booked else None,
        sent=sent if receipt.kept and _contradicts(asked, standing, sent) else (),
        was_asked=was_asked,
        others=others,
        written=values,
        taken=standing.taken,
        left=len(open_),
        told=_told(asked, values),
        next=_with_token(open_[0]) if open_ else None,
    )
    return make_response(body, 200)


def withdrawn(action: Action, token: str, receipt: Receipt, nonce: str) -> Response:
    """The page after a person took their answer back, or after nobody could tell that it was them."""
    asked, standing = taking.asked(action)
    body = render_template(
        "ask/withdrawn.html",
        **_shared(asked, token, same_page(nonce)),
        done=receipt.answer.values == (),
        said=saying.labels(asked, receipt.answer.values),
        taken=standing.taken,
        written=(),
    )
    return make_response(body, 200)


def new_page() -> str:
    """The nonce of a page that is opened from the mail."""
    return secrets.token_urlsafe(PAGE_CHARACTERS * 3 // 4)


def same_page(nonce: str) -> str:
    """A nonce for another answer from a page that was opened before; a new page's for what names none."""
    page = nonce[:PAGE_CHARACTERS]
    return page + secrets.token_urlsafe(9) if len(page) == PAGE_CHARACTERS and NONCE.fullmatch(nonce) else new_page()


def _told(asked: Asked, values: tuple[str, ...]) -> list[str]:
    """What the author says happens now, after these answers."""
    if not values:
        return []
    chosen = [asked.block.option(value) for value in values]
    own = [option.thanks for option in chosen if option and option.thanks]
    return [asked.text(each) for each in own or [asked.block.thanks] if each]


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
        "nonce": nonce,
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


def _offering(asked: Asked, names: tuple[str, ...]) -> list[Asked]:
    """The questions of these names that have something to choose: a calendar without a free time is not asked about."""
    found = [each for name in names if (each := ask(asked.message, asked.email, name))]
    if not any(each.block.calendar for each in found):
        return found
    with state().store.read() as tx:
        found = [live(tx, each, now_ms()) for each in found]
    return [each for each in found if not each.block.calendar or any(map(offering.meant, each.labels))]


def _with_token(asked: Asked) -> tuple[Asked, str]:
    """A question of the same message, and the token that answers it."""
    name = asked.block.name
    return asked, state().keyring.sign("answer", asked.contact_id, asked.message_id, name, now_ms() // 1000)


def _appointment(asked: Asked) -> dict[str, Any] | None:
    """The page of a time that was just taken, and the ways to put it into one's own calendar."""
    with state().store.read() as tx:
        booking = following.of(tx, asked.message, asked.block)
    if booking is None or booking["state"] != "booked":
        return None
    token = state().keyring.sign("booking", asked.contact_id, booking["id"], "", now_ms() // 1000)
    url = f"{state().settings.base_url.rstrip('/')}/b/{token}"
    return {"url": url, "entry": f"{url}/entry.ics", "links": adding.links(booking, url)}
