"""Serves the page behind each option of a mail: GET shows the question with the option marked, POST stores the answer.

GET and HEAD change nothing (RFC 9110 9.2.1), because scanners fetch every link of a mail before its recipient does.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from builder import times
from builder.tokens import Action
from server import capture
from server.capture import Asked, Closed, NotAnAnswer, Receipt, TimeTaken
from server.capture.block_state import BlockState
from server.capture.receive import standing_receipt
from server.store import StoreUnavailable
from server.web import forms, hits, page_visits, reply
from server.web.recipient import answer_channel, answer_pages, thank_you_page
from server.web.state import now_ms, state

room = Blueprint("ask", __name__)


@room.get("/a/<token>/")
@room.get("/a/<token>", strict_slashes=False)
@room.get("/a/<token>/<choice>")
@room.get("/a/<token>/<choice>/")
def page(token: str, choice: str = "") -> Response:
    """Show the question with the choice marked. Buffer a hit, never an answer; HEAD does the same without a body."""
    action = answer_channel.action(token)
    asked, standing = answer_channel.asked(action, choice)
    nonce = answer_pages.new_page()
    cookie = page_visits.opened(state(), request.environ, action, choice, nonce)
    reply = _question(asked, standing, token, choice, nonce)
    if cookie:
        reply.headers.add("Set-Cookie", cookie)
    return reply


def _question(asked: Asked, standing: BlockState, token: str, choice: str, nonce: str) -> Response:
    if not standing.open:
        return answer_pages.closed(asked, standing)
    if choice and asked.block.calendar and not asked.block.option(choice) and times.slot_start(choice):
        return answer_pages.question(asked, standing, token, (), "taken", 200, nonce)
    if choice and not asked.block.option(choice):
        return answer_pages.question(asked, standing, token, (), "unknown", 404, nonce)
    if choice in standing.taken:
        return answer_pages.question(asked, standing, token, (), "taken", 200, nonce)
    return answer_pages.question(asked, standing, token, (choice,) if choice else (), "", 200, nonce)


@room.post("/a/<token>")
@room.post("/a/<token>/<choice>")
def answer(token: str, choice: str = "") -> Response:
    """Store the answer; reply 200 only after the commit is on stable storage. The path's choice serves forms without fields."""
    action = answer_channel.action(token)
    form = forms.read()
    values = tuple(form.get("choice", ())) or ((choice,) if choice else ())
    nonce = form.get("nonce", [""])[0]
    if not hits.NONCE.fullmatch(nonce):  # not sent from our page: show the question, so that a person can still answer
        return _again(action, token, values, "", 400)
    hit = hits.read(request.environ, action, ",".join(values), nonce, form)
    try:
        stored = request.environ.get(reply.OUTCOME)
        if stored is None:
            receipt = capture.receive(state().store, action, values, hit, state().rules, now_ms())
        else:
            receipt = capture.received(stored())
    except StoreUnavailable:
        return answer_pages.unavailable(*answer_channel.asked(action), token, values, nonce)
    except NotAnAnswer:
        return _again(action, token, (), "unknown" if any(values) else "empty", 422)
    except TimeTaken:
        return _again(action, token, (), "taken", 409)
    except Closed:
        return answer_pages.closed(*answer_channel.asked(action), 409)
    return thank_you_page.thanks(action, token, receipt, values, nonce, was_asked="asked" in form)


@room.get("/a/<token>/-/saved")
def saved(token: str) -> Response:
    """Show the page after an answer. Our script goes here once it has stored the answer, since it got JSON and no page."""
    action = answer_channel.action(token)
    asked, standing = answer_channel.asked(action)
    sent, nonce = tuple(request.args.getlist("sent")), request.args.get("page", "")
    with state().store.read() as tx:
        receipt: Receipt | None = standing_receipt(tx, asked, sent, now_ms())
    if receipt is None:
        return answer_pages.question(asked, standing, token, (), "", 200)
    return thank_you_page.thanks(action, token, receipt, sent, nonce, was_asked="asked" in request.args)


@room.post("/a/<token>/-/withdraw")
def withdraw(token: str) -> Response:
    """Withdraw the person's answer; the score and the flows that follow from it are corrected."""
    action = answer_channel.action(token)
    form = forms.read()
    nonce = form.get("nonce", [""])[0]
    if not hits.NONCE.fullmatch(nonce):
        return _again(action, token, (), "", 400)
    hit = hits.read(request.environ, action, "", nonce, form)._replace(purpose="withdraw")
    try:
        receipt = capture.receive(state().store, action, (), hit, state().rules, now_ms())
    except StoreUnavailable:
        return answer_pages.unavailable(*answer_channel.asked(action), token, (), nonce)
    except Closed:
        return answer_pages.closed(*answer_channel.asked(action), 409)
    return thank_you_page.withdrawn(action, token, receipt, nonce)


def _again(action: Action, token: str, values: tuple[str, ...], notice: str, status: int) -> Response:
    return answer_pages.question(*answer_channel.asked(action), token, values, notice, status)
