"""What counts, settled event by event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.capture import answers
from server.capture.answers import Candidate
from server.capture.evidence import GRADES, rank

HOLD = 300_000


def event(value: str, grade: str, at: int, verdict: str = "") -> Candidate:
    return Candidate(f'["{value}"]', grade, at, at + HOLD if grade == "posted" else at, verdict)


def say(*events: tuple[str, str, int] | tuple[str, str, int, str], policy: str = "latest") -> answers.Answer:
    settled = answers.settle([event(*each) for each in events], policy)
    assert settled
    return settled


def test_nobody_said_anything() -> None:
    assert answers.settle([], "latest") is None


def test_a_change_of_mind_counts_the_latest_answer() -> None:
    settled = say(("2", "gestured", 1), ("4", "gestured", 2))
    assert settled.values == ("4",)
    assert settled.changes == 1


def test_saying_the_same_again_is_no_change() -> None:
    assert say(("2", "gestured", 1), ("2", "gestured", 2)).changes == 0


@pytest.mark.parametrize("policy", ["first", "once"])
def test_where_the_first_answer_counts_a_later_one_does_not(policy: str) -> None:
    assert say(("2", "gestured", 1), ("4", "gestured", 2), policy=policy).values == ("2",)


def test_a_weaker_grade_never_replaces_a_stronger_one() -> None:
    """Safe Links was seen to post a rating seconds after the person, and to overwrite the answer."""
    assert say(("9", "gestured", 1), ("0", "posted", 2)).values == ("9",)


@pytest.mark.parametrize("policy", ["latest", "first", "once"])
def test_a_stronger_grade_replaces_a_weaker_one_whatever_the_policy(policy: str) -> None:
    assert say(("0", "posted", 1), ("9", "gestured", 2), policy=policy).values == ("9",)


def test_a_post_without_a_person_waits_out_the_hold() -> None:
    settled = say(("4", "posted", 1000))
    assert (settled.state, settled.confirm_at) == ("provisional", 1000 + HOLD)


def test_a_gesture_confirms_at_once() -> None:
    assert say(("4", "gestured", 1000)).state == "confirmed"


def test_a_machines_answer_never_counts_beside_a_persons() -> None:
    assert say(("9", "posted", 1), ("0", "gestured", 2, "machine")).values == ("9",)
    assert say(("0", "gestured", 1, "machine"), ("9", "posted", 2), policy="once").values == ("9",)


def test_where_only_machines_answered_nothing_is_confirmed() -> None:
    assert say(("0", "gestured", 1, "machine")).state == "machine"


def test_a_touch_in_doubt_does_not_replace_one_beyond_doubt() -> None:
    assert say(("9", "gestured", 1, "person"), ("0", "gestured", 2, "undecided")).values == ("9",)


def test_taking_the_place_of_a_machines_answer_is_no_change_of_mind() -> None:
    assert say(("0", "posted", 1, "machine"), ("9", "gestured", 2)).changes == 0


def test_an_answer_is_confirmed_once_its_wait_is_over() -> None:
    waiting = say(("4", "posted", 1000))
    assert answers.as_of(waiting, 999 + HOLD).state == "provisional"
    assert answers.as_of(waiting, 1000 + HOLD).state == "confirmed"


events = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from(GRADES[1:]), st.integers(0, 9)), min_size=1, max_size=12
)


@given(events)
def test_what_counts_is_the_latest_of_the_highest_grade(said: list[tuple[str, str, int]]) -> None:
    best = max(rank(grade) for _, grade, _ in said)
    expected = [value for value, grade, _ in said if rank(grade) == best][-1]
    assert say(*said).values == (expected,)


def test_who_is_asked_and_says_yes_replaces_even_what_was_vouched_for() -> None:
    assert say(("2", "authenticated", 1), ("4", "asked", 2)).values == ("4",)
    assert say(("2", "authenticated", 1), ("4", "asked", 2, "undecided")).values == ("2",)


@pytest.mark.parametrize("policy", ["first", "once"])
def test_no_asking_replaces_the_one_answer_of_a_block_that_takes_one(policy: str) -> None:
    assert say(("2", "gestured", 1), ("4", "asked", 2), policy=policy).values == ("2",)
