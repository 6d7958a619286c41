"""A write that is sent twice is done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from server import idempotency
from server.contacts import erase
from server.idempotency import FORGET_EVERY_MS, KEPT_MS
from tests.server.web.api import program
from tests.server.web.api.program import Program

BO = {"email": "bo@example.com", "first_name": "Bo"}


def test_the_same_key_and_body_get_the_same_reply_and_another_body_is_refused(crm: Program) -> None:
    first = crm.call("upsert_contact", body=BO, key="order 17".replace(" ", "-"))
    crm.call("upsert_contact", body={**BO, "first_name": "Roberto"})
    again = crm.call("upsert_contact", body=BO, key="order-17")
    assert again.data == first.data and again.headers["Idempotency-Replayed"] == "true"
    assert crm.call("get_contact", first.json["id"]).json["first_name"] == "Roberto", "it was not done again"
    other = crm.call("upsert_contact", body={**BO, "first_name": "Bob"}, key="order-17")
    assert (other.status_code, other.json["type"].rpartition("/")[2]) == (422, "other_request")
    stranger = program.made(crm.world, name="another program")
    assert "Idempotency-Replayed" not in stranger.call("upsert_contact", body=BO, key="order-17").headers


def test_what_was_refused_may_be_tried_again_by_the_same_key(crm: Program) -> None:
    assert crm.call("upsert_contact", body={"email": "no address"}, key="k").status_code == 422
    assert crm.call("upsert_contact", body=BO, key="k").status_code == 200


def test_a_repetition_does_not_bring_back_somebody_who_was_erased(crm: Program) -> None:
    made = crm.call("upsert_contact", body=BO, key="k").json
    crm.world.store.write(lambda tx: erase.erase(tx, made["id"]))
    again = crm.call("upsert_contact", body=BO, key="k")
    assert again.status_code == 404 and "erased" in again.json["detail"]
    assert crm.call("list_contacts", email=BO["email"]).json["data"] == []


def test_after_two_days_a_key_is_free_again(crm: Program) -> None:
    crm.call("upsert_contact", body=BO, key="k")
    forgetting = idempotency.Forgetting(crm.world.store)
    forgetting(crm.world.now + KEPT_MS - FORGET_EVERY_MS)
    assert "Idempotency-Replayed" in crm.call("upsert_contact", body=BO, key="k").headers
    forgetting(crm.world.now + KEPT_MS + FORGET_EVERY_MS)
    assert "Idempotency-Replayed" not in crm.call("upsert_contact", body=BO, key="k").headers


@pytest.mark.parametrize("key", ["á", "x" * 256, "two words"])
def test_a_key_of_idempotency_is_a_plain_word(crm: Program, key: str) -> None:
    reply = crm.call("upsert_contact", body=BO, key=key)
    assert reply.status_code == 400 and reply.json["errors"][0]["parameter"] == "Idempotency-Key"


def test_eight_at_once_with_one_key_are_done_once(crm: Program) -> None:
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: crm.call("upsert_contact", body=BO, key="k"), range(8)))
    assert len({reply.data for reply in replies}) == 1
    assert sum("Idempotency-Replayed" not in reply.headers for reply in replies) == 1
