"""Scores leads again when their points have faded or the scoring model has changed: the worker calls `due` every second.

It also previews another table without storing anything, and compares or recomputes leads for `acto check` and
`acto leads --recompute`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from server.qualify import leads, scoring, scoring_models
from server.qualify.scoring import DAY_MS, ScoringModel
from server.qualify.scoring_models import StoredModel
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.leads import LeadsRow

TOGETHER = 100  # leads in one transaction
ROUNDS = 20  # transactions a call, so that the worker's other jobs run in between
PAGE = 1000
MOST_NAMED = 50


class Move(NamedTuple):
    """A lead whose stage another table would change."""

    contact_id: str
    was: str
    stage: str
    worth_was: int
    worth: int


class Preview(NamedTuple):
    """The effect of another table: how many leads move between which stages, and the first of them, the greatest change first."""

    leads: int
    moves: Mapping[tuple[str, str], int]
    named: list[Move]


def due(store: Store, now: int) -> int:
    """Score some of the outdated leads again; return how many. The worker calls it every second."""
    total = 0
    for _ in range(ROUNDS):
        with store.read() as tx:
            by = scoring_models.current(tx)
            rows = tx.leads.to_rescore(scored_by=by.id, scored_on=now // DAY_MS, limit=TOGETHER)
        if not rows:
            break
        store.write(partial(_some, ids=sorted(row["contact_id"] for row in rows), by=by, now=now))
        total += len(rows)
    return total


def preview(tx: Session, table: ScoringModel, now: int) -> Preview:
    """Compute every lead by another table, as of today, without changing any."""
    moves: Counter[tuple[str, str]] = Counter()
    named: list[Move] = []
    count = 0
    for row in _every(tx):
        count += 1
        score = scoring.again(leads.reasons(row["reasons"]), table, now // DAY_MS)
        if not row["pinned"] and score.stage != row["scored_stage"]:
            moves[row["scored_stage"], score.stage] += 1
            named.append(Move(row["contact_id"], row["scored_stage"], score.stage, row["worth"], score.worth))
    named.sort(key=lambda move: -abs(move.worth - move.worth_was))
    return Preview(count, dict(moves), named[:MOST_NAMED])


def recompute(store: Store, now: int, told: Callable[[int], object] = lambda done: None) -> Iterator[str]:
    """Compute every lead from its answers again and yield the ids of those that differed. It may be stopped and repeated.

    It reads without a lock, and checks a difference once more under the lock.
    """
    after, done = "", 0
    while True:
        with store.read() as tx:
            rows = tx.leads.scored(after=after, limit=PAGE)
            differing = _otherwise(tx, rows, now) if rows else []
        if not rows:
            return
        if differing:
            yield from store.write(partial(_anew, ids=differing, now=now))
        after, done = rows[-1]["contact_id"], done + len(rows)
        told(done)


def _otherwise(tx: Session, rows: Sequence[LeadsRow], now: int) -> list[str]:
    by, answers = scoring_models.current(tx), _answers(tx, rows[0]["contact_id"], rows[-1]["contact_id"])
    return [
        row["contact_id"]
        for row in rows
        if (given := answers.get(row["contact_id"])) and differing(row, leads.lead(given, by, now))
    ]


def _answers(tx: Session, first: str, last: str) -> dict[str, list[AnswersRow]]:
    found: dict[str, list[AnswersRow]] = {}
    for row in tx.answers.between(first=first, last=last):
        found.setdefault(row["contact_id"], []).append(row)
    return found


def _some(tx: Session, ids: list[str], by: StoredModel, now: int) -> None:
    for contact_id in ids:
        leads.rescore(tx, contact_id, by, now)


def _anew(tx: Session, ids: list[str], now: int) -> list[str]:
    by, changed = scoring_models.current(tx), []
    for contact_id in ids:
        tx.contacts.lock(id=contact_id)
        before, answers = tx.leads.by_contact(contact_id=contact_id), tx.answers.of_contact(contact_id=contact_id)
        if before and answers and differing(before, leads.lead(answers, by, now)):
            leads.qualify(tx, contact_id, answers, now, by)
            changed.append(contact_id)
    return changed


def count(store: Store) -> int:
    """Count all leads."""
    with store.read() as tx:
        return tx.leads.count()


def wrong(tx: Session, row: LeadsRow, answers: Sequence[AnswersRow]) -> dict[str, object]:
    """Return the columns in which a stored lead differs from its answers, with the right values, by its own table and day."""
    by = scoring_models.by_id(tx, row["scored_by"])
    if by is None:
        return {"scored_by": scoring_models.current(tx).id}
    return differing(row, leads.lead(answers, by, row["scored_on"] * DAY_MS))


def differing(stored: Mapping[str, object], made: Mapping[str, object]) -> dict[str, object]:
    """Return the columns in which a stored lead differs, with the right values. The stage is compared before pinning."""
    return {name: value for name, value in made.items() if stored["scored_stage" if name == "stage" else name] != value}


def _every(tx: Session) -> Iterator[LeadsRow]:
    after = ""
    while rows := tx.leads.scored(after=after, limit=PAGE):
        yield from rows
        after = rows[-1]["contact_id"]
