"""Judges answers with their stored hits: each as it arrives, and a message again when later hits, rules or people change its verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from server.capture import answer_rows, hold_period, observation, review_task, verdicts
from server.capture.asked import Asked, ask, find_any
from server.capture.evidence import Grade
from server.capture.hits import Hit
from server.capture.observation import Observation
from server.capture.rules import VERSION, Rules
from server.capture.verdicts import Around, Verdict
from server.flows import planning
from server.qualify import leads
from server.store import Session, first_id

if TYPE_CHECKING:
    from server.store.queries.asked import AskedByIdRow
    from server.store.queries.events import EventsRow

NEW_LIMIT, ALL_LIMIT = 300, 1000  # hits read for a new answer, and to judge again: bounds the cost of a flood
CROWD_LIMIT = 300
Crowds = Mapping[str, int]


class Judged(NamedTuple):
    """The verdict of a new answer. `unmasks` is true when this hit changes the verdict of an earlier answer of the message."""

    verdict: Verdict
    stands_at: int
    unmasks: bool


class Change(NamedTuple):
    """An event with its new verdict, which differs from the stored one."""

    event: EventsRow
    verdict: Verdict


def arriving(tx: Session, asked: Asked, hit: Hit, grade: Grade, now: int, rules: Rules) -> Judged:
    """Judge a new answer by the newest NEW_LIMIT hits of its message."""
    since = first_id(asked.message["created_at"])
    rows = tx.hits.recent(contact_id=hit.contact_id, message_id=hit.message_id, since=since, limit=NEW_LIMIT)
    hits = [*(observation.stored(row) for row in reversed(rows)), observation.arriving(hit, now)]
    around = Around(sent_at(asked.message), asked.email.exclusive)
    verdict, may_unmask = verdicts.judge_last(hits, around, rules)
    stands_at = hold_period.stands_at(hits[-1], grade.name, hits, around.sent_at, rules)
    return Judged(verdict, stands_at, may_unmask and _unmasks(hits, around, rules))


def _unmasks(hits: Sequence[Observation], around: Around, rules: Rules) -> bool:
    """Return whether the last of `hits` changes the verdict of an earlier answer."""
    now = verdicts.judge_answers(hits, around, rules)
    before = verdicts.judge_answers(hits[:-1], around, rules)
    return any(now[place].name != verdict.name for place, verdict in before.items())


def again(tx: Session, contact_id: str, message_id: str, rules: Rules, now: int) -> list[Change]:
    """Judge the answers of a message again and store the changed verdicts; answers, lead, task and flows follow in the
    transaction.

    The caller must hold the lock on the person. Beyond the message it counts whose mail the networks of untouched answers
    touched.
    """
    events = tx.events.of_message(contact_id=contact_id, message_id=message_id)
    first = find_any(tx, contact_id, message_id) if events else None
    if first is None:
        return []
    hits = hits_of(tx, contact_id, message_id)
    around = Around(sent_at(first.message), first.email.exclusive, _crowds(tx, hits, rules))
    changes = _changes(tx, events, hits, around, rules, now)
    before = tx.answers.of_contact(contact_id=contact_id) if changes else []
    for block in {change.event["block"] for change in changes}:
        if asked := ask(first.message, first.email, block):
            answer_rows.settle_again(tx, asked, now)
    if changes:
        rows = tx.answers.of_contact(contact_id=contact_id)
        answer_rows.supersede(tx, contact_id, rows)
        review_task.follow_all(tx, first.message, before, rows, now)
        moved = leads.qualify(tx, contact_id, rows, now)
        planning.settled(tx, before, rows, moved, now)
    return changes


def hits_of(tx: Session, contact_id: str, message_id: str) -> list[Observation]:
    """Return the newest ALL_LIMIT hits of a message in the order they arrived."""
    rows = tx.hits.of_message(contact_id=contact_id, message_id=message_id, limit=ALL_LIMIT)
    return [observation.stored(row) for row in reversed(rows)]


def _changes(
    tx: Session, events: Iterable[EventsRow], hits: Sequence[Observation], around: Around, rules: Rules, now: int
) -> list[Change]:
    decided = _overruled(tx, events)
    found = {(hit.block, hit.nonce): place for place, hit in reversed(list(enumerate(hits))) if hit.acts}
    judged = verdicts.judge_answers(hits, around, rules)
    changes = []
    for event in events:
        key = event["block"], event["nonce"]
        if verdict := decided.get((event["message_id"], *key)):
            changes += _store(tx, event, verdict, event["at"], now)
        elif (place := found.get(key)) is not None:  # else its hit was erased, and the stored verdict stays
            hit, verdict = hits[place], judged[place]
            stands_at = hold_period.stands_at(hit, event["grade"], hits, around.sent_at, rules)
            changes += _store(tx, event, verdict, stands_at, now)
    return changes


def _store(tx: Session, event: EventsRow, verdict: Verdict, stands_at: int, now: int) -> list[Change]:
    signs = verdict.stored
    if (verdict.name, signs) == (event["verdict"], event["signs"]) and event["rules"] == VERSION:
        return []
    differs = verdict.name != event["verdict"]
    tx.events.judge(
        contact_id=event["contact_id"],
        message_id=event["message_id"],
        block=event["block"],
        nonce=event["nonce"],
        verdict=verdict.name,
        signs=signs,
        rules=VERSION,
        stands_at=stands_at if differs else event["stands_at"],
        now=now if differs else event["judged_at"],
    )
    return [Change(event, verdict)] if differs else []


def _overruled(tx: Session, events: Iterable[EventsRow]) -> dict[tuple[str, str, str], Verdict]:
    """Read the verdicts that people decided, by message, block and nonce; they take precedence over every rule."""
    contact_id = next(iter(events))["contact_id"]
    return {
        (row["message_id"], row["block"], row["nonce"]): Verdict(
            cast("verdicts.Name", row["verdict"]), (("overruled", {}),)
        )
        for row in tx.overrules.of_contact(contact_id=contact_id)
    }


def _crowds(tx: Session, hits: Sequence[Observation], rules: Rules) -> dict[str, int]:
    """Count how many unrelated people's mail each network touched around an answer. Colleagues share a domain and count as one."""
    counts: dict[str, int] = {}
    for hit in hits:
        if hit.acts and hit.network and not hit.gesture:
            rows = tx.hits.untouched(
                network=hit.network,
                since_at=hit.at - rules.crowd_ms,
                until_at=hit.at + rules.crowd_ms,
                limit=CROWD_LIMIT,
            )
            domains = {row["email_key"].rpartition("@")[2] for row in rows}
            counts[hit.network] = max(counts.get(hit.network, 0), len(domains))
    return counts


def sent_at(message: AskedByIdRow) -> int:
    """Return when the message was sent (ms UTC), or when it was queued if it was not sent yet."""
    return message["sent_at"] or message["created_at"]
