"""The page of a user's devices: adding one, the test notice, removing it, and what is refused."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.push import devices
from server.store import Session
from tests.server.flows import acting
from tests.server.push.phone import Phone, work
from tests.server.world import World, csrf

LUZ, EVA = "luz@example.com", "eva@example.com"
ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def add(client: FlaskClient, **changed: str) -> TestResponse:
    page = client.get("/account/devices")
    phone = Phone(acting.Receiver(443))
    form = {**phone.subscription._asdict(), "endpoint": "https://push.example/one", "csrf_token": csrf(page), **changed}
    return client.post("/account/devices", data=form, headers={"User-Agent": "Chrome/131 Android"})


def held(world: World, email: str = LUZ) -> list[str]:
    with world.store.read() as tx:
        return [row["name"] for row in devices.listed(tx, tx.users.by_email(email=email)["id"])]


def test_a_device_is_added_once_and_listed_with_a_test_and_a_removal(world: World) -> None:
    client = world.member("sales", LUZ)
    assert "Send a test" not in client.get("/account/devices").text
    for _ in range(2):
        assert add(client).status_code == 302
    page = client.get("/account/devices")
    assert held(world) == ["Chrome · Android"]
    assert page.text.count('data-device="') == 1 and devices.id_of("https://push.example/one") in page.text


@ONE_ENGINE
@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "http://push.example/one"},
        {"endpoint": "https://user:word@push.example/one"},
        {"endpoint": ""},
        {"p256dh": "AAAA"},
        {"p256dh": "ñ"},
        {"auth": "AAAA"},
        {"auth": ""},
    ],
)
def test_an_address_or_key_that_cannot_be_right_is_refused_in_words(world: World, changed: dict[str, str]) -> None:
    client = world.member("sales", LUZ)
    reply = add(client, **changed)
    assert reply.status_code == 422 and 'role="alert"' in reply.text
    assert held(world) == []


def test_a_test_notice_reaches_the_device_and_a_removed_one_gets_none(world: World) -> None:
    with acting.receiving() as service:
        client, phone = world.member("sales", LUZ), Phone(service)
        add(client)
        device = devices.id_of("https://push.example/one")
        form = {"device": device, "csrf_token": csrf(client.get("/account/devices"))}
        row = phone.subscription._asdict()

        def here(tx: Session) -> None:
            user = tx.users.by_email(email=LUZ)["id"]
            tx.push_devices.remove(user_id=user, id=device)
            tx.push_devices.put(id=device, user_id=user, name="Chrome", now=world.now, **row)

        world.store.write(here)
        assert client.post("/account/devices/test", data=form).status_code == 302
        work(world, world.now + 60_000)
        assert [phone.read(each)["url"] for each in service.heard] == ["/account/devices"]
        client.post("/account/devices/test", data=form)
        assert client.post("/account/devices/remove", data=form).status_code == 302
        work(world, world.now + 120_000)
        assert len(service.heard) == 1 and held(world) == []


@ONE_ENGINE
def test_nobody_tests_or_removes_the_device_of_somebody_else(world: World) -> None:
    add(world.member("sales", LUZ))
    other = world.member("sales", EVA)
    form = {"device": devices.id_of("https://push.example/one"), "csrf_token": csrf(other.get("/account/devices"))}
    for act in ("test", "remove"):
        assert other.post(f"/account/devices/{act}", data=form).status_code == 409
    assert held(world) == ["Chrome · Android"]


@ONE_ENGINE
def test_one_user_has_no_more_devices_than_the_limit(world: World) -> None:
    client = world.member("sales", LUZ)
    for number in range(devices.MOST):
        assert add(client, endpoint=f"https://push.example/{number}").status_code == 302
    assert add(client, endpoint="https://push.example/more").status_code == 422
    assert len(held(world)) == devices.MOST


@ONE_ENGINE
def test_the_manifest_starts_where_the_role_starts(world: World) -> None:
    starts = {role: world.member(role).get("/app.webmanifest").get_json()["start_url"] for role in ("sales", "viewer")}
    assert starts == {"sales": "/today", "viewer": "/leads"}
