"""Confirms provisional answers whose wait is over, after judging them once more, and updates their leads and flows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from server.capture import answer_rows, judging
from server.capture.rules import Rules
from server.flows import planning
from server.qualify import leads
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersDueRow

BATCH, ROUNDS = 500, 10  # answers a query, queries a call: a worker that fell behind confirms up to 5,000 a second
TOGETHER = 25  # people in one transaction
Messages = dict[str, set[str]]  # those to judge again, by the person


def confirm_due(store: Store, now: int, rules: Rules | None = None) -> int:
    """Confirm the answers that are due and return the number of people. The worker calls it every second."""
    total = 0
    for _ in range(ROUNDS):
        with store.read() as tx:
            due = tx.answers.due(now=now, limit=BATCH)
        people = _by_person(due)
        for some in _chunks(sorted(people), TOGETHER):
            work = partial(_confirm, some=some, people=people, now=now, rules=rules or Rules())
            store.write(work)
        total += len(people)
        if len(due) < BATCH:
            break
    return total


def _by_person(due: Iterable[AnswersDueRow]) -> Messages:
    """Group the due answers by person. Only untouched answers are judged again, because their crowd may have become visible since."""
    people: Messages = {}
    for row in due:
        messages = people.setdefault(row["contact_id"], set())
        if row["grade"] == "posted":
            messages.add(row["message_id"])
    return people


def _confirm(tx: Session, some: Collection[str], people: Messages, now: int, rules: Rules) -> None:
    """Confirm the answers of some people, in the order of their ids so that two workers cannot deadlock."""
    for contact_id in some:
        tx.contacts.lock(id=contact_id)
        for message_id in sorted(people[contact_id]):
            judging.again(tx, contact_id, message_id, rules, now)
        before = tx.answers.of_contact(contact_id=contact_id)
        tx.answers.confirm(contact_id=contact_id, now=now)
        rows = tx.answers.of_contact(contact_id=contact_id)
        answer_rows.supersede(tx, contact_id, rows)
        moved = leads.qualify(tx, contact_id, rows, now)
        planning.settled(tx, before, rows, moved, now)


def _chunks(ids: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some
