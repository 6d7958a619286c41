"""Leaving the list: a page that asks, and a POST that acts at once (RFC 8058)."""

from __future__ import annotations

import pytest

from server.contacts import suppressions
from tests.server.world import World


def scopes(world: World, name: str) -> frozenset[str]:
    with world.store.read() as tx:
        return suppressions.covers(tx, world.people[name]["email_key"])


def state(world: World, name: str) -> str:
    with world.store.read() as tx:
        return str(tx.messages.of_contact(contact_id=world.people[name]["id"])[0]["state"])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_the_page_unsubscribes_nobody(world: World, method: str) -> None:
    page = world.visitor().open(f"/u/{world.token('ana', '', 'unsubscribe')}", method=method)
    assert page.status_code == 200
    assert scopes(world, "ana") == frozenset()
    assert state(world, "ana") == "queued"


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_mail_clients_one_click_leaves_at_once_and_stops_queued_mail(world: World, content_type: str) -> None:
    reply = world.visitor().post(
        f"/u/{world.token('ana', '', 'unsubscribe')}",
        data={"List-Unsubscribe": "One-Click"},
        content_type=content_type,
    )
    assert reply.status_code == 200  # RFC 8058 3.2: no redirect, no cookie, no other context
    assert "Set-Cookie" not in reply.headers
    assert scopes(world, "ana") == {"marketing"}
    assert state(world, "ana") == "stopped"
    assert (scopes(world, "grace"), state(world, "grace")) == (frozenset(), "queued")


def test_leaving_twice_is_one_event_and_the_same_page(world: World) -> None:
    url = f"/u/{world.token('ana', '', 'unsubscribe')}"
    first, again = world.visitor().post(url), world.visitor().post(url)
    assert first.data == again.data
    assert [event["kind"] for event in world.events("ana")] == ["unsubscribed"]


def test_the_pages_speak_the_language_of_the_email(world: World) -> None:
    assert "¿Dejar de recibir" in world.visitor().get(f"/u/{world.token('ana', '', 'unsubscribe')}").text
    assert "You are unsubscribed" in world.visitor().post(f"/u/{world.token('grace', '', 'unsubscribe')}").text


def test_an_answers_link_cannot_unsubscribe(world: World) -> None:
    assert world.visitor().post(f"/u/{world.token('ana', 'need')}").status_code == 404
    assert scopes(world, "ana") == frozenset()


def test_leaving_is_part_of_the_persons_history(world: World) -> None:
    world.visitor().post(f"/u/{world.token('ana', '', 'unsubscribe')}")
    page = world.admin().get(f"/leads/{world.people['ana']['id']}", headers={"Accept-Language": "es"})
    assert "Se dio de baja del marketing" in page.text
