"""Renders the pages around one question: the question itself, the closed question, and the answer that could not be saved."""

from __future__ import annotations

import secrets
from functools import partial

import nh3
from flask import Response, make_response, render_template

from builder import personalise
from server.capture import Asked, evidence, left_open
from server.capture.block_state import BlockState
from server.capture.observation import PAGE_CHARACTERS
from server.web.page_cache import Holes, Key
from server.web.recipient import answer_messages
from server.web.recipient.masked_address import masked
from server.web.refusals import RETRY_SECONDS
from server.web.state import State, now_ms, state


def question(
    asked: Asked, standing: BlockState, token: str, marked: tuple[str, ...], notice: str, status: int, nonce: str = ""
) -> Response:
    """Render the question. `notice` is '', `unknown` (no option of the block), `empty` (nothing chosen), `taken` or `unavailable`.

    If the person has answered differently before, the page asks whether to change that answer, and only a press of the button changes it.
    """
    key = None if notice else page_key(asked, standing, marked)
    page = holes(state(), asked, token, nonce or new_page())
    body = state().page_cache.page(key, page, partial(_page, asked, standing, marked, notice))
    return make_response(body, status)


def page_key(asked: Asked, standing: BlockState, marked: tuple[str, ...]) -> Key | None:
    """Return the cache key of a question's page; None if the page depends on the person or the moment, such as on an earlier answer."""
    block = asked.block
    if standing.answer or not standing.open or block.slots or block.calendar or block.is_personal:
        return None
    if marked and not (len(marked) == 1 and block.option(marked[0])):
        return None
    return "question", asked.message["version_id"], asked.message["language"], block.name, marked


def holes(state: State, asked: Asked, token: str, nonce: str) -> Holes:
    """Return the values of the page that differ between recipients, for the page cache."""
    return {
        "token": token,
        "nonce": nonce,
        "address": masked(asked.message["address"]),
        "leave": leave(state, asked),
    }


def _page(asked: Asked, standing: BlockState, marked: tuple[str, ...], notice: str, holes: Holes) -> str:
    values = _values(standing)
    changes = bool(marked) and contradicts(asked, standing, marked)
    earlier = answer_messages.note(asked, standing) if not marked or marked != values else ""
    return render_template(
        "ask/ask.html",
        **holes,
        asked=asked,
        block=asked.block,
        keeps=marked[0] if len(marked) == 1 and not values and not notice and left_open.is_kept(asked.block) else "",
        marked=marked,
        answered=values,
        said=answer_messages.labels(asked, values),
        stands=_stands(asked, standing),
        contradicts=changes,
        notice=notice,
        taken=standing.taken,
        earlier=earlier,
        written=marked or _values(standing),
        parts={option.value: _part(asked, option.content) for option in asked.block.options if option.content},
    )


def new_page() -> str:
    """Make the nonce of a page that is opened from the mail."""
    return secrets.token_urlsafe(PAGE_CHARACTERS * 3 // 4)


def closed(asked: Asked, standing: BlockState, status: int = 200) -> Response:
    """Render the page of a closed question, with the person's answer."""
    said = answer_messages.labels(asked, _values(standing))
    body = render_template(
        "ask/closed.html", **holes(state(), asked, "", ""), asked=asked, block=asked.block, standing=standing, said=said
    )
    return make_response(body, status)


def unavailable(asked: Asked, standing: BlockState, token: str, values: tuple[str, ...], nonce: str) -> Response:
    """Render the question with a notice that the answer could not be saved and a button to try again (503).

    Keep the nonce: if a connection broke while PostgreSQL committed, the second try is a replay and stores no second answer.
    """
    reply = question(asked, standing, token, values, "unavailable", 503, nonce)
    reply.headers["Retry-After"] = str(RETRY_SECONDS)
    return reply


def contradicts(asked: Asked, standing: BlockState, marked: tuple[str, ...]) -> bool:
    """Return whether `marked` differs from an earlier answer that surely came from a person, if only one answer
    counts and it may be changed.
    """
    block, answer = asked.block, standing.answer
    if answer is None or block.many or block.limit or block.opens or block.answers != "latest":
        return False
    return set(marked) != set(answer.values) and evidence.is_sure(answer.grade, answer.verdict)


def _stands(asked: Asked, standing: BlockState) -> bool:
    """Return whether the block takes only one answer and already has it, surely from a person."""
    answer = standing.answer
    return bool(answer and asked.block.answers in ("first", "once") and evidence.is_sure(answer.grade, answer.verdict))


def _values(standing: BlockState) -> tuple[str, ...]:
    return standing.answer.values if standing.answer else ()


def _part(asked: Asked, content: str) -> str:
    """Render the HTML that a part opens, without tags and attributes that our page must not run."""
    return nh3.clean(
        personalise.html(content, asked.about), attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}
    )


def leave(state: State, asked: Asked) -> str:
    """Return the unsubscribe token, which every page of marketing mail carries; '' for other mail."""
    if asked.message["mail_class"] != "marketing":
        return ""
    return state.keyring.sign("unsubscribe", asked.contact_id, asked.message_id, "", now_ms() // 1000)
