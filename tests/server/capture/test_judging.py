"""What is stored of who gave an answer, and what follows when it turns out to be somebody else."""

from __future__ import annotations

import json

import pytest

from server.capture import confirmation, recomputing
from server.capture.rules import Rules
from server.reports import answers, timeline
from tests.server.world import World, csrf

RULES = Rules(patience_ms=0)
NEED = ("crm", "follow_up", "proposals", "numbers")


def contradict(world: World, name: str = "ana") -> None:
    """A machine answers two more options, each from a page of its own: with the first that is more than a person corrects."""
    for choice in NEED[1:3]:
        world.post(name, "need", choice, gesture="pointer")


def state(world: World, block: str = "need") -> tuple[list[str], str]:
    answer = world.answer("ana", block)
    assert answer
    return answer["values"], answer["state"]


def test_answers_that_contradict_each_other_too_often_are_a_machines_and_give_no_points(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    contradict(world)
    events, lead = world.events("ana"), world.lead("ana")
    assert state(world)[1] == "machine"
    assert {(event["verdict"], json.loads(event["signs"])[0][0]) for event in events} == {("machine", "contradictions")}
    assert lead and (lead["worth"], lead["people"], lead["waiting"], lead["machines"]) == (0, 0, 0, 1)


def test_a_confirmed_answer_falls_back_when_later_answers_unmask_it(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    assert state(world) == (["crm"], "confirmed")
    contradict(world)
    event, lead = world.events("ana")[0], world.lead("ana")
    assert state(world)[1] == "machine"
    assert event["judged_at"] >= event["at"]
    assert lead and (lead["worth"], lead["machines"]) == (0, 1)


def test_what_a_machine_answered_is_still_asked(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    contradict(world)
    assert "Respondiste" not in world.visitor().get(f"/a/{world.token('ana', 'need')}/numbers").text


def test_a_touch_waits_until_a_burst_would_have_shown(world: World) -> None:
    by = Rules(patience_ms=8_000)
    object.__setattr__(world.app.extensions["acto"], "rules", by)
    world.post("ana", "need", "crm", gesture="pointer")
    answer = world.answer("ana", "need")
    assert answer and (answer["state"], answer["confirm_at"] - answer["answered_at"]) == ("provisional", 8_000)
    confirmation.confirm_due(world.store, answer["confirm_at"] - 1, by)
    assert state(world)[1] == "provisional"
    confirmation.confirm_due(world.store, answer["confirm_at"], by)
    assert state(world)[1] == "confirmed"


def test_a_fetched_link_after_an_answer_leaves_a_press_alone(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    for choice in NEED:
        world.visitor().get(f"/a/{world.token('ana', 'need')}/{choice}")
    world.hits("ana")
    assert state(world) == (["crm"], "confirmed")


def test_recomputing_under_other_rules_says_what_changed_and_back(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    contradict(world)
    mild = RULES._replace(corrections_a_question=9, corrections_a_mail=9)
    changes = list(recomputing.recompute(world.store, mild, world.now + 1000))
    assert {(change.event["verdict"], change.verdict.name) for change in changes} == {("machine", "person")}
    assert state(world) == (["proposals"], "confirmed")
    assert {each.verdict.name for each in recomputing.recompute(world.store, RULES, world.now + 2000)} == {"machine"}
    assert list(recomputing.recompute(world.store, RULES, world.now + 3000)) == []


def test_every_hit_is_exported_with_its_verdict(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    contradict(world)
    world.post("grace", "need", "crm", gesture="pointer")
    lines = list(recomputing.export(world.store, RULES))
    assert sorted(line["verdict"] for line in lines) == ["machine"] * 3 + ["person"]
    assert {line["network"] for line in lines} == {"127.0.0.0/24"}


def test_somebody_of_the_team_overrules_with_a_reason_and_no_recomputation_undoes_it(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    contradict(world)
    desk, page = world.admin(), f"/leads/{world.people['ana']['id']}"
    shown = desk.get(page)
    assert "más de lo que hace una persona" in shown.text
    event = world.events("ana")[0]
    form = {name: event[name] for name in ("message_id", "block", "nonce")}
    said = {**form, "verdict": "person", "reason": "Me llamó y lo confirmó", "csrf_token": csrf(shown)}
    assert desk.post(f"{page}/overrule", data={**said, "reason": " "}).status_code == 400
    assert desk.post(f"{page}/overrule", data=said).status_code == 302
    assert state(world) == (["crm"], "confirmed")
    assert "Me llamó y lo confirmó" in desk.get(page).text
    assert list(recomputing.recompute(world.store, RULES, world.now + 5000)) == []
    assert state(world) == (["crm"], "confirmed")


def test_not_me_is_recorded_once_and_changes_no_answer(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    token = world.token("ana", "need")
    page = world.visitor().get(f"/n/{token}")
    assert "a***@example.com" in page.text and "<form" in page.text
    for _ in range(2):
        assert world.visitor().post(f"/n/{token}").status_code == 200
    with world.store.read() as tx:
        kinds = [entry["kind"] for entry in timeline.of_contact(tx, world.people["ana"]["id"])]
    assert kinds.count("not_me") == 1
    assert state(world) == (["crm"], "confirmed")


@pytest.mark.parametrize(("query", "shown"), [("", False), ("?all=", True)])
def test_leads_that_only_machines_made_stand_behind_a_switch(world: World, query: str, shown: bool) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    contradict(world)
    world.post("grace", "need", "crm", gesture="pointer")
    for room in ("/leads", "/answers"):
        text = world.admin().get(room + query).text
        assert "Grace Hill" in text
        assert ("Ana Díaz" in text) == shown


def test_reports_count_people_waiting_and_machines_apart(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    contradict(world)
    world.post("grace", "need", "crm", gesture="pointer")
    with world.store.read() as tx:
        (question,) = answers.by_question(tx, "diagnosis", answers.totals(tx, "diagnosis"), "es")
    assert (question.people, question.waiting, question.machines) == (1, 0, 1)
