"""Queues, lists and requeues notices. The row is the queue, as in the outbox."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from server import jsontext
from server.reasons import reason
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.notices import NoticesNewestRow, NoticesRow

State = Literal["queued", "attempting", "sent", "failed", "unknown"]
STATES: tuple[State, ...] = ("queued", "attempting", "sent", "failed", "unknown")


@dataclass(frozen=True)
class Attachment:
    """A part beside text and html: a text type, such as `text/calendar`; `method` is the iCalendar method of its entry."""

    content_type: str
    data: bytes
    method: str = ""


def enqueue(
    tx: Session,
    id: str,  # noqa: A002 - the caller's own name of the effect
    to: str,
    subject: str,
    text: str,
    html: str,
    now: int,
    attachments: Sequence[Attachment] = (),
    *,
    about: str = "",
    reply_to: str = "",
) -> bool:
    """Queue a notice; False when one with this id was queued before, so that an effect is carried out once.

    `about` is the contact whom it names or addresses: it is deleted when they are erased. `reply_to` is the address of the team
    member who wrote it; '' if Acto did.
    """
    added = tx.notices.put(
        id=id,
        contact_id=about,
        to_address=to,
        subject=subject,
        text=text,
        html=html,
        attachments=jsontext.dumps([_stored(each) for each in attachments]),
        reply_to=reply_to,
        now=now,
    )
    return added == 1


def attached(notice: NoticesRow) -> list[Attachment]:
    """Return the attachments of a row."""
    return [
        Attachment(each["content_type"], base64.b64decode(each["base64"]), each["method"])
        for each in jsontext.loads(notice["attachments"])
    ]


def counts(tx: Session) -> dict[str, int]:
    """Count the notices in each state."""
    found: dict[str, int] = dict.fromkeys(STATES, 0)
    found.update({row["state"]: row["total"] for row in tx.notices.counts()})
    return found


def listed(tx: Session, state: State | None, limit: int, offset: int = 0) -> list[NoticesNewestRow]:
    """List notices, newest first, without their texts."""
    if state is None:
        return tx.notices.newest(limit=limit, offset=offset)
    return tx.notices.newest_in_state(state=state, limit=limit, offset=offset)


def requeue(tx: Session, id: str, now: int) -> bool:  # noqa: A002
    """Queue a failed or unknown notice again for a person; it keeps its Message-ID."""
    changed = tx.notices.requeue(id=id, now=now)
    return changed == 1


def sweep(store: Store, now: int) -> int:
    """Mark notices whose worker died while sending as `unknown`, because only a person can decide to send them again."""
    return store.write(lambda tx: tx.notices.sweep(now=now, reason=reason("worker_gone")))


def _stored(attachment: Attachment) -> dict[str, str]:
    data = base64.b64encode(attachment.data).decode("ascii")
    return {"content_type": attachment.content_type, "method": attachment.method, "base64": data}
