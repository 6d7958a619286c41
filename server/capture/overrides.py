"""A person says who gave an answer, whatever the rules think; with name, reason and time. The rules learn nothing from it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from server.capture import judging
from server.capture.rules import Rules
from server.people import audit
from server.store import Session, Store, new_id


class Decision(NamedTuple):
    """`message_id`, `block` and `nonce` name the event; `by_whom` is the address of who decides."""

    contact_id: str
    message_id: str
    block: str
    nonce: str
    verdict: Literal["machine", "person"]
    reason: str
    by_whom: str


def overrule(store: Store, decision: Decision, rules: Rules, now: int) -> None:
    """The answer and the lead follow at once. Raises LookupError for an answer that is not here, StoreUnavailable."""
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
