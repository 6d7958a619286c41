"""Stores a team member's decision on who gave an answer, with name, reason and time. It takes precedence over every rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple

from server.accounts import audit
from server.capture import judging
from server.capture.rules import Rules
from server.store import Session, Store, new_id


class Decision(NamedTuple):
    """A verdict on one event, named by `message_id`, `block` and `nonce`; `by_whom` is the address of the team member."""

    contact_id: str
    message_id: str
    block: str
    nonce: str
    verdict: Literal["machine", "person"]
    reason: str
    by_whom: str


class Question(NamedTuple):
    """A question of one message whose answer is undecided."""

    contact_id: str
    message_id: str
    block: str


def settle(
    store: Store,
    questions: Sequence[Question],
    verdict: Literal["machine", "person"],
    reason: str,
    by_whom: str,
    rules: Rules,
    now: int,
) -> int:
    """Decide the undecided answers to many questions alike, each in its own transaction; return how many questions had one."""
    done = 0
    for question in questions:
        work = partial(_settle_in_transaction, question=question, verdict=verdict, reason=reason, by_whom=by_whom)
        done += store.write(partial(work, rules=rules, now=now))
    return done


def _settle_in_transaction(
    tx: Session,
    question: Question,
    verdict: Literal["machine", "person"],
    reason: str,
    by_whom: str,
    rules: Rules,
    now: int,
) -> bool:
    events = tx.events.of_message(contact_id=question.contact_id, message_id=question.message_id)
    nonces = [row["nonce"] for row in events if row["block"] == question.block and row["verdict"] == "undecided"]
    for nonce in nonces:
        _override_in_transaction(tx, Decision(*question, nonce, verdict, reason, by_whom), rules, now)
    return bool(nonces)


def overrule(store: Store, decision: Decision, rules: Rules, now: int) -> None:
    """Store a decision on one answer; the answer and the lead follow in the same transaction.

    Raises LookupError for an answer that does not exist, StoreUnavailable when nothing was stored.
    """
    if not store.write(lambda tx: _override_in_transaction(tx, decision, rules, now)):
        raise LookupError(decision.nonce)


def _override_in_transaction(tx: Session, decision: Decision, rules: Rules, now: int) -> bool:
    tx.contacts.lock(id=decision.contact_id)
    events = tx.events.of_message(contact_id=decision.contact_id, message_id=decision.message_id)
    if not any((event["block"], event["nonce"]) == (decision.block, decision.nonce) for event in events):
        return False
    tx.overrules.add(**decision._asdict(), id=new_id(now), at=now)
    said = {"verdict": decision.verdict, "reason": decision.reason}
    audit.add(tx, decision.by_whom, "answer.overruled", decision.contact_id, now, **said)
    judging.again(tx, decision.contact_id, decision.message_id, rules, now)
    return True
