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
from tests.server.world import World, csrf

MINUTE = 60_000


def post(client: Any, page: str, url: str, **form: str) -> Any:
    return client.post(url, data={"csrf_token": csrf(client.get(page)), **form})


def planned(world: World, mara: Any, **more: str) -> str:
    made = post(mara, "/campaigns/new", "/campaigns/new", email="diagnosis", people='{"everybody": true}', **more)
    assert made.status_code == 302
    return str(made.location.split("/")[2])


SENT = Finish("sent")


def send_all(world: World, now: int, outcome: Finish = SENT) -> None:
    """Every queued message leaves, or fails."""
    for message in outbox.claim_due(world.store, "marketing", "worker", 100, now, 60):
        world.store.write(lambda tx, each=message: outbox.begin_attempt(tx, each, "worker", now, 60))  # type: ignore[misc]
        world.store.write(lambda tx, each=message: outbox.finish(tx, each, "worker", outcome, now))  # type: ignore[misc]


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


def test_those_who_did_not_answer_get_it_again_with_another_subject(world: World, mara: Any) -> None:
    campaign = planned(world, mara)
    post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/start")
    expanding.advance(world.store, world.settings, world.now + 2 * MINUTE)
    send_all(world, world.now + 3 * MINUTE)
    expanding.advance(world.store, world.settings, world.now + 4 * MINUTE)
    page = mara.get(f"/campaigns/{campaign}").text
    assert "2 personas lo recibieron y no han respondido" in page
    again = post(mara, f"/campaigns/{campaign}", f"/campaigns/{campaign}/again", people="unanswered")
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


def begun(world: World, mara: Any, **more: str) -> str:
    """A campaign whose messages are queued."""
    campaign = planned(world, mara, **more)
    post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/start")
    expanding.advance(world.store, world.settings, world.now + 2 * MINUTE)
    return campaign


def waits(page: str) -> list[str]:
    """The sentences under “Waiting”."""
    found = re.search(r'<h2>Esperan</h2>\s*<ul class="reasons">(.*?)</ul>', page, re.S)
    return re.findall(r"</strong>\s*([^<]+?)\s*</li>", found[1]) if found else []


def test_pause_resume_and_stop_are_true_on_the_page_at_once(world: World, mara: Any) -> None:
    campaign = begun(world, mara)
    page = f"/campaigns/{campaign}"
    assert waits(mara.get(page).text) == []
    post(mara, page, f"{page}/pause")
    (said,) = waits(mara.get(page).text)
    assert "pausa" in said
    assert "Ana" in mara.get(f"{page}/people?state=queued&reason=campaign_paused").text
    post(mara, page, f"{page}/resume")
    assert waits(mara.get(page).text) == []
    asked = mara.get(page).text
    assert "2 personas que esperan no lo recibirán nunca" in asked
    post(mara, page, f"{page}/stop")
    stopped = mara.get(page).text
    assert "En cola" not in stopped and "Ana" in mara.get(f"{page}/people?state=stopped").text


def test_a_campaign_has_a_name_of_its_own_and_shows_the_subjects_that_people_read(world: World, mara: Any) -> None:
    campaign = planned(world, mara, name=" Feria  de\nmarzo ", **{"subject.es": "¿Nos vemos en la feria?"})
    plan = mara.get(f"/campaigns/{campaign}/plan").text
    assert "<h1>Feria de marzo</h1>" in plan and "Diagnóstico comercial" in plan
    assert '<dd lang="es">¿Nos vemos en la feria?</dd>' in plan
    post(mara, f"/campaigns/{campaign}/plan", f"/campaigns/{campaign}/start")
    for page in ("/campaigns", f"/campaigns/{campaign}"):
        assert "Feria de marzo" in mara.get(page).text and "Diagnóstico comercial" in mara.get(page).text
    assert "¿Nos vemos en la feria?" in mara.get(f"/campaigns/{campaign}").text


def test_who_reads_the_same_subject_twice_is_seen_before_it_leaves(world: World, mara: Any) -> None:
    campaign = begun(world, mara)
    send_all(world, world.now + 3 * MINUTE)
    expanding.advance(world.store, world.settings, world.now + 4 * MINUTE)
    again = post(mara, f"/campaigns/{campaign}", f"/campaigns/{campaign}/again", people="unanswered").location.split(
        "#"
    )[0]
    assert mara.get(again).text.count("el mismo de la primera vez") == 2
    form = {"email": "diagnosis", "people": f'{{"unanswered": "{campaign}"}}', "subject.es": "¿Todavía a tiempo?"}
    post(mara, again, again, **form)
    page = mara.get(again).text
    assert page.count("el mismo de la primera vez") == 1, "the English one is still that of the first time"
    assert "La primera vez fue «" in page


def test_people_for_whom_it_failed_get_it_again_in_a_campaign_of_their_own(world: World, mara: Any) -> None:
    campaign = begun(world, mara)
    send_all(world, world.now + 3 * MINUTE, Finish("failed", "refused: 550 no such user"))
    page = f"/campaigns/{campaign}"
    assert "Enviárselo otra vez" in mara.get(page).text
    again = post(mara, page, f"{page}/again", people="failed").location
    assert "A quienes les falló" in mara.get(again).text
    second = again.split("/")[2]
    post(mara, again, f"/campaigns/{second}/start")
    assert row(world, second)["people"] == 2
    assert post(mara, page, f"{page}/again", people="everybody").status_code == 400


def test_a_campaign_reports_its_own_answers_and_not_those_of_others(world: World, mara: Any) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    campaign = begun(world, mara)
    page = mara.get(f"/campaigns/{campaign}").text
    assert "Qué respondieron" not in page
    send_all(world, world.now + 3 * MINUTE)
    with world.store.read() as tx:
        (mine, *_) = [m for m in tx.messages.of_contact(contact_id=world.people["grace"]["id"]) if m["campaign_id"]]
    replace(world, sent={"grace": mine}).post("grace", "need", "nothing", gesture="pointer")
    page = mara.get(f"/campaigns/{campaign}").text
    assert "Qué respondieron" in page and page.count("· 100") == 1


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
