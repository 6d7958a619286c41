"""A program with a key: each of its calls is held to the document, whatever the test asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from server import jsontext
from server.accounts import api_keys
from server.accounts.api_keys import SCOPES
from server.web.api import document
from server.web.api.endpoint import Endpoint
from server.web.api.table import ENDPOINTS
from tests.server.world import World

OWNER = "admin@example.com"
BY_NAME = {each.name: each for each in ENDPOINTS}


@dataclass
class Program:
    """Calls endpoints by their names in the document."""

    world: World
    secret: str

    def call(
        self, name: str, *ids: str, body: Any = None, key: str = "", headers: dict[str, str] | None = None, **query: Any
    ) -> TestResponse:
        """`key` is the Idempotency-Key."""
        endpoint = BY_NAME[name]
        path = endpoint.path
        for argument, value in zip(endpoint.arguments, ids, strict=True):
            path = path.replace(f"{{{argument}}}", value)
        sent = {
            "Authorization": f"Bearer {self.secret}",
            **({"Idempotency-Key": key} if key else {}),
            **(headers or {}),
        }
        given: Any = {"data": jsontext.dumps(body), "content_type": "application/json"} if body is not None else {}
        reply = self.world.visitor().open(
            f"/api/v1{path}", method=endpoint.method, query_string=query, headers=sent, **given
        )
        as_documented(endpoint, reply)
        return reply


def as_documented(endpoint: Endpoint, reply: TestResponse) -> None:
    """The status is one of the document's, and the body has the shape that it has there."""
    known = _document()["paths"][endpoint.path][endpoint.method.lower()]["responses"]
    assert str(reply.status_code) in known, f"{endpoint.name} answers {reply.status_code}: {reply.text}"
    if reply.status_code == 204:
        assert not reply.data
        return
    declared = endpoint.reply if reply.status_code < 300 else document.PROBLEM
    assert reply.mimetype == ("application/json" if reply.status_code < 300 else "application/problem+json")
    Draft202012Validator(declared).validate(reply.json)


def made(world: World, scopes: Sequence[str] = tuple(SCOPES), days: int | None = 30, name: str = "CRM") -> Program:
    return Program(world, api_keys.make(world.store, OWNER, name, scopes, days, world.now))


@cache
def _document() -> Any:
    return document.make("https://acto.example.com")
