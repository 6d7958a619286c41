"""Answers that a scanner may have given: a state of their own that gives nothing, says so, and is settled by a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from server.capture import confirmation, recomputing, review_task
from server.capture.rules import Rules
from tests.server.world import HOLD_MS, World, csrf

if TYPE_CHECKING:
    from server.store.queries.tasks import TasksRow

BY_SCRIPT = {"dwell": "300", "visible": "1"}  # our script ran, and nobody pressed


def doubtful(world: World, block: str = "call", choice: str = "yes", name: str = "ana") -> None:
    """The form as a script of a scanner submits it."""
    form = {"choice": choice, "nonce": world.nonce(), "gesture": "", **BY_SCRIPT}
    assert world.visitor().post(f"/a/{world.token(name, block)}", data=form).status_code == 200


def state(world: World, block: str = "call", name: str = "ana") -> str:
    answer = world.answer(name, block)
    assert answer
    return str(answer["state"])


def tasks(world: World) -> list[TasksRow]:
    with world.store.read() as tx:
        return [row for row in tx.tasks.of_contact(contact_id=world.people["ana"]["id"]) if not row["done_at"]]


def test_an_undecided_answer_gives_nothing_and_never_counts_by_itself(world: World) -> None:
    doubtful(world)
    confirmation.confirm_due(world.store, world.now + 10 * HOLD_MS)
    lead = world.lead("ana")
    assert state(world) == "undecided"
    assert lead and (lead["worth"], lead["stage"], lead["people"], lead["undecided"]) == (0, "cold", 0, 1)


def test_one_task_asks_for_a_look_where_the_answer_would_make_a_lead(world: World) -> None:
    doubtful(world)
    assert tasks(world) == [], "an answer without a floor is worth no task"
    answer = world.answer("ana", "call")
    message: Any = world.sent["ana"]
    points = json.dumps([{"value": "yes", "label": "Sí, hablemos", "floor": "hot"}])
    row: Any = {**(answer or {}), "points": points, "question": "¿Hablamos?"}
    for _ in range(2):
        world.store.write(lambda tx: review_task.follow(tx, message, "provisional", row, world.now))
    assert [task["title"] for task in tasks(world)] == ["Puede ser un escáner: «Sí, hablemos» a «¿Hablamos?»"]
    world.store.write(lambda tx: review_task.follow(tx, message, "undecided", row | {"state": "confirmed"}, world.now))
    assert tasks(world) == []


def test_a_press_replaces_an_undecided_answer_and_not_the_other_way(world: World) -> None:
    doubtful(world)
    world.post("ana", "call", "no", gesture="pointer")
    assert state(world) == "confirmed"
    doubtful(world)
    answer = world.answer("ana", "call")
    assert answer and (answer["values"], answer["state"]) == (["no"], "confirmed")


def test_the_list_settles_many_at_once_and_no_recomputation_undoes_it(world: World) -> None:
    for name in ("ana", "grace"):
        doubtful(world, name=name)
    desk = world.admin()
    page = desk.get("/undecided")
    assert page.text.count('name="answer"') == 2 and "sin que nadie oprimiera nada" in page.text
    marks = [f"{world.sent[name]['contact_id']}/{world.sent[name]['id']}/call" for name in ("ana", "grace")]
    form = {"answer": marks, "verdict": "person", "reason": "", "csrf_token": csrf(page)}
    assert desk.post("/undecided", data=form).status_code == 302
    assert {state(world, name=name) for name in ("ana", "grace")} == {"confirmed"}
    assert tasks(world) == []
    assert "2 respuestas decididas." in desk.get("/undecided").text
    assert list(recomputing.recompute(world.store, Rules(), world.now + 1000)) == []


def test_what_is_settled_as_a_scanners_is_a_machines(world: World) -> None:
    doubtful(world)
    desk = world.member("sales")
    page = desk.get("/undecided")
    mark = f"{world.sent['ana']['contact_id']}/{world.sent['ana']['id']}/call"
    desk.post("/undecided", data={"answer": mark, "verdict": "machine", "csrf_token": csrf(page)})
    assert state(world) == "machine"


def test_a_form_of_the_list_that_is_none_changes_nothing(world: World) -> None:
    doubtful(world)
    desk = world.admin()
    token = csrf(desk.get("/undecided"))
    for bad in ({"answer": "x", "verdict": "person"}, {"answer": "a/b/c", "verdict": "both"}):
        assert desk.post("/undecided", data={**bad, "csrf_token": token}).status_code == 400
    assert (
        desk.post("/undecided", data={"answer": "a/b/c", "verdict": "person", "csrf_token": token}).status_code == 302
    )
    assert state(world) == "undecided"


def test_reports_count_undecided_answers_apart(world: World) -> None:
    doubtful(world, "need", "crm")
    world.post("grace", "need", "crm", gesture="pointer")
    text = world.admin().get("/answers").text
    assert "1 sin decidir" in text and "por decidir" in text


def test_a_strict_house_leaves_forms_undecided(world: World) -> None:
    object.__setattr__(world.app.extensions["acto"], "rules", Rules(strict=True))
    world.post("ana", "need", "crm")
    assert state(world, "need") == "undecided"
