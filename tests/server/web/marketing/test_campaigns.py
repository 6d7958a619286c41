"""The pages of campaigns: plan, forecast, checks, test, send, watch, and again to those who did not answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from server.campaigns import expanding, plans
from server.contacts import suppressions
from server.sending import outbox
from server.sending.outbox import Finish
from tests.server import apps
from tests.server.world import World, csrf

MINUTE = 60_000


@pytest.fixture
def mara(world: World) -> Any:
    return world.member("marketer")


def post(client: Any, page: str, url: str, **form: str) -> Any:
    return client.post(url, data={"csrf_token": csrf(client.get(page)), **form})


def planned(world: World, mara: Any, **more: str) -> str:
    made = post(mara, "/campaigns/new", "/campaigns/new", email="diagnosis", people='{"everybody": true}', **more)
    assert made.status_code == 302
    return str(made.location.split("/")[2])


def send_all(world: World, now: int) -> None:
    """Every queued message leaves."""
    for message in outbox.claim_due(world.store, "marketing", "worker", 100, now, 60):
        world.store.write(lambda tx, each=message: outbox.begin_attempt(tx, each, "worker", now, 60))  # type: ignore[misc]
        world.store.write(lambda tx, each=message: outbox.finish(tx, each, "worker", Finish("sent"), now))  # type: ignore[misc]


def row(world: World, campaign: str) -> Any:
    with world.store.read() as tx:
        return plans.find(tx, campaign)


def test_an_empty_list_leads_to_the_first_campaign(mara: Any) -> None:
    page = mara.get("/campaigns").text
    assert "Todavía no se ha enviado nada desde aquí" in page
    assert 'href="/campaigns/new"' in page


def test_a_marketer_plans_sees_who_gets_it_sends_and_watches(world: World, mara: Any) -> None:
    world.store.write(lambda tx: suppressions.unsubscribe(tx, world.people["ana"]["id"], "", world.now))
    campaign = planned(world, mara)
    preparation = mara.get(f"/campaigns/{campaign}/preparation?part=1").text
    assert "<!doctype" not in preparation
    numbers = re.findall(r"<dt><a[^>]*>([^<]+)</a></dt><dd>([^<]+)</dd>", preparation)
    assert numbers == [("lo reciben de una vez", "1"), ("no lo reciben", "1")]
    assert "se dio de baja de los correos de marketing" in preparation
    assert "Gmail recorta desde 102 kB" in preparation
    assert "Ana" in mara.get(f"/campaigns/{campaign}/forecast/suppressed_marketing").text
    assert "Grace" in mara.get(f"/campaigns/{campaign}/forecast/goes").text
    plan = f"/campaigns/{campaign}/plan"
    assert post(mara, plan, f"/campaigns/{campaign}/start").status_code == 302
    watch = mara.get(f"/campaigns/{campaign}").text
    assert "El primer mensaje sale en" in watch
    assert "data-live" in watch
    expanding.advance(world.store, world.settings, world.now + 2 * MINUTE)
    watch = mara.get(f"/campaigns/{campaign}").text
    assert "0 de 2 enviados" in watch
    assert "En cola" in watch
    assert "Ana" in mara.get(f"/campaigns/{campaign}/people?state=stopped").text
    for name, state in (("pause", "paused"), ("resume", "sending"), ("stop", "stopped")):
        post(mara, f"/campaigns/{campaign}", f"/campaigns/{campaign}/{name}")
        assert row(world, campaign)["state"] == state


def test_a_second_press_says_what_happened_already(world: World, mara: Any) -> None:
    campaign = planned(world, mara)
    post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/start")
    token = {"csrf_token": csrf(mara.get(f"/campaigns/{campaign}"))}
    for _ in range(2):
        mara.post(f"/campaigns/{campaign}/take_back", data=token)
    assert row(world, campaign)["state"] == "draft"
    assert "el envío ahora está en borrador" in mara.get(f"/campaigns/{campaign}/plan").text


def test_a_time_that_cannot_be_read_is_said_beside_the_form_and_nothing_typed_is_lost(mara: Any) -> None:
    made = post(mara, "/campaigns/new", "/campaigns/new", email="diagnosis", timing="at", starts_on="mañana")
    assert made.status_code == 422
    assert "Escribe el día y la hora" in made.text
    assert 'value="diagnosis" selected' in made.text


def test_a_test_goes_to_oneself_at_any_hour_with_a_code_for_the_phone(world: World, mara: Any) -> None:
    campaign = planned(world, mara)
    done = post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/test")
    page = mara.get(done.location).text
    assert "<svg" in page
    contact, message = done.location.split("/")[-2:]
    with world.store.read() as tx:
        sent = tx.messages.by_id(contact_id=contact, id=message)
        everybody = tx.contacts.count()
    assert sent and (sent["purpose"], sent["state"]) == ("test", "queued")
    assert everybody == 2, "the address of the test is no contact"
    preparation = mara.get(f"/campaigns/{campaign}/preparation?part=1").text
    assert re.findall(r"<dt><a[^>]*>([^<]+)</a></dt><dd>([^<]+)</dd>", preparation) == [("lo reciben de una vez", "2")]
    outbox_page = world.member("admin").get("/outbox").text
    assert 'marketer@example.com <span class="note">Prueba</span>' in outbox_page


def test_those_who_did_not_answer_get_it_again_with_another_subject(world: World, mara: Any) -> None:
    campaign = planned(world, mara)
    post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/start")
    expanding.advance(world.store, world.settings, world.now + 2 * MINUTE)
    send_all(world, world.now + 3 * MINUTE)
    expanding.advance(world.store, world.settings, world.now + 4 * MINUTE)
    page = mara.get(f"/campaigns/{campaign}").text
    assert "2 personas lo recibieron y no han respondido" in page
    again = post(mara, f"/campaigns/{campaign}", f"/campaigns/{campaign}/again")
    assert "no respondieron" in mara.get(again.location).text
    second = again.location.split("/")[2]
    saved = post(
        mara,
        f"/campaigns/{second}/plan",
        f"/campaigns/{second}/plan",
        email="diagnosis",
        people=f'{{"unanswered": "{campaign}"}}',
        **{"subject.es": "¿Todavía a tiempo?"},
    )
    assert saved.status_code == 302
    post(mara, f"/campaigns/{second}/plan", f"/campaigns/{second}/start")
    assert row(world, second)["people"] == 2


def test_why_not_me_names_every_rule_with_its_facts(world: World, mara: Any) -> None:
    ana = world.people["ana"]
    world.store.write(lambda tx: suppressions.unsubscribe(tx, ana["id"], "", world.now))
    asked = mara.get("/why?address=ANA@example.com&email=diagnosis")
    assert asked.status_code == 302
    page = mara.get(asked.location).text
    assert "No lo recibe." in page
    assert "Se dio de baja" in page
    assert page.count('class="mark-word"') == 10
    assert "No hay un contacto" in mara.get("/why?address=nobody@example.com&email=diagnosis").text


def rules(page: str) -> dict[str, str]:
    """What each rule says, with the sentence under it."""
    found = re.findall(
        r'<span class="mark-word">([^<]+)</span>\s*<div>\s*<strong>([^<]+)</strong>(.*?)</div>', page, re.S
    )
    return {name: f"{says}: {' '.join(re.sub('<[^>]+>', ' ', rest).split())}" for says, name, rest in found}


def test_why_not_me_says_which_rules_have_no_effect_here(world: World) -> None:
    """A rule that the settings switch off, or that has nothing to compare with, is never said to pass."""
    off = replace(world.settings, marketing_hours="any", marketing_per_day=0, marketing_per_week=0)
    send_all(world, world.now)
    page = replace(world, settings=off, app=apps.over(off, world.store)).member("marketer")
    ana = world.people["ana"]["id"]
    found = rules(page.get(f"/why/{ana}?email=diagnosis").text)
    assert found["La ley permite publicidad a esta hora"].startswith("No aplica: Esta instalación no aplica")
    limit = found["La persona no ha recibido demasiado marketing últimamente"]
    assert limit.startswith("No aplica: No hay ningún límite puesto. 1 correo de marketing")


@pytest.mark.parametrize("people", ['{"foo": 1}', "{broken", '{"rule": {"is": "nope"}}', "[" * 3000, "null"])
def test_people_that_cannot_be_read_are_chosen_again_and_never_become_everybody(mara: Any, people: str) -> None:
    page = mara.get("/campaigns/new", query_string={"people": people})
    assert page.status_code == 200
    assert '<option value="">Elige…' in page.text
    refused = post(mara, "/campaigns/new", "/campaigns/new", email="diagnosis", people=people)
    assert refused.status_code == 422
    assert "No está claro a quiénes va el envío" in refused.text
    assert mara.get("/campaigns").status_code == 200


def test_a_draft_whose_email_is_gone_says_so_on_every_page(world: World, mara: Any) -> None:
    plan = plans.Plan("gone", time_zone="UTC")
    campaign = world.store.write(lambda tx: plans.add(tx, plan, "mara", world.now))
    assert "gone" in mara.get(f"/campaigns/{campaign}/preparation?part=1").text
    assert mara.get(f"/campaigns/{campaign}/forecast/goes").status_code == 302
    assert mara.get(f"/campaigns/{campaign}/plan").status_code == 200


def test_from_why_one_comes_to_another_person_and_a_known_one_without_an_email(world: World, mara: Any) -> None:
    asked = mara.get("/why?address=ana@example.com")
    assert asked.status_code == 302
    assert 'href="/why"' in mara.get(asked.location).text
