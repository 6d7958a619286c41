"""Defines every kind of refusal of the API in one table, and writes one as problem+json (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import Response

from server import jsontext
from server.web.refusals import RETRY_SECONDS
from server.web.state import state

MIMETYPE = "application/problem+json"


class Kind(NamedTuple):
    """A kind of problem. `detail` is used if the Problem has none of its own."""

    status: int
    title: str
    detail: str


PROBLEMS: Mapping[str, Kind] = {
    "bad_json": Kind(
        400, "The body is not valid JSON", "Send a JSON object in UTF-8, with Content-Type: application/json."
    ),
    "bad_parameter": Kind(400, "A parameter is not valid", "Correct the parameters listed in `errors` and call again."),
    "no_key": Kind(
        401, "The API key is missing or not valid", "Send an active key in the header: Authorization: Bearer acto_…"
    ),
    "wrong_scope": Kind(
        403, "The key lacks the scope", "Create a key with the scope this call needs, on the page “API keys”."
    ),
    "not_found": Kind(404, "Not found", "Nothing has this id: it never existed, or it was erased. Check the id."),
    "wrong_method": Kind(405, "Method not allowed", "Use a method listed in the header Allow."),
    "conflict": Kind(
        409, "The current state does not allow this", "Read the resource again, then decide whether to repeat the call."
    ),
    "too_large": Kind(413, "The body is too large", "Send a smaller body, or split it into several calls."),
    "not_json": Kind(415, "The body must be sent as JSON", "Send the header Content-Type: application/json."),
    "invalid": Kind(422, "A field of the body is not valid", "Correct the fields listed in `errors` and call again."),
    "other_request": Kind(
        422,
        "The Idempotency-Key was used for another call",
        "An earlier call with this Idempotency-Key had another path, parameter or body. Use a new key for each operation.",
    ),
    "too_often": Kind(429, "Too many calls", "Wait the seconds given in the header Retry-After, then call again."),
    "broken": Kind(
        500, "Internal error", "The call failed and changed nothing. The operator finds the cause in the server's log."
    ),
    "unavailable": Kind(
        503, "The database cannot be reached", "The call changed nothing. Repeat it after the seconds in Retry-After."
    ),
}


class ApiProblem(Exception):
    """The refusal of a call, of the kind `name`. Raised inside a transaction, it rolls that back."""

    def __init__(
        self,
        name: str,
        detail: str = "",
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(name, detail)
        self.name, self.detail, self.errors, self.headers = name, detail, errors, headers or {}


def field(pointer: str, detail: str) -> ApiProblem:
    """Make the Problem of one invalid field of the body; `pointer` is a JSON Pointer (RFC 6901)."""
    return ApiProblem("invalid", errors=[{"pointer": pointer, "detail": detail}])


def response(problem: ApiProblem) -> Response:
    """Write the problem. `type` links to its kind in the OpenAPI document."""
    kind = PROBLEMS[problem.name]
    body: dict[str, Any] = {
        "type": f"{state().settings.base_url.rstrip('/')}/api/v1/openapi.json#/components/responses/{problem.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail or kind.detail,
    }
    if problem.errors:
        body["errors"] = list(problem.errors)
    reply = Response(jsontext.dumps(body), kind.status, mimetype=MIMETYPE)
    if problem.name == "unavailable":
        reply.headers["Retry-After"] = str(RETRY_SECONDS)
    reply.headers.update(problem.headers)
    return reply
