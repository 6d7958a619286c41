"""Defines the outcomes of an effect, stores them, and computes the time of the next try."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.flows.table import RETRY_AFTER_MS
from server.reasons import reason
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsRow

TRIES_KEPT = 12
LONGEST_WAIT_MS = 24 * 3_600_000  # the limit of a receiver's Retry-After


class Done(NamedTuple):
    """The effect was carried out. `result` is what it made: the id of a task, a message or a notice."""

    result: str = ""


class Stopped(NamedTuple):
    """The effect was not carried out and is not tried again."""

    reason: str


class Retry(NamedTuple):
    """The effect was not carried out and is tried again by the schedule, not before `wait_ms`."""

    reason: str
    wait_ms: int = 0


class EffectGone(NamedTuple):
    """A correction has nothing to take back, because its effect never happened."""

    reason: str


EffectOutcome = Done | Stopped | Retry | EffectGone


class Call(NamedTuple):
    """One try to call an endpoint, as it is stored: when, the status (0 for none), how long it took, the reply."""

    at: int
    status: int
    ms: int
    said: str


def finish(
    tx: Session, effect: EffectsRow, owner: str, outcome: EffectOutcome, now: int, call: Call | None = None
) -> bool:
    """Store the outcome of an effect; False when the effect is no longer the owner's."""
    state, why, next_at = "done", "", effect["next_attempt_at"]
    if isinstance(outcome, Stopped):
        state, why = "stopped", outcome.reason
    elif isinstance(outcome, EffectGone):
        state, why = "gone", outcome.reason
    elif isinstance(outcome, Retry):
        state, why, next_at = again(effect["attempts"], outcome, now)
    tries = [*jsontext.loads(effect["tries"]), *([call._asdict()] if call else [])][-TRIES_KEPT:]
    changed = tx.effects.finish(
        contact_id=effect["contact_id"],
        id=effect["id"],
        owner=owner,
        state=state,
        reason=why,
        result=outcome.result if isinstance(outcome, Done) else effect["result"],
        tries=jsontext.dumps(tries),
        next_attempt_at=next_at,
        done_at=now if state == "done" else effect["done_at"],
    )
    return changed == 1


def again(attempts: int, outcome: Retry, now: int) -> tuple[str, str, int]:
    """Return state, reason and next try after the `attempts`-th try (from 1); failed when the schedule is used up."""
    if attempts > len(RETRY_AFTER_MS):
        return "failed", reason("gave_up", outcome.reason.partition(": ")[2] or outcome.reason), now
    wait = max(RETRY_AFTER_MS[attempts - 1], min(outcome.wait_ms, LONGEST_WAIT_MS))
    return "planned", outcome.reason, now + wait
