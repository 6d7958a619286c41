"""Computes which values count for a block of a message, event by event, so that they can be recomputed from history. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from server import jsontext
from server.capture.evidence import MACHINE, UNDECIDED, rank

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow

NOTHING = "[]"  # the value of an answer that was taken back
ACCUMULATES = "all"  # the policy of a block whose answers add up, such as the opened parts


class Candidate(NamedTuple):
    """One event as `settle` reads it. `value` is a JSON list; `at` is when it happened, `stands_at` when it may be confirmed
    (ms UTC); `verdict` is the current one.
    """

    value: str
    grade: str
    at: int
    stands_at: int
    verdict: str = ""


class StoredEvent(TypedDict):
    """The columns of a stored event that `settle` reads."""

    value: str
    grade: str
    at: int
    stands_at: int
    verdict: str


class Answer(NamedTuple):
    """The values that count for one block. `changes` counts how often they were replaced; `confirm_at` (ms UTC) ends a
    provisional state.

    `state` is provisional (a person's, still waiting), confirmed, withdrawn (taken back by the person), undecided, or machine
    if every event is a machine's.
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
        """The values as a tuple."""
        return tuple(jsontext.loads(self.value))


def settle(events: Iterable[Candidate], policy: str) -> Answer | None:
    """Compute the answer from `events`, in the order they happened. The surest counts; among equals the latest, or the first if
    `policy` is `first` or `once`.

    Returns None without events. A provisional answer stays so here because the clock is the caller's: see `as_of`.
    """
    answer = None
    for event in events:
        answer = step(answer, event, policy)
    return answer


def step(current: Answer | None, event: Candidate, policy: str) -> Answer:
    """Compute the answer after one more event."""
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
    """Return the answer as of `now`: a provisional one is confirmed once its wait is over."""
    waited = answer.state == "provisional" and answer.confirm_at <= now
    return answer._replace(state="confirmed") if waited else answer


def read(row: AnswersRow) -> Answer:
    """Make an `Answer` of a stored row."""
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
    """Make a `Candidate` of a stored event."""
    return Candidate(row["value"], row["grade"], row["at"], row["stands_at"], row["verdict"])


def _rank(of: Candidate | Answer, policy: str) -> int:
    """Rank an event or answer. The grade `asked` ranks above a press only if the policy of the block allows changes."""
    return rank("gestured" if of.grade == "asked" and policy != "latest" else of.grade, of.verdict)


def _union(one: str, other: str) -> str:
    """Merge two JSON lists in the order in which their values first occurred."""
    return jsontext.dumps(list(dict.fromkeys([*jsontext.loads(one), *jsontext.loads(other)])))


def _answer(event: Candidate, changes: int) -> Answer:
    return Answer(event.value, event.grade, _state(event), event.at, event.stands_at, changes, event.verdict)


def _state(event: Candidate) -> str:
    """Name the state after an event. A withdrawal never waits, because stopping to act on an answer is safe."""
    if event.verdict in (MACHINE, UNDECIDED):
        return event.verdict
    if event.value == NOTHING:
        return "withdrawn"
    return "confirmed" if event.stands_at <= event.at else "provisional"
