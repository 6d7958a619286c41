"""What became of an effect, and when it is tried again. Pure but for the row it is written into."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.flows.table import RETRY_AFTER_MS
from server.reasons import reason
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsRow

TRIES_KEPT = 12
LONGEST_WAIT_MS = 24 * 3_600_000  # however long a receiver asks us to stay away


class Done(NamedTuple):
    """`result` is what it made: the id of a task, a message or a notice."""

    result: str = ""


class Stopped(NamedTuple):
    """It was not done and will not be by itself."""

    reason: str


class Retry(NamedTuple):
    """It was not done and is tried again by the schedule, not before `wait_ms`."""

    reason: str
    wait_ms: int = 0


class Gone(NamedTuple):
    """There is nothing left to do: what it was to take back never happened."""

    reason: str


Outcome = Done | Stopped | Retry | Gone


class Call(NamedTuple):
    """One try to call an endpoint, as it is kept: when, the status (0 for none), how long it took, what was said."""

    at: int
    status: int
    ms: int
    said: str


def finish(tx: Session, effect: EffectsRow, owner: str, outcome: Outcome, now: int, call: Call | None = None) -> bool:
    """Write it down; False when the effect is no longer the owner's."""
    state, why, next_at = "done", "", effect["next_attempt_at"]
    if isinstance(outcome, Stopped):
        state, why = "stopped", outcome.reason
    elif isinstance(outcome, Gone):
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
    """State, reason and next try after the `attempts`-th try (from 1); failed when the schedule is through."""
    if attempts > len(RETRY_AFTER_MS):
        return "failed", reason("gave_up", outcome.reason.partition(": ")[2] or outcome.reason), now
    wait = max(RETRY_AFTER_MS[attempts - 1], min(outcome.wait_ms, LONGEST_WAIT_MS))
    return "planned", outcome.reason, now + wait
