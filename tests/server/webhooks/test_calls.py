"""Webhooks as receivers meet them: verified by the reference library, judged by what they answer, in the body they read."""

from __future__ import annotations

import json
import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from server.flows import webhook_call, words
from server.webhooks import bodies, endpoints, signing
from server.webhooks.endpoints import EndpointFields
from tests.server.flows.acting import URGENT, effects, endpoint, keep, receiving, states, tries, work
from tests.server.world import World

CALL = '[[then]]\ndo = "webhook"\nendpoint = "crm"\n'
ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
DAY = 86_400_000


@pytest.fixture
def sent_at() -> int:
    """The reference library asks the real clock whether a call is fresh."""
    return time.time_ns() // 1_000_000


def set_off(world: World, name: str = "ana", value: str = "this_month") -> None:
    assert world.post(name, "when", value, gesture="pointer").status_code == 200


def test_the_reference_library_verifies_a_call_and_refuses_an_altered_one(world: World) -> None:
    with receiving() as receiver:
        secret = endpoint(world, receiver.url)
        keep(world, URGENT + CALL)
        set_off(world)
        work(world, world.now + 60_000)
        (heard,) = receiver.heard
        event = Webhook(secret).verify(heard.body, heard.headers)
        assert event["type"] == "answer.confirmed"
        assert event["data"]["contact"]["email"] == "ana@example.com"
        assert event["data"]["answer"]["values"] == ["this_month"]
        assert heard.headers["webhook-id"] == effects(world)[0]["id"]
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(heard.body.replace(b"ana@", b"eva@"), heard.headers)


def test_while_a_secret_is_rotated_both_verify_and_a_day_later_the_new_one_alone(world: World) -> None:
    with receiving() as receiver:
        old = endpoint(world, receiver.url)
        new = world.store.write(lambda tx: endpoints.rotate(tx, "crm", "mara@example.com", world.now))
        with world.store.read() as tx:
            row = tx.endpoints.by_name(name="crm")
        for at, signatures in ((world.now + 1000, 2), (world.now + DAY + 1000, 1)):
            headers = signing.headers(row, "msg_1", "{}", at)
            assert len(headers["webhook-signature"].split(" ")) == signatures
        headers = signing.headers(row, "msg_1", "{}", world.now)
        assert Webhook(old).verify("{}", headers) == Webhook(new).verify("{}", headers) == {}


@ONE_ENGINE
def test_410_switches_the_webhook_off_and_stops_what_waits_for_it(world: World) -> None:
    with receiving() as receiver:
        receiver.replies = [(410, {}, b"gone")]
        endpoint(world, receiver.url)
        keep(world, URGENT + CALL)
        set_off(world)
        work(world, world.now + 60_000)
        assert states(world) == [("webhook", "stopped", "gone_for_good")]
        set_off(world, "grace")
        work(world, world.now + 120_000)
        assert states(world, "grace") == [("webhook", "stopped", "endpoint_off")]
        assert len(receiver.heard) == 1


@ONE_ENGINE
@pytest.mark.parametrize(
    ("status", "headers", "reason", "wait_ms"),
    [
        (500, {}, "refused_status: 500", 5_000),
        (503, {"Retry-After": "120"}, "refused_status: 503", 120_000),
        (429, {"Retry-After": "999999999"}, "refused_status: 429", DAY),
        (503, {"Retry-After": "soon"}, "refused_status: 503", 5_000),
        (301, {"Location": "https://elsewhere.example/"}, "redirect: https://elsewhere.example/", 5_000),
    ],
)
def test_what_is_not_2xx_is_tried_again_and_retry_after_is_honoured(
    world: World, status: int, headers: dict[str, str], reason: str, wait_ms: int
) -> None:
    with receiving() as receiver:
        receiver.replies = [(status, headers, b"<b>no</b>")]
        endpoint(world, receiver.url)
        keep(world, URGENT + CALL)
        set_off(world)
        at = world.now + 60_000
        work(world, at)
        (effect,) = effects(world)
        assert (effect["state"], effect["reason"], effect["next_attempt_at"]) == ("planned", reason, at + wait_ms)
        assert [(each["status"], each["said"]) for each in tries(effect)] == [(status, "<b>no</b>")]
        work(world, at + wait_ms)
        first, second = receiver.heard
        assert states(world) == [("webhook", "done", "")]
        assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])


@ONE_ENGINE
def test_a_receiver_that_moved_inside_is_not_called_and_the_run_says_so(world: World) -> None:
    from server.http_client.client import Door

    with receiving() as receiver:
        endpoint(world, receiver.url.replace("http://", "https://"))
        keep(world, URGENT + CALL)
        set_off(world)
        work(world, world.now + 60_000, Door())
        assert states(world) == [("webhook", "stopped", "private_address")]
        assert receiver.heard == []


CONTACT: webhook_call.Person = {
    "id": "c1",
    "email": "ana@x.example",
    "first_name": "Ana",
    "last_name": "",
    "company": "<!channel> & Co",
    "language": "es",
}
CAUSE = {"email": "diagnosis", "block": "when", "question": "¿Cuándo?", "labels": ["[Este](https://evil.example) mes"]}
EFFECT: words.ReadEffect = {
    "flow": "urgent",
    "happened": "answered",
    "created_at": 1_803_913_200_000,
    "details": {},
    "cause": {**CAUSE, "values": ["this_month"], "stage": "", "message_id": "m1", "at": 1_803_913_200_000},
}


@pytest.mark.parametrize("shape", bodies.SHAPES)
def test_every_body_is_json_that_names_the_person_and_makes_no_link_of_what_somebody_typed(shape: str) -> None:
    lead: webhook_call.LeadNow = {
        "stage": "hot",
        "worth": 95,
        "interest": 40,
        "need": 30,
        "urgency": 25,
        "undecided": 2,
    }
    text = webhook_call.body(EFFECT, {"shape": shape, "language": "es"}, CONTACT, lead, "https://acto.example/leads/c1")
    body = json.loads(text)
    assert "Ana" in text or "ana@x.example" in text
    if shape == "standard":
        assert body["data"]["lead"] == lead
    if shape == "slack":
        assert "<!channel>" not in text
    if shape == "teams":
        assert "[Este](" not in body["attachments"][0]["content"]["body"][0]["text"]
    if shape == "hubspot":
        properties = body["inputs"][0]["properties"]
        assert (properties["email"], properties["firstname"]) == ("ana@x.example", "Ana")
        assert "lastname" not in properties  # an empty name would erase the one the CRM knows
    if shape == "flat":
        assert (body["worth"], body["values"]) == (95, ["this_month"])


def test_a_chat_reads_the_language_of_who_set_it_up() -> None:
    said = {
        language: webhook_call.body(
            EFFECT, {"shape": "text", "language": language}, CONTACT, None, "https://acto.example"
        )
        for language in ("es", "en")
    }
    assert "contestó" in said["es"] and "answered" in said["en"]


@ONE_ENGINE
@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", ("CRM!", "https://example.com/", "standard", "")),
        ("url", ("crm", "http://example.com/", "standard", "")),
        ("shape", ("crm", "https://example.com/", "fax", "")),
        ("header", ("crm", "https://example.com/", "standard", "Host: evil.example")),
        ("header", ("crm", "https://example.com/", "standard", "webhook-id: 1")),
        ("header", ("crm", "https://example.com/", "standard", "X-Key: a\r\nX-Other: b")),
    ],
)
def test_what_cannot_be_an_endpoint_is_refused(world: World, field: str, given: tuple[str, str, str, str]) -> None:
    with pytest.raises(endpoints.BadEndpoint) as refused:
        world.store.write(
            lambda tx: endpoints.add(tx, world.settings, given[0], EndpointFields(*given[1:]), "x", world.now)
        )
    assert refused.value.field == field
