"""Every way a call can be refused: its status, its name, and where the mistake is."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from werkzeug.test import TestResponse

from server.accounts import api_keys
from server.contacts import contacts
from server.store import StoreUnavailable
from server.web.api import document, key
from server.web.api.problems import PROBLEMS
from server.web.limits import Limit
from tests.server.web.api import program
from tests.server.web.api.program import Program
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # these refusals ask the database for little
CONTACT = {"email": "bo@example.com"}
WRONG = {  # a body, and the place and a word of what is said of it
    "a number for a text": ({**CONTACT, "first_name": 3}, "/first_name", "a string"),
    "a field that is none": ({**CONTACT, "phone/home": "1"}, "/phone~1home", "does not exist"),
    "a field that is missing": ({}, "/email", "required"),
    "a language we do not speak": ({**CONTACT, "language": "fr"}, "/language", "es, en"),
    "a name without an end": ({**CONTACT, "last_name": "x" * 201}, "/last_name", "200"),
    "a line break in a name": ({**CONTACT, "company": "A\n"}, "/company", "a character that is not allowed"),
    "a line end of Unicode in a name": (
        {**CONTACT, "company": "A\u2028B"},
        "/company",
        "a character that is not allowed",
    ),
    "a line end of EBCDIC in a name": (
        {**CONTACT, "first_name": "A\u0085"},
        "/first_name",
        "a character that is not allowed",
    ),
    "an address without a place": ({"email": "bo@"}, "/email", "@"),
    "a list for an object": ([], "", "an object"),
}


def test_every_problem_has_its_test() -> None:
    assert set(PROBLEMS) == {
        *("no_key", "wrong_scope", "too_often", "bad_json", "not_json", "invalid", "bad_parameter", "not_found"),
        *("wrong_method", "too_large", "unavailable", "broken", "other_request", "conflict"),
    }


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@ONE_ENGINE
def test_a_body_that_does_not_fit_is_told_where(crm: Program, wrong: tuple[Any, str, str]) -> None:
    body, pointer, word = wrong
    reply = refused(crm.call("upsert_contact", body=body), "invalid")
    assert reply["errors"][0]["pointer"] == pointer and word in reply["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"cursor": "WzFd"}, "cursor"),
        ({"updated_since": "yesterday"}, "updated_since"),
        ({"sort": "name"}, "sort"),
        ({"limit": ["1", "2"]}, "limit"),
    ],
)
@ONE_ENGINE
def test_a_parameter_that_cannot_be_is_named(crm: Program, query: dict[str, Any], name: str) -> None:
    assert refused(crm.call("list_contacts", **query), "bad_parameter")["errors"][0]["parameter"] == name


@ONE_ENGINE
def test_what_is_no_json_too_large_or_lost_is_said_so(crm: Program) -> None:
    client, sent = crm.world.visitor(), {"Authorization": f"Bearer {crm.secret}"}
    path = "/api/v1/contacts"
    refused(client.post(path, data="{", content_type="application/json", headers=sent), "bad_json")
    refused(client.post(path, data=b'"\xff"', content_type="application/json", headers=sent), "bad_json")
    refused(client.post(path, data="email=bo", headers=sent), "not_json")
    refused(client.post(path, data="[" * 70_000, content_type="application/json", headers=sent), "too_large")
    refused(client.get("/api/v1/contact", headers=sent), "not_found")
    refused(client.get("/api/v1/contacts/%00", headers=sent), "not_found")
    wrong = client.delete(path, headers=sent)
    assert refused(wrong, "wrong_method") and wrong.headers["Allow"] == "GET, POST"
    refused(crm.call("get_contact", "nobody"), "not_found")


@ONE_ENGINE
def test_a_key_that_is_none_ended_or_revoked_is_told_so(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    program.Program(world, "").call("list_contacts")
    none = program.Program(world, "acto_none").call("list_contacts")
    assert "Authorization: Bearer" in refused(none, "no_key")["detail"]
    assert none.headers["WWW-Authenticate"].startswith("Bearer")
    ended = program.Program(world, api_keys.make(world.store, program.OWNER, "x", ["leads:read"], 1, 0))
    assert "expired" in refused(ended.call("list_contacts"), "no_key")["detail"]
    revoked = program.made(world)
    with world.store.read() as tx:
        newest = tx.api_keys.newest()[0]["id"]
    api_keys.revoke(world.store, program.OWNER, newest, world.now)
    assert "revoked" in refused(revoked.call("list_contacts"), "no_key")["detail"]
    assert revoked.secret[12:] not in caplog.text
    other = refused(program.made(world, ["leads:read"]).call("list_contacts"), "wrong_scope")
    assert "contacts:read" in other["detail"]


@ONE_ENGINE
def test_too_many_calls_wait(crm: Program) -> None:
    crm.world.app.extensions["acto"].limits["api"] = (Limit(*key.GUESSES), Limit(2, 60))
    assert [crm.call("list_contacts").status_code for _ in range(2)] == [200, 200]
    reply = crm.call("list_contacts")
    refused(reply, "too_often")
    assert 0 < int(reply.headers["Retry-After"]) <= 60


@ONE_ENGINE
def test_a_database_that_is_away_and_a_mistake_of_ours(crm: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("locked by Carmen's backup")

    monkeypatch.setattr(contacts, "upsert", away)
    reply = crm.call("upsert_contact", body=CONTACT)
    assert refused(reply, "unavailable") and reply.headers["Retry-After"] == "5"
    assert "Carmen" not in reply.text
    monkeypatch.setattr(contacts, "upsert", lambda *_, **__: 1 / 0)
    assert "division" not in str(refused(crm.call("upsert_contact", body=CONTACT), "broken"))


def refused(reply: TestResponse, name: str) -> dict[str, Any]:
    """It is this problem, in the shape of RFC 9457, and it leads into the document."""
    assert reply.mimetype == "application/problem+json"
    body: dict[str, Any] = reply.json
    kind = PROBLEMS[name]
    assert (reply.status_code, body["status"], body["title"]) == (kind.status, kind.status, kind.title)
    where = body["type"].partition("/api/v1/openapi.json#/")[2].split("/")
    found: Any = document.make("")
    for part in where:
        found = found[part]
    assert found["description"].startswith(kind.title)
    assert body["detail"].endswith((".", "…"))
    return body
