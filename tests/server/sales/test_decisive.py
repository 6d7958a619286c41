"""The first line of a lead is what is decisive now, and a yes that was taken back stands nowhere any more."""

from __future__ import annotations

import html
import json
import re

from server.booking import notifications
from server.contacts import zones
from server.sales import decisive, inbox
from server.sales.decisive import Fact
from tests.server.booking.place import place
from tests.server.flows.acting import endpoint, keep, receiving, work
from tests.server.flows.changing import ALERT, CALL, MINUTE, TAG, TASK, WEBHOOK, notices, say, sent, types
from tests.server.world import World

YES = "Sí, hablemos"


def lead_page(world: World, role: str = "sales", name: str = "ana") -> str:
    return world.member(role).get(f"/leads/{world.people[name]['id']}").text


def headline(page: str) -> str:
    """The first of the facts that decide."""
    return next(iter(decided(page)), "")


def decided(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'class="headline[^"]*">([^<]*)', page)]


def test_a_yes_that_was_taken_back_stands_on_no_page_nor_in_the_digest_and_each_receiver_has_its_correction(
    world: World,
) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + TAG + TASK + ALERT + WEBHOOK)
        say(world, "yes")
        say(world, "this_month", block="when")
        work(world, world.now + MINUTE)
        sent(world)
        browser = world.member("sales")
        places = ("/leads", "/tasks", f"/leads/{world.people['ana']['id']}")
        before = [browser.get(each).text for each in places]
        assert all("Dijo que sí" in each or "Call Ana" in each for each in before)
        say(world, "no")
        work(world, world.now + 2 * MINUTE)
        assert types(receiver) == ["answer.confirmed", "answer.corrected"]
        assert json.loads(receiver.heard[1].body)["data"]["was"]["text"] == YES
    leads, tasks, lead = (browser.get(each).text for each in places)
    top, _, history = lead.partition('id="happened"')
    assert "Call Ana" not in top and "wants-to-talk" not in top and YES not in top
    assert YES in history, "what happened stays in the history"
    assert "Dijo que sí" not in leads + tasks + top and "Dijo que no a" in leads and "Dijo que no a" in top
    assert "Call Ana" not in tasks.partition('<h2 id="done">')[0]
    assert "Retirada: la respuesta cambió a «Ahora no»." in tasks
    assert "cambió de idea" in notices(world)[-1]["subject"]


def test_the_digest_the_list_and_the_page_say_the_same_first_line(world: World) -> None:
    say(world, "this_month", block="when")
    say(world, "crm", block="need")
    say(world, "no")
    page = world.member("sales", "mara@example.com")
    with world.store.read() as tx:
        mara = tx.users.by_email(email="mara@example.com")
        (row,) = inbox.unclaimed(tx, 0, "2027-03-01", 9)
        facts = decisive.of_all(tx, [row["contact_id"]], world.now)
    assert mara
    (fact,) = facts[row["contact_id"]]
    assert fact.kind == "no"
    said = decisive.headline([fact], "en", world.now)
    assert said.startswith("Said no to “") and said.endswith(" · today")
    for address in ("/leads", f"/leads/{world.people['ana']['id']}"):
        assert headline(page.get(address, headers={"Accept-Language": "en"}).text) == said


def test_who_left_the_list_says_so_on_top_and_an_appointment_is_decisive_until_it_is_over(world: World) -> None:
    office = place(world)
    assert world.post("ana", "slot", office.free()[0], gesture="pointer").status_code == 200
    notifications.tell_due(world.store, world.settings, world.keyring, world.now + MINUTE)
    browser = world.member("sales")
    page = f"/leads/{world.people['ana']['id']}"
    assert headline(browser.get(page).text).startswith(("Cita: ", "Appointment: "))
    token = world.token("ana", "", "unsubscribe")
    assert world.visitor().post(f"/u/{token}", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    left, booked = decided(browser.get(page).text)
    assert left.startswith(("Se dio de baja · ", "Unsubscribed · ")) and booked.startswith(("Cita: ", "Appointment: "))
    world.post("ana", "slot", "none", gesture="pointer")
    notifications.tell_due(world.store, world.settings, world.keyring, world.now + 2 * MINUTE)
    with world.store.read() as tx:
        kinds = {fact.kind for fact in decisive.of_contact(tx, world.people["ana"]["id"], world.now)}
        later = {fact.kind for fact in decisive.of_contact(tx, world.people["ana"]["id"], world.now + 90 * 86_400_000)}
    assert kinds == {"left", "cancelled", "no_time"}
    assert later == {"left", "no_time"}


DAY = 86_400_000
MONDAY_NOON = 1_803_909_600_000  # 1 March 2027, 14:00 UTC


def test_a_line_says_the_day_as_people_do() -> None:
    start = MONDAY_NOON + 3 * DAY
    booked = Fact("booked", MONDAY_NOON, "Llamada", "", start, "America/Bogota")
    assert decisive.headline([booked], "es", MONDAY_NOON) == "Cita: jueves 09:00"
    assert decisive.headline([booked], "en", start - DAY) == "Appointment: tomorrow 09:00"
    assert decisive.headline([booked], "es", start - 30 * DAY) == "Cita: jueves 4 de marzo, 09:00"
    no = Fact("no", MONDAY_NOON - DAY, "¿Hablamos?")
    left = Fact("left", MONDAY_NOON - 2 * DAY)
    assert decisive.headline([no, left], "es", MONDAY_NOON) == "Dijo que no a «¿Hablamos?» · ayer · Se dio de baja"
    assert decisive.speaks_against([booked, left]) and not decisive.speaks_against([booked])


def test_a_row_and_the_page_open_with_two_facts_newest_first_and_without_arithmetic(world: World) -> None:
    say(world, "this_month", block="when")
    say(world, "no")
    browser = world.member("sales")
    for address in ("/leads", f"/leads/{world.people['ana']['id']}"):
        facts = decided(browser.get(address).text)
        assert len(facts) == 2
        assert facts[0].startswith(("Dijo que no a «", "Said no to “"))
        assert facts[1].startswith(("Dijo «Este mes» a «", "Said “Este mes” to “"))
        assert not re.search(r"[+−]\d", " ".join(facts)), "points stand behind “why”"
    page = browser.get(address).text
    assert page.index('class="headline') < page.index('id="why"') < page.index('class="meters"')


def test_an_answer_that_adds_to_two_scores_is_told_once(world: World) -> None:
    say(world, "crm", block="need")
    facts = decided(lead_page(world))
    assert len(facts) == 1 and "¿Qué te gustaría resolver primero?" in facts[0]


def test_a_departure_stands_over_a_newer_yes(world: World) -> None:
    assert world.visitor().post(f"/u/{world.token('ana', '', 'unsubscribe')}").status_code == 200
    world.now += MINUTE
    say(world, "yes")
    facts = decided(lead_page(world))
    assert facts[0].startswith(("Se dio de baja · ", "Unsubscribed · "))
    assert facts[1].startswith(("Dijo que sí a «", "Said yes to “"))


def test_the_words_of_a_reply_are_a_fact_and_decide_nothing() -> None:
    wrote = Fact("wrote", MONDAY_NOON, "", "mejor la otra semana")
    no = Fact("no_time", MONDAY_NOON - 1, "¿Cuándo?")
    lines = [each.words for each in decisive.lines([wrote, no], "es", MONDAY_NOON, zones.of("America/Bogota"))]
    assert lines[0] == "Escribió «mejor la otra semana» · hoy"
    assert decisive.speaks_against([wrote, no]) and not decisive.speaks_against([wrote])
    assert decisive.headline([wrote, no], "es", MONDAY_NOON).startswith("Ninguna hora")
