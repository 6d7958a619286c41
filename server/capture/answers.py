"""Answers: what counts now for a message's block, settled event by event and recomputable from all of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from server import jsontext
from server.capture.evidence import MACHINE, UNDECIDED, rank

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow

NOTHING = "[]"  # the value of an answer that was taken back
ACCUMULATES = "all"  # the policy of a block whose answers add up: each part opened counts


class Candidate(NamedTuple):
    """One event as settling sees it: the values given (a JSON list), the grade, when, when it may stand (both ms UTC), and who
    gave it by all that is known now.
    """

    value: str
    grade: str
    at: int
    stands_at: int
    verdict: str = ""


class StoredEvent(TypedDict):
    """The columns of an event that settling looks at."""

    value: str
    grade: str
    at: int
    stands_at: int
    verdict: str


class Answer(NamedTuple):
    """What counts. `changes` is how often what counts was replaced; `confirm_at` is when a provisional answer stands.

    `state` is provisional (a person's, still waiting), confirmed, withdrawn (taken back by the person), undecided, or machine where
    nobody but machines has answered.
    """

    value: str
    grade: str
    state: str
    answered_at: int
    confirm_at: int
    changes: int
    verdict: str

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(jsontext.loads(self.value))


def settle(events: Iterable[Candidate], policy: str) -> Answer | None:
    """The surest wins; among equals the latest, or the first where the block says `first` or `once`.

    `events` in the order they happened. None for no events. Whether a provisional answer has waited long enough by now is
    for whoever confirms it: see `as_of`.
    """
    answer = None
    for event in events:
        answer = step(answer, event, policy)
    return answer


def step(current: Answer | None, event: Candidate, policy: str) -> Answer:
    """What counts after one more event."""
    if current is None:
        return _answer(event, 0)
    ours, theirs = _rank(event, policy), _rank(current, policy)
    if event.value == NOTHING and ours >= theirs:
        return _answer(event, current.changes + (current.value != NOTHING))
    if policy == ACCUMULATES and ours == theirs:
        return _answer(event._replace(value=_union(current.value, event.value)), current.changes)
    if ours < theirs or (ours == theirs and policy != "latest" and current.value != NOTHING):
        return current  # a weaker one never replaces a stronger one, whatever the policy
    changed = event.value != current.value and current.state not in (MACHINE, UNDECIDED)
    return _answer(event, current.changes + changed)


def as_of(answer: Answer, now: int) -> Answer:
    """The same, confirmed if its wait is over."""
    waited = answer.state == "provisional" and answer.confirm_at <= now
    return answer._replace(state="confirmed") if waited else answer


def read(row: AnswersRow) -> Answer:
    """A stored answer."""
    return Answer(
        row["value"],
        row["grade"],
        row["state"],
        row["answered_at"],
        row["confirm_at"],
        row["changes"],
        row["verdict"],
    )


def candidate(row: StoredEvent) -> Candidate:
    """A stored event."""
    return Candidate(row["value"], row["grade"], row["at"], row["stands_at"], row["verdict"])


def _rank(of: Candidate | Answer, policy: str) -> int:
    """To be asked about a change makes an answer surer only where a change is possible."""
    return rank("gestured" if of.grade == "asked" and policy != "latest" else of.grade, of.verdict)


def _union(one: str, other: str) -> str:
    """Two JSON lists as one, in the order in which their values first came."""
    return jsontext.dumps(list(dict.fromkeys([*jsontext.loads(one), *jsontext.loads(other)])))


def _answer(event: Candidate, changes: int) -> Answer:
    return Answer(event.value, event.grade, _state(event), event.at, event.stands_at, changes, event.verdict)


def _state(event: Candidate) -> str:
    """An answer that is taken back waits for nothing: to stop acting on it is safe."""
    if event.verdict in (MACHINE, UNDECIDED):
        return event.verdict
    if event.value == NOTHING:
        return "withdrawn"
    return "confirmed" if event.stands_at <= event.at else "provisional"
