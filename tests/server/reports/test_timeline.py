"""What happened with one person, as somebody in sales reads it."""

from __future__ import annotations

from typing import Any

from server.reports import timeline
from tests.server.flows import acting, changing
from tests.server.flows.acting import keep
from tests.server.flows.changing import ALERT, CALL, MINUTE, TAG, TASK
from tests.server.world import World


def test_a_scanner_that_opens_every_link_is_one_line_with_its_count(world: World) -> None:
    for choice in ("crm", "follow_up", "proposals", "numbers"):
        world.visitor().get(f"/a/{world.token('ana', 'need')}/{choice}")
    opened, message = _happened(world)
    assert (opened["kind"], opened["count"], opened["email"]) == ("opened", 4, "diagnosis")
    assert message["kind"] == "message"


def test_one_opening_says_what_was_opened_in_the_words_of_the_email(world: World) -> None:
    world.visitor().get(f"/a/{world.token('ana', 'call')}/yes")
    opened = _happened(world)[0]
    assert (opened["count"], opened["question"], opened["label"]) == (1, "¿Hablamos 20 minutos?", "Sí, hablemos")


def test_openings_before_and_after_an_answer_stay_apart_and_the_answers_own_goes_without_saying(world: World) -> None:
    _open(world, times=3)
    world.post("ana", "need", "crm", gesture="pointer")
    _open(world, times=1)
    assert [(entry["kind"], entry.get("count")) for entry in _happened(world)] == [
        ("opened", 1),
        ("answered", None),
        ("opened", 2),
        ("message", None),
    ]


def test_an_answer_that_was_replaced_is_still_said_in_words(world: World) -> None:
    world.post("ana", "when", "this_month", gesture="pointer")
    world.post("ana", "when", "someday", gesture="pointer")
    said = [(entry["labels"], entry["counts"]) for entry in _happened(world) if entry["kind"] == "answered"]
    assert said == [(["Más adelante, sin prisa"], True), (["Este mes"], False)]


def test_the_page_says_once_that_opening_is_no_answer(world: World) -> None:
    for _ in range(2):
        _open(world, times=2)
        world.post("ana", "need", "crm", gesture="pointer")
    shown = world.admin().get(f"/leads/{world.people['ana']['id']}").text
    assert shown.count("Abrir una página no es responder") == 1


def _open(world: World, times: int) -> None:
    """The page of a question, and its hits stored."""
    for _ in range(times):
        world.visitor().get(f"/a/{world.token('ana', 'need')}/crm")
    world.hits("ana")


def _happened(world: World) -> list[dict[str, Any]]:
    world.hits("ana")  # those of pages are stored a moment later
    with world.store.read() as tx:
        return timeline.of_contact(tx, world.people["ana"]["id"])


def test_the_effects_of_one_answer_are_one_line_and_the_filter_shows_what_people_did(world: World) -> None:
    keep(world, CALL + TAG + TASK + ALERT)
    changing.say(world, "yes")
    acting.work(world, world.now + MINUTE)
    told = [entry for entry in _happened(world) if entry["kind"] in ("effect", "effects", "answered")]
    assert [entry["kind"] for entry in told] == ["effects", "answered"]
    assert {each["did"] for each in told[0]["effects"]} == {"tag", "task", "alert"}
    browser, page = world.member("sales"), f"/leads/{world.people['ana']['id']}"
    assert "La respuesta puso en marcha: " in browser.get(page).text
    answers = browser.get(f"{page}?history=answers").text.partition('class="timeline"')[2]
    assert "Sí, hablemos" in answers
    assert "La respuesta puso en marcha" not in answers
    assert 'class="message"' not in answers
