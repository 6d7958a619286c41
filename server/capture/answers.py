"""Answers: what counts now for a message's block, settled event by event and recomputable from all of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from server import jsontext
from server.capture.evidence import CONFIRMS_AT_ONCE, rank

ACCUMULATES = "all"  # the policy of a block whose answers add up: each part opened counts


class Given(NamedTuple):
    """One event as settling sees it: the values given (a JSON list), the grade, and when (ms UTC)."""

    value: str
    grade: str
    at: int


class Answer(NamedTuple):
    """What counts. `changes` is how often what counts was replaced; `confirm_at` is when a provisional answer stands."""

    value: str
    grade: str
    state: str
    answered_at: int
    confirm_at: int
    changes: int

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(jsontext.loads(self.value))


def settle(events: Iterable[Given], policy: str, hold_ms: int) -> Answer | None:
    """The highest grade wins; within it the latest, or the first where the block says `first` or `once`.

    `events` in the order they happened. None for no events. Whether a provisional answer has waited long enough by now is
    for whoever confirms it.
    """
    answer = None
    for event in events:
        answer = step(answer, event, policy, hold_ms)
    return answer


def step(current: Answer | None, event: Given, policy: str, hold_ms: int) -> Answer:
    """What counts after one more event."""
    if current is None:
        return _answer(event, 0, hold_ms)
    if policy == ACCUMULATES and rank(event.grade) == rank(current.grade):
        return _answer(event._replace(value=_union(current.value, event.value)), current.changes, hold_ms)
    if not _replaces(event, current, policy):
        return current
    return _answer(event, current.changes + (event.value != current.value), hold_ms)


def _union(one: str, other: str) -> str:
    """Two JSON lists as one, in the order in which their values first came."""
    return jsontext.dumps(list(dict.fromkeys([*jsontext.loads(one), *jsontext.loads(other)])))


def read(row: Mapping[str, Any]) -> Answer:
    """A stored answer."""
    return Answer(*(row[name] for name in Answer._fields))


def _replaces(event: Given, current: Answer, policy: str) -> bool:
    """A weaker grade never replaces a stronger one, whatever the policy."""
    difference = rank(event.grade) - rank(current.grade)
    return difference > 0 or (difference == 0 and policy == "latest")


def _answer(event: Given, changes: int, hold_ms: int) -> Answer:
    at_once = event.grade in CONFIRMS_AT_ONCE or hold_ms == 0
    confirm_at = event.at if at_once else event.at + hold_ms
    state = "confirmed" if at_once else "provisional"
    return Answer(event.value, event.grade, state, event.at, confirm_at, changes)
