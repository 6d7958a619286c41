"""Renders the page after an answer, with the next question or the author's words, and the page after a withdrawal."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from flask import Response, make_response, render_template

from builder import times
from builder.tokens import Action
from server.booking import adding, answer_booking
from server.capture import Asked, Receipt
from server.capture.asked import ask, live
from server.capture.block_state import BlockState
from server.capture.observation import PAGE_CHARACTERS
from server.store import StoreUnavailable
from server.web import language
from server.web.hits import NONCE
from server.web.page_cache import Holes, Key
from server.web.recipient import answer_channel, answer_messages, answer_pages
from server.web.state import State, now_ms, state


def thanks(
    action: Action, token: str, receipt: Receipt, sent: tuple[str, ...], nonce: str, was_asked: bool = False
) -> Response:
    """Render the page after an answer. `sent` are the values just sent, which may not be the ones that count; `was_asked`: the page had
    asked whether to change the answer.

    The answer is already stored, so a failure below yields a shorter page and no error. Further answers from this page continue the
    `nonce` of the page opened from the mail, since a person may change their answer on one page as often as they like.
    """
    key, asked, standing = page_key(receipt), receipt.asked, BlockState()
    language.speak(asked.email.language)
    try:
        if key is None:
            asked, standing = answer_channel.asked(action)
        open_ = _offering(asked, receipt.open)
    except StoreUnavailable:
        return make_response(render_template("ask/saved.html"), 200)
    following_ = open_[0].block.name if open_ else ""
    page = holes(state(), asked, token, nonce, following_)
    render = partial(_page, asked, standing, receipt, open_, sent, was_asked)
    return make_response(state().page_cache.page(key, page, render), 200)


def copy(state: State, receipt: Receipt, token: str, nonce: str) -> str | None:
    """Return the page after an answer if it is cached, else None."""
    following = receipt.following or ""
    return state.page_cache.of(page_key(receipt), holes(state, receipt.asked, token, nonce, following))


def page_key(receipt: Receipt) -> Key | None:
    """Return the cache key of the page after an answer; None if the page depends on the person or the moment."""
    asked, values = receipt.asked, receipt.answer.values
    open_ = [asked.email.blocks[name] for name in receipt.open]
    live = any(block.calendar or block.slots for block in (asked.block, *open_))
    if receipt.kept or live or asked.block.limit or asked.block.is_personal or any(b.is_personal for b in open_[:1]):
        return None
    name = asked.message["version_id"], asked.message["language"], asked.block.name
    return "thanks", *name, values, receipt.following, len(open_)


def holes(state: State, asked: Asked, token: str, nonce: str, following: str) -> Holes:
    """Return the values of the page that differ between recipients. `following` is the name of the next question, '' for none."""
    now = now_ms() // 1000
    next_ = state.keyring.sign("answer", asked.contact_id, asked.message_id, following, now) if following else ""
    return {**answer_pages.holes(state, asked, token, same_page(nonce)), "next_token": next_}


def same_page(nonce: str) -> str:
    """Make the nonce of a further answer from the page with `nonce`; that of a new page if `nonce` is not one of ours."""
    page = nonce[:PAGE_CHARACTERS]
    named = len(page) == PAGE_CHARACTERS and NONCE.fullmatch(nonce)
    return page + secrets.token_urlsafe(9) if named else answer_pages.new_page()


def _page(
    asked: Asked,
    standing: BlockState,
    receipt: Receipt,
    open_: list[Asked],
    sent: tuple[str, ...],
    was_asked: bool,
    holes: Holes,
) -> str:
    values = receipt.answer.values
    booked = bool(asked.block.calendar and not receipt.kept and answer_booking.chosen(asked.block, values))
    others = [] if asked.block.answers == "once" else [o for o in asked.block.options if o.value not in values]
    return render_template(
        "ask/thanks.html",
        **holes,
        asked=asked,
        block=asked.block,
        values=values,
        said=answer_messages.labels(asked, values),
        kept=receipt.kept,
        booked=_appointment(asked) if booked else None,
        sent=sent if receipt.kept and answer_pages.contradicts(asked, standing, sent) else (),
        was_asked=was_asked,
        others=others,
        written=values,
        taken=standing.taken,
        left=len(open_),
        told=_told(asked, values),
        next=(open_[0], holes["next_token"]) if open_ else None,
    )


def withdrawn(action: Action, token: str, receipt: Receipt, nonce: str) -> Response:
    """Render the page after a withdrawal, done or refused because the request could not be attributed to the person."""
    asked, standing = answer_channel.asked(action)
    body = render_template(
        "ask/withdrawn.html",
        **answer_pages.holes(state(), asked, token, same_page(nonce)),
        asked=asked,
        block=asked.block,
        done=receipt.answer.values == (),
        said=answer_messages.labels(asked, receipt.answer.values),
        taken=standing.taken,
        written=(),
    )
    return make_response(body, 200)


def _told(asked: Asked, values: tuple[str, ...]) -> list[str]:
    """Return the author's texts about what happens after these answers."""
    if not values:
        return []
    chosen = [asked.block.option(value) for value in values]
    own = [option.thanks for option in chosen if option and option.thanks]
    return [asked.text(each) for each in own or [asked.block.thanks] if each]


def _offering(asked: Asked, names: tuple[str, ...]) -> list[Asked]:
    """Return the questions of these names that offer a choice; leave out a calendar without a free time."""
    found = [each for name in names if (each := ask(asked.message, asked.email, name))]
    if not any(each.block.calendar for each in found):
        return found
    with state().store.read() as tx:
        found = [live(tx, each, now_ms()) for each in found]
    return [each for each in found if not each.block.calendar or any(map(times.slot_start, each.labels))]


def _appointment(asked: Asked) -> dict[str, Any] | None:
    """Return the link of an appointment just booked and the links to add it to a calendar; None if there is none."""
    with state().store.read() as tx:
        booking = answer_booking.of(tx, asked.message, asked.block)
    if booking is None or booking["state"] != "booked":
        return None
    token = state().keyring.sign("booking", asked.contact_id, booking["id"], "", now_ms() // 1000)
    url = f"{state().settings.base_url.rstrip('/')}/b/{token}"
    return {"url": url, "entry": f"{url}/entry.ics", "links": adding.links(booking, url)}
