"""The OpenAPI 3.1 document, made from the table of endpoints: what is not declared there is not here."""

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

Every call needs a key (`Authorization: Bearer acto_…`) with the scope that the endpoint names. Moments are RFC 3339 in UTC.
Lists come in pages: send `next` as `cursor` for the one after. A write with an `Idempotency-Key` is done once, however often it
is sent within 24 hours. What goes wrong is a problem (RFC 9457) whose `detail` says what to do.
"""
ERROR = object_(
    {
        "pointer": string("The field of the body, as a JSON pointer (RFC 6901)."),
        "parameter": string("Or the parameter."),
        "detail": string("What is wrong with it."),
    },
    "detail",
)
PROBLEM = object_(
    {
        "type": string("Which kind of problem: a place in this document."),
        "title": string("The kind in words."),
        "status": integer("The status of the reply."),
        "detail": string("What happened, where, and what to do."),
        "errors": array(ERROR, "Each field or parameter that is wrong."),
    },
    *("type", "title", "status", "detail"),
)
RETRY = {"Retry-After": {"description": "Seconds to wait.", "required": True, "schema": {"type": "integer"}}}
HEADERS: dict[str, Node] = {
    "too_often": RETRY,
    "unavailable": RETRY,
    "no_key": {"WWW-Authenticate": {"description": "RFC 6750.", "required": True, "schema": {"type": "string"}}},
}


@cache
def text(base_url: str) -> str:
    return jsontext.dumps(make(base_url))


def make(base_url: str) -> Node:
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
                "key": {"type": "http", "scheme": "bearer", "description": "A key of the page “API keys”."}
            },
        },
    }


def problems_of(endpoint: Endpoint) -> list[str]:
    """Every problem it may answer with, in the order of their statuses."""
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
        "description": f"{endpoint.help}\n\nScope: `{endpoint.scope}`, to {SCOPES[endpoint.scope]['en']}.".strip(),
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
        return {"description": "Done."}
    return {"description": "Done.", "content": {"application/json": {"schema": endpoint.reply}}}


def _refused(endpoint: Endpoint) -> Node:
    """One reply for each status; several kinds of problem may share one."""
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
        "description": "A name for this thing to do, of your choice: the same name and the same call is done once.",
    },
)
