"""A test behaves like the mail that people get, and nothing that counts people or answers notices it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.booking import availability
from server.capture import confirmation
from server.contacts import contacts, erase, suppressions
from server.contacts import testers as recipients
from server.contacts.known_answers import answers_by_name
from server.integrity import run
from server.sending import preparing
from server.sending.compose import composer
from server.sending.outbox import Finish
from server.settings import Stream
from tests.server.booking import place
from tests.server.sending.mailserver import mail_server
from tests.server.sending.working import wait_for, working
from tests.server.testing import MARKETER, SentTest, queue_test
from tests.server.world import World


@pytest.fixture
def sent(world: World) -> SentTest:
    return queue_test(world)


def rows(world: World, table: str, contact_id: str) -> Any:
    with world.store.read() as tx:
        return getattr(tx, table).of_contact(contact_id=contact_id)


def test_a_test_leaves_over_smtp_to_somebody_who_is_no_contact(world: World, sent: SentTest) -> None:
    with mail_server() as (server, port):
        streams = {"marketing": Stream(smtp_url=f"smtp://127.0.0.1:{port}")}
        settings = replace(world.settings, streams={**world.settings.streams, **streams})
        compose = composer(world.store, settings, world.keyring, availability.write_down)
        with working(world.store, settings, compose, clock=lambda: world.now):
            wait_for(lambda: sent.message["state"] not in ("queued", "attempting"))
    assert sent.message["state"] == "sent", sent.message["reason"]
    assert any(sent.message_id in each for each in server.ids())
    with world.store.read() as tx:
        assert contacts.find(tx, MARKETER) is None
        assert tx.contacts.count() == 2


def test_its_reader_sees_the_usual_pages(sent: SentTest) -> None:
    assert sent.get("need", "crm").status_code == 200
    thanks = sent.post("need", "crm")
    assert thanks.status_code == 200
    assert 'name="choice"' in thanks.text, "the next question follows"
    again = sent.post("need", "nothing")
    assert again.status_code == 200
    saved = sent.world.visitor().get(f"/a/{sent.token('need')}/-/saved?sent=nothing")
    assert saved.text.count("<h1") == 1
    assert 'value="nothing"' in sent.get("need").text


def test_its_answers_are_kept_as_evidence_and_are_nobodys(world: World, sent: SentTest) -> None:
    nonce = world.nonce()
    for _ in range(2):
        form = {"choice": "crm", "nonce": nonce, "gesture": "pointer"}
        assert world.visitor().post(f"/a/{sent.token('need')}", data=form).status_code == 200
    world.app.extensions["acto"].hit_buffer.flush()
    confirmation.confirm_due(world.store, world.now + 86_400_000)
    with world.store.read() as tx:
        kept = tx.testers.answers(contact_id=sent.contact_id, message_id=sent.message_id)
        assert [(row["block"], row["value"], row["grade"]) for row in kept] == [("need", '["crm"]', "gestured")]
        assert tx.hits.of_contact(contact_id=sent.contact_id)
        assert tx.leads.count() == tx.events.count() == 0
        assert tx.answers.recent(email="diagnosis", everyone="yes", limit=9, offset=0) == []
    assert rows(world, "tasks", sent.contact_id) == []


def test_the_answers_of_a_contact_are_not_those_to_their_own_test(world: World) -> None:
    world.post("ana", "need", "nothing", gesture="pointer")
    before, lead = rows(world, "answers", world.people["ana"]["id"]), world.lead("ana")
    tested = queue_test(world, "Ana@Example.com")
    tested.post("need", "crm")
    assert rows(world, "answers", world.people["ana"]["id"]) == before
    assert world.lead("ana") == lead
    assert answers_by_name(before) == {"need": "nothing"}
    with world.store.read() as tx:
        person = tx.asked.test(id=tested.message_id)
    assert person and (person["first_name"], person["company"]) == ("Ana", "Ferretería Díaz")


def test_each_test_begins_without_answers(world: World, sent: SentTest) -> None:
    sent.post("need", "crm")
    second = queue_test(world)
    with world.store.read() as tx:
        assert tx.testers.answers(contact_id=second.contact_id, message_id=second.message_id) == []
    assert second.contact_id != sent.contact_id


def test_leaving_from_a_test_says_so_and_suppresses_nobody(world: World) -> None:
    tested = queue_test(world, "ana@example.com")
    asked = world.visitor().get(f"/u/{tested.token(purpose='unsubscribe')}")
    assert "Esto es una prueba" in asked.text
    left = tested.leave()
    assert left.status_code == 200
    assert "Esto era una prueba" in left.text
    with world.store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == frozenset()
        assert [hit["purpose"] for hit in tx.hits.of_contact(contact_id=tested.contact_id)].count("unsubscribe") >= 1
        assert tx.events.count() == 0
    assert world.visitor().post(f"/u/{world.token('ana', '', 'unsubscribe')}").status_code == 200
    with world.store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == {"marketing"}


def test_a_suppressed_address_gets_no_test(world: World) -> None:
    world.store.write(lambda tx: suppressions.add(tx, MARKETER, "all", "bounced", world.now))
    tested = queue_test(world)
    compose = composer(world.store, world.settings, world.keyring, availability.write_down)
    (prepared,) = preparing.prepare(world.store, world.settings, compose, [tested.message], world.now)
    assert isinstance(prepared.step, Finish)
    assert prepared.step.state == "stopped"


def test_a_tester_becomes_a_contact_by_a_later_write(world: World, sent: SentTest) -> None:
    row = world.store.write(lambda tx: contacts.upsert(tx, MARKETER, world.now, "Mara"))
    with world.store.read() as tx:
        assert tx.contacts.count() == 3
        assert not recipients.is_one(tx, row["id"])
    assert sent.post("need", "crm").status_code == 200


def test_a_test_books_no_appointment(world: World) -> None:
    office = place.place(world)
    tested = queue_test(world, source=place.source())
    first = office.free()[0]
    thanks = tested.post("slot", first)
    assert thanks.status_code == 200
    assert thanks.text.count("<h1") == 1
    with world.store.read() as tx:
        assert tx.testers.answers(contact_id=tested.contact_id, message_id=tested.message_id)
        assert tx.bookings.of_contact(contact_id=tested.contact_id) == []
    assert office.free()[0] == first, "the time is still free"


def test_erasing_a_person_erases_their_tests(world: World) -> None:
    tested = queue_test(world, "ana@example.com")
    tested.post("need", "crm")
    gone = world.store.write(lambda tx: erase.erase(tx, world.people["ana"]["id"]))
    assert (gone["testers"], gone["test_answers"], gone["messages"]) == (1, 1, 2)
    assert tested.get("need").status_code == 404


def test_the_whole_store_still_agrees_with_itself(world: World, sent: SentTest) -> None:
    sent.post("need", "crm")
    sent.leave()
    world.app.extensions["acto"].hit_buffer.flush()
    assert list(run.check(world.store, world.now)) == []
