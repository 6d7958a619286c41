"""The first page of marketing: the steps of an empty account, what is on its way, what came back, what needs somebody, and drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.campaigns import expanding
from server.contacts import suppressions
from server.sending import outbox
from server.sending.outbox import Finish
from server.store import Session
from server.web.marketing import home
from tests.server.flows import acting
from tests.server.web.marketing.test_campaigns import MINUTE, begun, planned, post, send_all
from tests.server.world import World

DAY = 86_400_000


def test_it_is_the_first_page_of_marketing_and_shows_the_way_to_the_first_send(world: World, mara: Any) -> None:
    page = mara.get("/", follow_redirects=True)
    assert page.request.path == "/marketing"
    assert "Hasta tu primer envío" in page.text and 'href="/campaigns/new"' in page.text
    assert page.text.count('<li class="done">') == 2, "the brand has an address and there are people"
    post(mara, "/emails/diagnosis", "/emails/diagnosis/copy")
    assert mara.get("/marketing").text.count('<li class="done">') == 3


def test_what_is_on_its_way_stands_there_and_then_what_came_back(world: World, mara: Any) -> None:
    campaign = begun(world, mara, name="Feria de marzo")
    page = mara.get("/marketing").text
    assert "En camino" in page and "Feria de marzo" in page and "0 de 2 enviados" in page
    assert "Hasta tu primer envío" not in page
    send_all(world, world.now + 3 * MINUTE)
    with world.store.read() as tx:
        mine = {
            name: next(m for m in tx.messages.of_contact(contact_id=row["id"]) if m["campaign_id"])
            for name, row in world.people.items()
        }
    replace(world, sent=mine).post("ana", "need", "crm", gesture="pointer")
    grace = mine["grace"]
    world.store.write(lambda tx: suppressions.unsubscribe(tx, grace["contact_id"], grace["id"], world.now))
    expanding.advance(world.store, world.settings, world.now + 4 * MINUTE)
    page = mara.get("/marketing").text
    assert "Lo que respondieron" in page and "Respondió 1 de 2 (50" in page
    assert "1 nueva desde ayer" in page and "1 se dio de baja desde ayer" in page
    assert f'href="/campaigns/{campaign}"' in page
    assert f'href="/campaigns/{campaign}/people?answered=yes"' in page and 'href="/reports/diagnosis"' in page
    assert "escribió algo" not in page
    reply = {"message_id": mine["ana"]["id"], "block": "", "why": "no_answer", "sender": "", "nonce": "n" * 24}
    world.store.write(
        lambda tx: tx.replies.add(
            contact_id=mine["ana"]["contact_id"], id="r", text="Llámenme", at=world.now + MINUTE, **reply
        )
    )
    assert "1 escribió algo" in mara.get("/marketing").text


def test_a_day_of_more_answers_than_are_read_says_so(world: World, mara: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(world, mara)
    send_all(world, world.now + 3 * MINUTE)
    with world.store.read() as tx:
        messages = tx.messages.of_contact(contact_id=world.people["ana"]["id"])
    mine = next(each for each in messages if each["campaign_id"])
    replace(world, sent={"ana": mine}).post("ana", "need", "crm", gesture="pointer")
    assert "1 nueva desde ayer" in mara.get("/marketing").text
    monkeypatch.setattr(home, "NEWS_MOST", 1)
    assert "1 o más nuevas desde ayer" in mara.get("/marketing").text


def test_what_needs_somebody_stands_above_everything_else(world: World, mara: Any) -> None:
    begun(world, mara, name="Feria de marzo")
    send_all(world, world.now + 3 * MINUTE, Finish("failed", "refused: 550 no such user"))
    expanding.advance(world.store, world.settings, world.now + 4 * MINUTE)
    page = mara.get("/marketing").text
    assert "Fallaron 2 mensajes de «Feria de marzo»." in page
    assert page.index("Te necesita") < page.index("Lo que respondieron")


def test_a_paused_campaign_and_a_flow_that_cannot_act_are_told(world: World, mara: Any) -> None:
    campaign = begun(world, mara, name="Feria de marzo")
    world.store.write(lambda tx: tx.campaigns.hold_up(id=campaign, reason="no_postal_address", now=world.now))
    acting.keep(world, acting.URGENT.replace("Wants it", "Lo quiere") + '[[then]]\ndo = "alert"\nto = ["owner"]\n')
    world.post("ana", "when", "this_month", gesture="pointer")
    acting.work(world, world.now + MINUTE)
    page = mara.get("/marketing").text
    assert "«Feria de marzo» quedó en pausa: " in page
    assert "No se hizo 1 acción del flujo «Lo quiere this month» desde ayer." in page
    assert 'href="/flows/-/runs?flow=urgent&amp;state=stopped"' in page


def test_a_mail_server_that_takes_nothing_is_told_with_the_next_try(world: World, mara: Any) -> None:
    assert "servidor de correo no ha aceptado" not in mara.get("/marketing").text
    later = world.now + 10 * MINUTE

    def defer(tx: Session) -> None:
        for message in waiting:
            outbox.begin_attempt(tx, message, "worker", world.now, 60)
            outbox.finish(tx, message, "worker", Finish("queued", "deferred: 450 busy", later), world.now)

    waiting = outbox.claim_due(world.store, "marketing", "worker", 10, world.now + 9, 60)
    world.store.write(defer)
    assert "Un servidor de correo no ha aceptado 2 mensajes desde las" in mara.get("/marketing").text


def test_drafts_of_ones_own_are_there_to_go_on_with_and_no_others(world: World, mara: Any) -> None:
    campaign = planned(world, mara, name="Para mayo")
    post(mara, "/emails/diagnosis", "/emails/diagnosis/copy")
    other = world.member("marketer", "otra@example.com")
    page = mara.get("/marketing").text
    assert "Para mayo" in page and f'href="/campaigns/{campaign}/plan"' in page
    assert 'href="/emails/diagnosis-2/edit"' in page
    assert "Para mayo" not in other.get("/marketing").text
