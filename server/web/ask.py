"""The page an option leads to. GET asks, with the choice already marked; POST answers.

Nothing changes on GET or HEAD (RFC 9110 9.2.1): scanners fetch every link of a mail before its recipient does.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from builder.tokens import Action
from server import capture
from server.booking import offering
from server.capture import Closed, NotAnAnswer, Taken
from server.store import StoreUnavailable
from server.web import asking, forms, hits, taking
from server.web.state import now_ms, state
from server.web.tap import NONCE

room = Blueprint("ask", __name__)


@room.get("/a/<token>/")
@room.get("/a/<token>", strict_slashes=False)
@room.get("/a/<token>/<choice>")
def page(token: str, choice: str = "") -> Response:
    """The question with the choice marked. Writes a hit, never an answer; HEAD is the same without its body."""
    action = taking.action(token)
    asked, standing = taking.asked(action, choice)
    state().later.add(hits.read(request.environ, action, choice), now_ms())
    if not standing.open:
        return asking.closed(asked, standing)
    if choice and asked.block.calendar and not asked.block.option(choice) and offering.meant(choice):
        return asking.question(asked, standing, token, (), "taken", 200)
    if choice and not asked.block.option(choice):
        return asking.question(asked, standing, token, (), "unknown", 404)
    if choice in standing.taken:
        return asking.question(asked, standing, token, (), "taken", 200)
    return asking.question(asked, standing, token, (choice,) if choice else (), "", 200)


@room.post("/a/<token>")
@room.post("/a/<token>/<choice>")
def answer(token: str, choice: str = "") -> Response:
    """Takes the answer; 200 only after it is on stable storage. The path's choice serves forms without fields."""
    action = taking.action(token)
    form = forms.read()
    values = tuple(form.get("choice", ())) or ((choice,) if choice else ())
    nonce = form.get("nonce", [""])[0]
    if not NONCE.fullmatch(nonce):  # not from our page: ask, so that a person can still answer
        return _again(action, token, values, "", 400)
    hit = hits.read(request.environ, action, ",".join(values), nonce, form)
    try:
        receipt = capture.receive(state().store, action, values, hit, state().rules, now_ms())
    except StoreUnavailable:
        return asking.unavailable(*taking.asked(action), token, values, nonce)
    except NotAnAnswer:
        return _again(action, token, (), "unknown" if any(values) else "empty", 422)
    except Taken:
        return _again(action, token, (), "taken", 409)
    except Closed:
        return asking.closed(*taking.asked(action), 409)
    return asking.thanks(action, token, receipt, values, was_asked="asked" in form)


def _again(action: Action, token: str, values: tuple[str, ...], notice: str, status: int) -> Response:
    return asking.question(*taking.asked(action), token, values, notice, status)
