"""Manages webhooks. A signing secret is returned once, when it is made, and never again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from server import reasons
from server.store import Session, new_id, required
from server.texts import LANGUAGES
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem, field
from server.web.api.schema import array, boolean, closed_object, iso, line, moment, object_, one_of, string
from server.webhooks import bodies, endpoints, testing
from server.webhooks.endpoints import BadEndpoint, EndpointFields

if TYPE_CHECKING:
    from server.store.queries.endpoints import EndpointsRow

WHY = {
    "bad_name": "A name has lower-case letters, digits, - and _, and begins with a letter or a digit.",
    "taken": "Another webhook has this name. Choose another name.",
    "bad_header": "A header is `Name: value`, and its name must not be one that Acto sends itself.",
}
INPUT = {
    "url": line("The URL that Acto calls: https, with a public address.", 2000, 1),
    "shape": one_of("The format of the body.", *bodies.SHAPES),
    "language": one_of("The language of the sentences sent to a chat.", *LANGUAGES),
    "header": line("An additional header, `Name: value`, for receivers that require a key.", 1100),
}
FIELDS = {
    "name": string("The name that flows use."),
    "url": string("The URL that Acto calls."),
    "shape": string("The format of the body."),
    "language": string("The language of the sentences sent to a chat."),
    "header_name": string("The name of the additional header; empty for none. Its value is not returned."),
    "active": boolean("True when Acto calls it."),
    "created_at": moment("When it was added."),
}
WEBHOOK = closed_object(FIELDS)
WITH_SECRET = closed_object(
    {**FIELDS, "secret": string("The secret that verifies calls (Standard Webhooks). It is returned only this once.")}
)


def as_json(row: EndpointsRow) -> ApiReply:
    """Return a webhook as the API shows it, without its secret."""
    return {
        "name": row["name"],
        "url": row["url"],
        "shape": row["shape"],
        "language": row["language"],
        "header_name": row["header"].partition(":")[0],
        "active": bool(row["active"]),
        "created_at": iso(row["created_at"]),
    }


def index(tx: Session, call: Call) -> ApiReply:
    """List the webhooks."""
    return {"data": [as_json(row) for row in tx.endpoints.all()], "next": None}


def get(tx: Session, call: Call) -> ApiReply:
    """Return a webhook. Raises Problem."""
    return as_json(_known(tx, call))


def add(tx: Session, call: Call) -> ApiReply:
    """Add a webhook and return it with its secret. Raises Problem."""
    name, given = call.body["name"], EndpointFields(**{key: call.body[key] for key in INPUT if key in call.body})
    try:
        secret = endpoints.add(tx, call.state.settings, name, given, call.by_whom, call.now)
    except BadEndpoint as wrong:
        raise _wrong(wrong) from wrong
    return {**as_json(required(tx.endpoints.by_name(name=name))), "secret": secret}


def change(tx: Session, call: Call) -> ApiReply:
    """Change a webhook or switch it on or off; a field left out keeps its value. Raises Problem."""
    row, given = _known(tx, call), call.body
    before: Mapping[str, str] = EndpointFields(row["url"], row["shape"], row["header"], row["language"])._asdict()
    changed = {name: given.get(name, before[name]) for name in INPUT}
    try:
        if INPUT.keys() & given.keys():
            endpoints.change(tx, call.state.settings, row["name"], EndpointFields(**changed), call.by_whom, call.now)
    except BadEndpoint as wrong:
        raise _wrong(wrong) from wrong
    if "active" in given:
        endpoints.switch(tx, row["name"], given["active"], call.by_whom, call.now)
    return get(tx, call)


def rotate(tx: Session, call: Call) -> ApiReply:
    """Make a new secret and return it. Raises Problem."""
    row = _known(tx, call)
    secret = endpoints.rotate(tx, row["name"], call.by_whom, call.now)
    return {**get(tx, call), "secret": secret}


def test(tx: Session, call: Call) -> ApiReply:
    """Queue a test call. Raises Problem."""
    testing.plan(tx, new_id(call.now), _known(tx, call)["name"], call.now)
    return get(tx, call)


def remove(tx: Session, call: Call) -> None:
    """Remove a webhook. Raises Problem."""
    endpoints.remove(tx, _known(tx, call)["name"], call.by_whom, call.now)


def _known(tx: Session, call: Call) -> EndpointsRow:
    found = tx.endpoints.by_name(name=call.path["name"])
    if found is None:
        raise ApiProblem("not_found", "There is no webhook with this name.")
    return found


def _wrong(wrong: BadEndpoint) -> ApiProblem:
    """Make the Problem of an invalid field. The sentence about an address comes from the client that would call it."""
    said_ = WHY.get(wrong.name) or reasons.sentence(f"{wrong.name}: {wrong.detail}", "en")
    return field(f"/{wrong.field}", said_)


NAME = line("A short name that flows use.", 64, 1)
ONE = "/webhooks/{name}"


def _endpoint(name: str, method: str, path: str, title: str, does: object, **more: object) -> Endpoint:
    return Endpoint(name=name, method=method, path=path, scope="webhooks:manage", title=title, does=does, **more)  # type: ignore[arg-type]


ENDPOINTS = (
    _endpoint(
        *("list_webhooks", "GET", "/webhooks", "List webhooks", index),
        reply=closed_object({"data": array(WEBHOOK), "next": {"type": "null"}}),
    ),
    _endpoint(
        *("add_webhook", "POST", "/webhooks", "Add a webhook", add),
        reply=WITH_SECRET,
        body=object_({"name": NAME, **INPUT}, "name", "url"),
        example={"name": "crm", "url": "https://crm.example.com/hooks/acto"},
        status=201,
    ),
    _endpoint("get_webhook", "GET", ONE, "Get a webhook", get, reply=WEBHOOK),
    _endpoint(
        *("change_webhook", "PATCH", ONE, "Change a webhook, or switch it on and off", change),
        reply=WEBHOOK,
        body=object_({**INPUT, "active": boolean("True when Acto calls it.")}),
        example={"active": False},
    ),
    _endpoint(
        "remove_webhook",
        "DELETE",
        ONE,
        "Remove a webhook; flows that use it show an error",
        remove,
        reply=None,
        status=204,
    ),
    _endpoint(
        *("rotate_secret", "POST", f"{ONE}/rotate", "Create a new secret; the old one also signs for 24 hours", rotate),
        reply=WITH_SECRET,
    ),
    _endpoint("test_webhook", "POST", f"{ONE}/test", "Send a test call to a webhook", test, reply=WEBHOOK, status=202),
)
