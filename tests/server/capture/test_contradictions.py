"""How often a person corrects themselves, and what contradicts itself more often."""

from __future__ import annotations

from typing import Any

import pytest

from server.capture.rules import Rules
from server.capture.verdicts import judge
from tests.server.capture.stories import AROUND, NEED, PERSON, all_names, hit, opened, press


def test_on_one_page_a_person_changes_as_often_as_they_like() -> None:
    presses = [press(3 * place, choice, "one") for place, choice in enumerate((*NEED, *NEED))]
    assert all_names(hit(0), *presses) == ["person"] * 8


@pytest.mark.parametrize("gap", [1, 30, 3_600, 90_000])
@pytest.mark.parametrize("gesture", ["pointer", ""])
def test_three_answers_to_one_question_from_three_pages_are_a_machines_whatever_the_gaps(
    gap: float, gesture: str
) -> None:
    steps = [
        each
        for place, choice in enumerate(NEED[:3])
        for each in (
            hit(place * gap, choice=choice, nonce=f"{choice:-<24}"),
            press(place * gap + 0.9, choice, choice, gesture=gesture, facts={}),
        )
    ]
    assert all_names(*steps) == ["machine"] * 3


def test_one_correction_in_each_of_three_questions_is_one_too_many() -> None:
    around = AROUND._replace(exclusive=frozenset({"a", "b", "c"}))
    steps = [press(9 * place, str(place % 2), f"page{place}", block="abc"[place // 2]) for place in range(6)]
    assert [verdict.name for verdict in judge(steps, around, Rules())] == ["machine"] * 6


def test_presses_from_many_places_that_contradict_each_other_are_left_undecided() -> None:
    farm = [press(2 * place, choice, choice, network=f"198.51.{place}.0/24") for place, choice in enumerate(NEED)]
    assert all_names(*farm) == ["undecided"] * 4
    person = press(400, "crm", "mine", network="181.1.1.0/24", agent="Mozilla/5.0 iPhone")
    assert all_names(*farm, person)[-1] == "person", "a burst reaches no further than it lasts"


def test_a_machine_that_spends_the_budget_by_itself_leaves_the_person_alone() -> None:
    machine: Any = {"network": "198.51.1.0/24"}
    steps = [press(5 * place, choice, choice, **machine) for place, choice in enumerate(NEED)]
    assert all_names(*opened(*NEED, **machine), *steps, press(6, "crm", "mine")) == ["machine"] * 4 + ["person"]


def test_a_visit_id_parts_the_reader_from_an_appliance_with_the_same_network_and_agent() -> None:
    def visit(name: str) -> dict[str, Any]:
        return {"facts": {**PERSON, "visit": name}}

    appliance = [press(place, choice, choice, **visit("appliance")) for place, choice in enumerate(NEED)]
    assert all_names(*appliance, press(5, "crm", "mine", **visit("reader")))[-1] == "person"


def test_who_is_not_the_guilty_one_of_a_burst_is_looked_at_with_what_comes_later() -> None:
    def place(number: int) -> dict[str, str]:
        return {"network": f"198.51.{number}.0/24"}

    burst = [press(0, "numbers", "a", **place(1)), press(90, "crm", "b", **place(2))]
    burst += [press(92, "numbers", "b", **place(2)), press(103, "crm", "c", **place(3))]
    assert all_names(*burst) == ["person", "undecided", "undecided", "person"], "the one that pressed most is doubted"
    later = press(3_500, "follow_up", "d", **place(4))
    assert all_names(*burst, later) == ["undecided"] * 5
