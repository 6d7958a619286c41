"""Runs every call of the API: checks key, parameters and body, runs the endpoint in one transaction, and writes the reply or a problem."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import HTTPException

from server import idempotency, jsontext
from server.store import Session, StoreUnavailable, new_id
from server.web.api import document, exporting, key, problems, reading, strays
from server.web.api.endpoint import Call, Endpoint
from server.web.api.problems import ApiProblem
from server.web.api.table import ENDPOINTS
from server.web.state import now_ms, state

room = Blueprint("api", __name__, url_prefix="/api/v1")
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
NAME = re.compile(r"[\x21-\x7e]{1,255}")  # an Idempotency-Key
_log = logging.getLogger(__name__)
Kept = tuple[int, str, bool]  # status, body, and whether it is the stored reply of an earlier call


@room.get("/openapi.json", provide_automatic_options=False)
def describe() -> Response:
    """Return the OpenAPI document. Needs no key, because it contains no data."""
    return Response(document.text(state().settings.base_url), mimetype="application/json")


@room.route("/", defaults={"rest": ""}, methods=METHODS, provide_automatic_options=False)
@room.route("/<path:rest>", methods=METHODS, provide_automatic_options=False)
def nowhere(rest: str) -> Response:
    """Refuse a path without an endpoint, or a method that its endpoint does not take."""
    raise strays.nowhere(request.path)


def answered(endpoint: Endpoint, given: dict[str, str]) -> Response:
    """Check a call, run its endpoint and return the reply. Raises Problem."""
    request.max_content_length = endpoint.most_bytes
    name = _name(endpoint)
    call = Call(
        key=g.key,
        now=now_ms(),
        state=state(),
        path=reading.path(endpoint, given),
        query=reading.query(endpoint, request),
        body=reading.body(endpoint, request),
        nonce=_nonce(g.key.id, name),
    )
    if endpoint.prepare:
        call = replace(call, prepared=endpoint.prepare(call))
    if endpoint.writes:
        status, body, again = _written(endpoint, call, name)
    else:
        exporting.note(endpoint, call)
        with call.state.store.read() as tx:
            status, body, again = endpoint.status, jsontext.dumps(endpoint.does(tx, call)), False
    reply = Response(body, status, mimetype="application/json")
    if again:
        reply.headers["Idempotency-Replayed"] = "true"
    if status == 204:
        del reply.headers["Content-Type"]
    return reply


def _written(endpoint: Endpoint, call: Call, name: str) -> Kept:
    """Run a writing endpoint. The effect and the stored reply share one transaction, so that a call repeated with its Idempotency-Key
    takes effect once.
    """
    asked = _fingerprint()

    def work(tx: Session) -> Kept:
        before = idempotency.claim(tx, call.key.id, name, asked, call.now) if name else None
        if before:
            return _again(before)
        made = endpoint.does(tx, call)
        body = "" if made is None else jsontext.dumps(made)
        if name:
            about = str(made.get(endpoint.about) or "") if isinstance(made, dict) else ""
            idempotency.keep(tx, call.key.id, name, about, endpoint.status, body)
        return endpoint.status, body, False

    return call.state.store.write(work)


def _again(before: idempotency.Kept) -> Kept:
    if not before.same:
        raise ApiProblem("other_request")
    if before.erased:
        raise ApiProblem(
            "not_found", "An earlier call with this Idempotency-Key succeeded; its contact has been erased since."
        )
    return before.status, before.body, True


def _name(endpoint: Endpoint) -> str:
    """Return the call's Idempotency-Key, '' for none. Raises Problem."""
    name = request.headers.get("Idempotency-Key") if endpoint.writes else None
    if name is None:
        return ""
    if not NAME.fullmatch(name):
        detail = "This must be 1 to 255 visible ASCII characters."
        raise ApiProblem("bad_parameter", errors=[{"parameter": "Idempotency-Key", "detail": detail}])
    return name


def _nonce(key_id: str, name: str) -> str:
    return f"api-{hashlib.sha256(f'{key_id} {name}'.encode()).hexdigest()[:40]}" if name else f"api-{new_id(now_ms())}"


def _fingerprint() -> str:
    asked = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    return hashlib.sha256(asked).hexdigest()


@room.errorhandler(ApiProblem)
def _problem(problem: ApiProblem) -> Response:
    return problems.response(problem)


@room.errorhandler(StoreUnavailable)
def _unavailable(error: StoreUnavailable) -> Response:
    _log.error("the store is unavailable: %s", error.reason)
    return problems.response(ApiProblem("unavailable"))


@room.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    return strays.refused(error)


@room.errorhandler(Exception)
def _broken(error: Exception) -> Response:
    _log.exception("%s failed", request.endpoint)
    return problems.response(ApiProblem("broken"))


def _view(endpoint: Endpoint) -> Callable[..., Response]:
    def view(**given: Any) -> Response:
        return answered(endpoint, given)

    return view


for each in ENDPOINTS:
    rule = re.sub(r"\{(\w+)\}", r"<\1>", each.path)
    room.add_url_rule(rule, each.name, _view(each), methods=[each.method], provide_automatic_options=False)
OPEN = {"api.describe": key.OPEN, "api.nowhere": key.ANY}
key.guard(room, {**OPEN, **{f"api.{each.name}": each.scope for each in ENDPOINTS}})
