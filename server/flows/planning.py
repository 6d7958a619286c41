"""Plans the effects of flows in the transaction of the answer, stage or appointment that triggers them. A worker carries them
out.

Flows fire on confirmed answers. When a confirmed answer stops counting, its planned effects are withdrawn, and corrections are
planned for those done (`corrections`). Without flows, all of this costs one comparison.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from server import jsontext
from server.flows import corrections, flow_store, matching, model, table
from server.flows.corrections import Correction
from server.flows.matching import Cause
from server.flows.model import Flow
from server.flows.stored_facts import Mail, StoredFacts
from server.push import queue
from server.qualify import scoring
from server.qualify.leads import Moved
from server.reasons import reason
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.bookings import BookingsRow

ANSWERS = ("answered", "changed")
STAGES = [stage.name for stage in scoring.ScoringModel().stages]  # hottest first


class Texts(NamedTuple):
    """The texts of a cause for people and webhooks; `question` and `labels` as the person read them."""

    question: str = ""
    labels: tuple[str, ...] = ()
    kind: str = ""


def answered(
    tx: Session, stamp: str, before: str | None, row: AnswersRow, now: int, message: Mail | None = None
) -> None:
    """Plan the flows of a settled answer. `row` is the stored answer; `before` is the value confirmed until now (a JSON list),
    or None.
    """
    stands = row["state"] == "confirmed"
    if (before is None and not stands) or (stands and before == row["value"]):
        return
    if before is not None:
        _withdraw(tx, row, before, now)
    if stands:
        active = flow_store.active(tx, stamp)
        for happens in ANSWERS if row["changes"] else ANSWERS[:1]:
            if flows := [flow for flow in active.of(happens) if flow.when.get("block") in (None, "", row["block"])]:
                _plan(
                    tx,
                    flows,
                    _cause(happens, row),
                    _told(row),
                    now,
                    StoredFacts(tx, row["contact_id"], row["message_id"], message),
                )


def settled(tx: Session, before: Iterable[AnswersRow], after: Sequence[AnswersRow], lead: Moved, now: int) -> None:
    """Plan the flows of answers whose state changed without a new answer, and the push notice of a lead that became hot.

    `before` and `after` are all stored answers of one person; `lead` is the change of the lead.
    """
    queue.follow(tx, after[0]["contact_id"], lead, now)
    stamp = tx.flows.stamp()
    if stamp:
        stood = {(row["message_id"], row["block"]): row["value"] for row in before if row["state"] == "confirmed"}
        for row in after:
            answered(tx, stamp, stood.get((row["message_id"], row["block"])), row, now)
        moved(tx, stamp, after[0]["contact_id"], lead, max(row["answered_at"] for row in after), now)


def unsubscribed(tx: Session, contact_id: str, message_id: str, now: int) -> None:
    """Plan the flows of an unsubscription, once for each message."""
    if flows := flow_store.active(tx, tx.flows.stamp()).of("unsubscribed"):
        looked = StoredFacts(tx, contact_id, message_id)
        email = looked.message["email"] if looked.message else ""
        _plan(tx, flows, Cause("unsubscribed", contact_id, 0, message_id, email), Texts(), now, looked)


def moved(
    tx: Session, stamp: str, contact_id: str, lead: Moved, answered_at: int, now: int, chain: tuple[str, ...] = ()
) -> None:
    """Plan the flows of a stage after a lead was qualified, once for each answer that led to the stage.

    Points that fade and tables that change trigger nothing. `chain` are the flows that led here.
    """
    if not lead.changed:
        return
    if lead.was:
        left(tx, contact_id, lead, now, by_points=not chain)
    if flows := flow_store.active(tx, stamp).of("stage"):
        looked = StoredFacts(tx, contact_id, stage=lead.stage)
        _plan(tx, flows, Cause("stage", contact_id, answered_at, stage=lead.stage), Texts(), now, looked, chain)


def left(tx: Session, contact_id: str, lead: Moved, now: int, *, by_points: bool = True) -> None:
    """Withdraw the effects that wait for a stage which the lead left.

    If the lead fell by its points, and not because a flow set its stage, the effects of every stage above are taken back.
    """
    if not by_points or STAGES.index(lead.stage) < STAGES.index(lead.was):
        tx.effects.outgrow_stage(contact_id=contact_id, stage=lead.was, reason=reason("stage_left"))
        return
    for stage in STAGES[: STAGES.index(lead.stage)]:
        gone = tx.effects.withdraw_stage(contact_id=contact_id, stage=stage, reason=reason("stage_left"))
        corrections.plan(tx, gone, Correction("stage", (lead.stage,)), now)


def appointment(tx: Session, booking: BookingsRow, happens: str, when: str, starts: str, now: int) -> None:
    """Plan the flows of an appointment that was booked, moved or cancelled, after both sides were told.

    `when` is the time as the person reads it, `starts` in ISO 8601. The effects of a cancelled appointment are taken back.
    """
    cause = Cause(
        happens,
        booking["contact_id"],
        booking["updated_at"],
        booking["message_id"],
        block=booking["calendar"],
        values=(starts,),
    )
    if happens == "cancelled":
        key = {"contact_id": cause.contact_id, "message_id": cause.message_id, "block": cause.block}
        gone = tx.effects.withdraw_booking(**key, reason=reason("booking_gone"))
        corrections.plan(tx, gone, Correction("cancelled"), now)
    if flows := flow_store.active(tx, tx.flows.stamp()).of(happens):
        looked = StoredFacts(tx, cause.contact_id, cause.message_id)
        _plan(tx, flows, cause, Texts(booking["title"], (when,), "book"), now, looked)


def _plan(
    tx: Session,
    flows: Iterable[Flow],
    cause: Cause,
    told: Texts,
    now: int,
    facts: StoredFacts,
    chain: tuple[str, ...] = (),
) -> None:
    for flow in matching.fitting(flows, cause, facts, now):
        led = chain or facts.chain
        for place, effect in enumerate(flow.then):
            planned = _put(tx, flow, place, effect, cause, told, led, now)
            if effect["do"] == "task":
                tx.tasks.set_stale(contact_id=cause.contact_id, id=planned, stale=0)


def _put(
    tx: Session,
    flow: Flow,
    place: int,
    effect: Mapping[str, Any],
    cause: Cause,
    told: Texts,
    chain: tuple[str, ...],
    now: int,
) -> str:
    """Plan one effect and return its id: the first of its numbered ids that no correction takes back."""
    loop = _loop(flow, chain)
    plan = partial(
        tx.effects.plan,
        contact_id=cause.contact_id,
        flow=flow.name,
        version=flow.version,
        place=place,
        kind=effect["do"],
        details=jsontext.dumps({key: value for key, value in effect.items() if key != "do"}),
        happened=cause.happens,
        message_id=cause.message_id,
        block=cause.block or cause.stage,
        answered_at=cause.at,
        cause=jsontext.dumps({**cause._asdict(), **told._asdict()}),
        chain=jsontext.dumps([*chain, flow.name]),
        state="stopped" if loop else "planned",
        reason=loop,
        endpoint=effect.get("endpoint", "") if effect["do"] in table.CALLS else "",
        due_at=now + (model.wait_ms(effect["after"]) or 0 if effect.get("after") else 0),
        now=now,
    )
    first, turn = effect_id(flow, place, cause), 0
    planned = first
    while not plan(id=planned) and not corrections.spare(tx, cause.contact_id, planned, now):
        turn += 1
        planned = hashlib.sha256(f"{first}\n{turn}".encode()).hexdigest()[:26]
    return planned


def effect_id(flow: Flow, place: int, cause: Cause) -> str:
    """Return the id of an effect, the same for the same cause, so that it is planned once."""
    parts = (
        flow.name,
        flow.version,
        place,
        cause.happens,
        cause.contact_id,
        cause.message_id,
        cause.block,
        cause.at,
        cause.stage,
    )
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:26]


def _loop(flow: Flow, chain: tuple[str, ...]) -> str:
    """Return the reason to stop if the flow would trigger itself or the chain is too long; else ''."""
    if flow.name in chain or len(chain) >= table.CHAIN_MOST:
        return reason("loop", " → ".join([*chain, flow.name]))
    return ""


def _withdraw(tx: Session, row: AnswersRow, before: str, now: int) -> None:
    key = {"contact_id": row["contact_id"], "message_id": row["message_id"], "block": row["block"]}
    if gone := tx.effects.withdraw(**key, reason=reason("answer_gone")):
        tx.tasks.of_withdrawn(**key)
        corrections.plan(tx, gone, corrections.of_answer(row, before), now)


def _cause(happens: str, row: AnswersRow) -> Cause:
    values = tuple(jsontext.loads(row["value"]))
    return Cause(happens, row["contact_id"], row["answered_at"], row["message_id"], row["email"], row["block"], values)


def _told(row: AnswersRow) -> Texts:
    return Texts(row["question"], tuple(each["label"] for each in jsontext.loads(row["points"])), row["kind"])
