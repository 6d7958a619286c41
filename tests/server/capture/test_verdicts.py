"""Who gave an answer: each rule on the smallest story that it is about."""

from __future__ import annotations

from typing import Any

import pytest

from server.capture.observation import Observation
from server.capture.rules import BOUNDS, WEIGHTS, Rules
from server.capture.verdicts import judge
from server.web.sales import verdict_messages
from tests.server.capture.stories import (
    AROUND,
    LATER,
    NEED,
    PERSON,
    all_names,
    form,
    hit,
    judged,
    names,
    opened,
    press,
    tap,
)


def test_a_person_opens_one_link_and_presses_its_button() -> None:
    assert judged(hit(0), tap(3)).name == "person"


def test_a_form_without_any_sign_is_taken_for_a_persons_and_waits() -> None:
    assert judged(hit(0), form(3)).name == "person"


def test_a_strict_house_leaves_every_answer_without_a_press_undecided() -> None:
    assert judged(hit(0), form(3), rules=Rules(strict=True)).name == "undecided"
    assert judged(hit(0), tap(3), rules=Rules(strict=True)).name == "person"


def test_every_option_opened_in_a_tab_speaks_against_no_press() -> None:
    assert judged(*opened(*NEED), press(3, "crm", "crm")).name == "person"


def test_a_burst_that_no_hand_opens_speaks_against_the_form_of_its_page_alone() -> None:
    swept = opened(*NEED, gap=0.2)
    verdict = judged(*swept, form(2, nonce=f"{'numbers':-<24}"))
    assert (verdict.name, verdict.signs[0]) == ("machine", ("flood", {"links": 4, "seconds": 1}))
    reader = opened("crm", at=20)
    assert (
        judged(*swept, *[each._replace(nonce="b" * 24) for each in reader], form(25, nonce="b" * 24)).name == "person"
    )


def test_what_a_program_of_the_reader_fetched_is_no_opened_link() -> None:
    fetched = opened(*NEED, gap=0.1, facts={"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "no-cors"})
    assert judged(*fetched, *opened("crm", at=8, nonce="c" * 24), form(12, nonce="c" * 24)).name == "person"


def test_a_person_corrects_a_slip_in_seconds_and_answers_another_question() -> None:
    """C1 of the adversary: a link every five seconds, a correction by “yes, change it”, and one question more."""
    asked = {"facts": {**PERSON, "asked": "1"}}
    steps = [
        *opened("crm"),
        press(2.5, "crm", "crm"),
        *opened("follow_up", at=5),
        press(7.5, "follow_up", "follow_up", **asked),
    ]
    steps += [hit(10, choice="this_month", block="when"), press(12.5, "this_month", "when", block="when")]
    assert all_names(*steps) == ["person"] * 3


def test_forms_within_a_second_of_their_pages_question_after_question_are_a_machines() -> None:
    steps = []
    for place, block in enumerate(("need", "call")):
        page = f"{block:-<24}"
        steps += [hit(40 * place, block=block, nonce=page), form(40 * place + 0.6, block=block, nonce=page)]
    assert all_names(*steps) == ["machine", "machine"]
    assert all_names(*steps[:2]) == ["person"]


def test_a_form_that_the_browser_says_a_person_set_off_is_no_step_of_a_bound() -> None:
    around = AROUND._replace(exclusive=frozenset({"a", "b", "c"}))
    steps = []
    for place, block in enumerate("abc"):
        page = f"{block:-<24}"
        sent: Any = {"facts": {"Sec-Fetch-User": "?1"}} if block != "c" else {}
        steps += [hit(40 * place, block=block, nonce=page), form(40 * place + 1.5, block=block, nonce=page, **sent)]
    assert [verdict.name for verdict in judge(steps, around, Rules()) if verdict] == ["person"] * 6
    posted = [each._replace(facts={}) for each in steps]
    assert [judge(posted, around, Rules())[place].name for place in (1, 3, 5)] == ["machine"] * 3
    set_off = [each._replace(facts={"Sec-Fetch-User": "?1"}) for each in steps]
    verdicts = judge(set_off, around, Rules())
    assert [verdicts[place].name for place in (1, 3, 5)] == ["person"] * 3
    assert "quick_presses" in names(verdicts[5]), "it weighs beside other signs"


def test_several_answers_faster_than_a_finger_are_a_machines() -> None:
    assert (
        all_names(hit(0), *(press(1 + place / 4, choice, "one") for place, choice in enumerate(NEED)))
        == ["machine"] * 4
    )


def test_of_two_that_contradict_each_other_the_one_that_strayed_from_its_link_is_doubted() -> None:
    first = {"network": "40.94.1.0/24"}
    story = [hit(0, **first), tap(1, "numbers", nonce="s" * 24, **first), hit(2), tap(4)]
    assert all_names(*story) == ["undecided", "person"]


def test_one_browser_that_changes_its_network_does_not_contradict_itself() -> None:
    visit: Any = {"facts": {**PERSON, "visit": "bus"}}
    steps = [hit(0, **visit), press(2, "crm", "a", **visit), press(60, "numbers", "b", network="181.9.9.0/24", **visit)]
    assert all_names(*steps) == ["person", "person"]


@pytest.mark.parametrize(
    ("changes", "sign", "name"),
    [
        ({"facts": {**PERSON, "webdriver": "1"}}, "webdriver", "machine"),
        ({"gesture": "", "agent": "Slackbot-LinkExpanding 1.0", "facts": {}}, "named", "machine"),
        ({"gesture": "", "facts": {"dwell": "300"}}, "script_only", "undecided"),
        ({"gesture": "", "agent": "", "facts": {}}, "no_agent", "undecided"),
        ({"gesture": "", "facts": {"Sec-Purpose": "prefetch"}}, "prefetch", "undecided"),
    ],
)
def test_one_hit_that_gives_itself_away(changes: dict[str, Any], sign: str, name: str) -> None:
    verdict = judged(tap(3, **changes))
    assert (verdict.name, sign in names(verdict)) == (name, True)


@pytest.mark.parametrize("facts", [{"Sec-Purpose": "prefetch"}, {}])
def test_head_a_missing_agent_and_crowds_speak_against_untouched_answers_alone(facts: dict[str, str]) -> None:
    around = AROUND._replace(crowds={"203.0.113.0/24": 99}, sent_at=LATER - 1_000)
    assert judged(hit(0, "HEAD"), tap(3, agent="", facts={**PERSON, **facts}), around=around).name == "person"


def test_a_person_without_scripts_in_a_busy_office_minutes_after_sending_is_confirmed_after_the_hold() -> None:
    around = AROUND._replace(crowds={"203.0.113.0/24": 15}, sent_at=LATER - 60_000)
    assert judged(hit(0), form(4), around=around, rules=Rules(https=True)).name == "person"


def test_a_page_left_open_counts_with_a_sign_or_alone_and_late_and_else_is_undecided() -> None:
    def left(**facts: str) -> Observation:
        return form(300, nonce=f"{'crm':-<24}"[:24] + "-left", facts={"left": "1", **facts})

    alone = opened("crm")
    assert judged(*alone, left(sign="touch")).name == "person"
    assert judged(*alone, left(late="1")).name == "person"
    assert judged(*alone, left()).name == "undecided"
    assert judged(*opened("crm", "numbers", gap=5), left(late="1")).name == "undecided"
    assert judged(*opened(*NEED, gap=5), left(sign="wheel", late="1")).name == "undecided"


def test_a_telephone_of_the_maker_cubot_is_no_bot() -> None:
    assert judged(hit(0), tap(2, agent="Mozilla/5.0 (Linux; Android 13; CUBOT_X50)")).name == "person"


def test_what_a_mail_client_vouches_for_is_a_persons_whatever_else_happens() -> None:
    assert judged(*opened(*NEED, gap=0.1), tap(1, vouched="google")).name == "person"


def test_every_sign_has_its_words() -> None:
    shown = {*WEIGHTS, *BOUNDS, "vouched", "overruled", "strict"}
    assert shown <= set(verdict_messages.WORDS)
