"""The outbox: each row is an intent to send, and the row is the queue.

queued -> attempting -> sent | failed | unknown, and stopped when the gate or a person stops it. `attempting` is committed
before the first byte of the message leaves, so that after a crash the message becomes `unknown` and is never sent twice by
itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from server.branding import images
from server.reasons import reason
from server.sending.gate import TEST, Cap
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesByIdAloneRow, MessagesReleaseValues, MessagesRow

State = Literal["queued", "attempting", "sent", "failed", "unknown", "stopped"]
STATES: tuple[State, ...] = ("queued", "attempting", "sent", "failed", "unknown", "stopped")
MINUTE = 60_000
RETRY_AFTER_MS = (
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    60 * MINUTE,
    240 * MINUTE,
    720 * MINUTE,
)  # after the last one it has failed
NEWEST = "~"  # sorts behind every id
MOST = 10_001  # counted messages of a state; a page shows “10,000+”


@dataclass(frozen=True)
class Intent:
    """One Email for one contact, decided but not written yet. `data` is a JSON object as text."""

    id: str
    contact_id: str
    email: str
    version_id: str
    language: str
    mail_class: str
    stream: str
    topic: str
    data: str = "{}"
    recipients: int = 1
    purpose: str = ""


@dataclass(frozen=True)
class Finish:
    """The outcome of an attempt. `next_attempt_at` (ms) only matters when the message is queued again."""

    state: State
    reason: str = ""
    next_attempt_at: int = 0


def enqueue(tx: Session, intent: Intent, now: int) -> bool:
    """Queue the message; False when this id is queued already, so that repeating a send does no harm."""
    added = tx.messages.enqueue(**asdict(intent), now=now)
    images.keep_shown(tx, intent.data, now)
    return added == 1


def is_due(store: Store, stream: str, now: int) -> bool:
    """Return whether a claim would return messages, without a write."""
    with store.read() as tx:
        return tx.messages.is_due(stream=stream, now=now) is not None


def claim_due(store: Store, stream: str, owner: str, limit: int, now: int, lease_seconds: int) -> list[MessagesRow]:
    """Claim up to `limit` due messages, oldest first; no other worker gets them while the lease lasts."""
    lease_until = now + lease_seconds * 1000
    rows = store.write(
        lambda tx: tx.messages.claim(stream=stream, owner=owner, limit=limit, now=now, lease_until=lease_until)
    )
    return sorted(rows, key=lambda row: (row["next_attempt_at"], row["id"]))


def begin_attempt(
    tx: Session, message: MessagesRow, owner: str, now: int, lease_seconds: int, caps: Sequence[Cap] = ()
) -> bool:
    """Mark the claimed message as `attempting`; False when it must not leave any more.

    It was stopped, its lease was lost, or another message has reached a cap or the same person of the campaign meanwhile.
    """
    if not _still_fits(tx, message, now, caps):
        return False
    changed = tx.messages.begin_attempt(
        contact_id=message["contact_id"],
        id=message["id"],
        owner=owner,
        lease_until=now + lease_seconds * 1000,
        now=now,
    )
    return changed == 1


def _still_fits(tx: Session, message: MessagesRow, now: int, caps: Sequence[Cap]) -> bool:
    """Return whether caps and campaign still allow the message. The row of the contact is locked, because two connections may
    begin two messages to one person at once.
    """
    capped = caps if message["mail_class"] == "marketing" and message["purpose"] != TEST else ()
    if not capped and not message["campaign_id"]:
        return True
    tx.contacts.lock(id=message["contact_id"])
    left = tx.messages.left_before(
        contact_id=message["contact_id"],
        id=message["id"],
        campaign_id=message["campaign_id"],
        since_at=now - max((cap.window_ms for cap in capped), default=0),
    )
    times = [row["begun_at"] for row in left if row["mail_class"] == "marketing" and row["purpose"] != TEST]
    return not any(row["campaign_id"] == message["campaign_id"] != "" for row in left) and all(
        sum(at > now - cap.window_ms for at in times) < cap.most for cap in capped
    )


def finish(tx: Session, message: MessagesRow, owner: str, outcome: Finish, now: int) -> bool:
    """Store the outcome of an attempt; False when a person or another worker has taken the message over."""
    changed = tx.messages.finish(
        contact_id=message["contact_id"],
        id=message["id"],
        owner=owner,
        state=outcome.state,
        reason=outcome.reason,
        next_attempt_at=outcome.next_attempt_at or message["next_attempt_at"],
        sent_at=now if outcome.state == "sent" else None,
    )
    return changed == 1


def retry(attempts: int, why: str, now: int) -> Finish:
    """Queue the message again after its `attempts`-th attempt (counted from 1), or fail it when the schedule is used up."""
    if attempts > len(RETRY_AFTER_MS):
        return Finish("failed", reason("gave_up", why.partition(": ")[2] or why))
    return Finish("queued", why, now + RETRY_AFTER_MS[attempts - 1])


def release(store: Store, messages: Sequence[MessagesRow], owner: str) -> int:
    """Release those of the claimed messages that were not begun; return how many."""
    rows: list[MessagesReleaseValues] = [
        {"contact_id": each["contact_id"], "id": each["id"], "owner": owner} for each in messages
    ]
    return store.write(lambda tx: tx.messages.release(rows=rows)) if rows else 0


def sweep(store: Store, now: int) -> int:
    """Mark messages whose worker died while sending as `unknown`, because only a person can decide to send them again."""
    return store.write(lambda tx: tx.messages.sweep(now=now, reason=reason("worker_gone")))


def requeue(tx: Session, contact_id: str, message_id: str, now: int) -> bool:
    """Queue a failed, unknown or stopped message again for a person; it keeps its id and so its Message-ID."""
    changed = tx.messages.requeue(contact_id=contact_id, id=message_id, now=now)
    return changed == 1


def counts(tx: Session) -> dict[str, dict[str, int]]:
    """Count messages: stream -> state -> total; states without messages are 0."""
    found: dict[str, dict[str, int]] = {}
    for row in tx.messages.counts():
        found.setdefault(row["stream"], dict.fromkeys(STATES, 0))[row["state"]] = row["total"]
    return found


def about(tx: Session, most: int = MOST) -> dict[State, int]:
    """Count messages by state, up to `most` each, because counting millions of rows takes too long for a page."""
    return {state: tx.messages.in_this_state(state=state, limit=most) for state in STATES}


def listed(
    tx: Session, state: State | None = None, before: str = NEWEST, limit: int = 50, *, tests: bool = False
) -> list[MessagesByIdAloneRow]:
    """List messages with the `address` of their recipient, newest first; `before` is the last id of the page above."""
    shown = "yes" if tests else "no"
    if state is None:
        return tx.messages.recent(before=before, tests=shown, limit=limit)
    return tx.messages.in_state(state=state, before=before, tests=shown, limit=limit)
