"""Why a call was not done: problem+json (RFC 9457), every kind of it in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import Response

from server import jsontext
from server.web.recipient.refusals import RETRY_SECONDS
from server.web.state import state

MIMETYPE = "application/problem+json"


class Kind(NamedTuple):
    """`detail` is said where nobody knows more."""

    status: int
    title: str
    detail: str


PROBLEMS: Mapping[str, Kind] = {
    "bad_json": Kind(400, "The body is not JSON", "Send a JSON object in UTF-8, with Content-Type: application/json."),
    "bad_parameter": Kind(400, "A parameter is wrong", "Mend the parameters that `errors` names and call again."),
    "no_key": Kind(401, "There is no key that lets in", "Send a key as a header: Authorization: Bearer acto_…"),
    "wrong_scope": Kind(
        403, "The key may not do this", "Make a key with the scope this needs, on the page “API keys”."
    ),
    "not_found": Kind(404, "It is not here", "It never was, or it was erased. Check the id."),
    "wrong_method": Kind(405, "The path takes other methods", "Use one of those in the header Allow."),
    "conflict": Kind(409, "It cannot be done as things stand", "Read how it stands now, then decide anew."),
    "too_large": Kind(413, "The body is too large", "Send less at once."),
    "not_json": Kind(415, "The body must be JSON", "Send the header Content-Type: application/json."),
    "invalid": Kind(422, "The body does not fit", "Mend the fields that `errors` names and call again."),
    "other_request": Kind(
        422,
        "The Idempotency-Key was used for another call",
        "This key of idempotency stands for a call with another path, parameter or body. Use a new one for each thing to do.",
    ),
    "too_often": Kind(429, "Too many calls", "Wait as long as Retry-After says, then go on."),
    "broken": Kind(500, "Something is wrong inside", "Nothing was done. The server's log says what happened."),
    "unavailable": Kind(503, "The database cannot be reached", "Nothing was done. Call again in a few seconds."),
}


class Problem(Exception):
    """Raised by whoever finds it; inside a transaction it undoes what was done there."""

    def __init__(
        self,
        name: str,
        detail: str = "",
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(name, detail)
        self.name, self.detail, self.errors, self.headers = name, detail, errors, headers or {}


def field(pointer: str, detail: str) -> Problem:
    """One field of the body that cannot be; `pointer` as RFC 6901 has it."""
    return Problem("invalid", errors=[{"pointer": pointer, "detail": detail}])


def response(problem: Problem) -> Response:
    """`type` leads into the document that describes the API, to this kind of problem."""
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
