"""Builds the OpenAPI 3.1 document from the table of endpoints, so that both always agree."""

from __future__ import annotations

from functools import cache
from typing import Any

from server import jsontext
from server.accounts.api_keys import SCOPES
from server.web.api.endpoint import Endpoint
from server.web.api.problems import MIMETYPE, PROBLEMS
from server.web.api.schema import Schema, array, integer, object_, string
from server.web.api.table import ENDPOINTS

Node = dict[str, Any]
ALWAYS = ("bad_parameter", "no_key", "wrong_scope", "too_often", "broken", "unavailable")
WITH_BODY = ("bad_json", "too_large", "not_json", "invalid")
TITLE = "Acto"
ABOUT = """Contacts, events, answers, leads, tasks, bookings, messages and webhooks as JSON.

Every call needs an API key (`Authorization: Bearer acto_…`) with the scope that the endpoint names. Dates with a time are RFC 3339
in UTC. Lists are paginated: send the value of `next` as `cursor` to read the next page. A write that is repeated with the same
`Idempotency-Key` within 24 hours takes effect once. Errors are problem documents (RFC 9457); `detail` says what to do.
"""
ERROR = object_(
    {
        "pointer": string("The field of the body, as a JSON Pointer (RFC 6901)."),
        "parameter": string("The name of the parameter or header, when the error is not in the body."),
        "detail": string("The reason, in a sentence."),
    },
    "detail",
)
PROBLEM = object_(
    {
        "type": string("The kind of problem: a link into this document."),
        "title": string("The kind of problem in a few words."),
        "status": integer("The HTTP status."),
        "detail": string("The cause, and what to do about it."),
        "errors": array(ERROR, "One entry for each field or parameter that is not valid."),
    },
    *("type", "title", "status", "detail"),
)
RETRY = {
    "Retry-After": {
        "description": "The number of seconds to wait before the next call.",
        "required": True,
        "schema": {"type": "integer"},
    }
}
HEADERS: dict[str, Node] = {
    "too_often": RETRY,
    "unavailable": RETRY,
    "no_key": {
        "WWW-Authenticate": {
            "description": "The challenge of RFC 6750.",
            "required": True,
            "schema": {"type": "string"},
        }
    },
}


@cache
def text(base_url: str) -> str:
    """Return the document as JSON."""
    return jsontext.dumps(make(base_url))


def make(base_url: str) -> Node:
    """Build the document for a server at `base_url`."""
    paths: Node = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": "1", "description": ABOUT},
        "servers": [{"url": f"{base_url.rstrip('/')}/api/v1"}],
        "paths": paths,
        "security": [{"key": []}],
        "components": {
            "schemas": {"Problem": PROBLEM},
            "responses": {name: _problem(name) for name in PROBLEMS},
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key, created on the page “API keys”.",
                }
            },
        },
    }


def problems_of(endpoint: Endpoint) -> list[str]:
    """Return the names of every problem that the endpoint may answer with, in the order of their statuses."""
    found = {*ALWAYS, *endpoint.problems}
    if endpoint.body:
        found |= {*WITH_BODY}
    if endpoint.writes:
        found |= {"other_request", "not_found"}
    if endpoint.arguments:
        found |= {"not_found"}
    return [name for name in PROBLEMS if name in found]


def _operation(endpoint: Endpoint) -> Node:
    operation: Node = {
        "operationId": endpoint.name,
        "summary": endpoint.title,
        "description": f"{endpoint.help}\n\nScope: `{endpoint.scope}`, to {SCOPES[endpoint.scope]}.".strip(),
        "tags": [endpoint.path.split("/")[1]],
        "parameters": [*_path(endpoint), *_query(endpoint), *(_NAME if endpoint.writes else ())],
        "responses": {str(endpoint.status): _done(endpoint), **_refused(endpoint)},
    }
    if endpoint.body:
        example = {} if endpoint.example is None else {"example": endpoint.example}
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": endpoint.body, **example}},
        }
    return operation


def _path(endpoint: Endpoint) -> list[Node]:
    pattern: Schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$", "minLength": 1}
    return [{"name": name, "in": "path", "required": True, "schema": pattern} for name in endpoint.arguments]


def _query(endpoint: Endpoint) -> list[Node]:
    return [
        {"name": name, "in": "query", "schema": row, "description": row["description"]}
        for name, row in endpoint.query.items()
    ]


def _done(endpoint: Endpoint) -> Node:
    if endpoint.reply is None:
        return {"description": "Success, without a body."}
    return {"description": "Success.", "content": {"application/json": {"schema": endpoint.reply}}}


def _refused(endpoint: Endpoint) -> Node:
    """Return one response for each status; several kinds of problem may share one."""
    by_status: dict[str, list[str]] = {}
    for name in problems_of(endpoint):
        by_status.setdefault(str(PROBLEMS[name].status), []).append(name)
    return {
        status: {"$ref": f"#/components/responses/{names[0]}"} if len(names) == 1 else _problem(*names)
        for status, names in by_status.items()
    }


def _problem(*names: str) -> Node:
    headers = HEADERS.get(names[0])
    return {
        "description": " ".join(f"{PROBLEMS[name].title}. {PROBLEMS[name].detail}" for name in names),
        "content": {MIMETYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        **({"headers": headers} if headers else {}),
    }


_NAME: tuple[Node, ...] = (
    {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$", "minLength": 1, "maxLength": 255},
        "description": "A value of your choice for this operation. A call repeated with the same value takes effect once.",
    },
)
