"""Plans a test call of an endpoint, which is like any other call but without a contact."""

from __future__ import annotations

from server import jsontext
from server.store import Session

CAUSE = {"email": "", "block": "", "question": "", "labels": [], "values": [], "stage": "", "message_id": "", "at": 0}


def plan(tx: Session, id: str, name: str, now: int) -> bool:  # noqa: A002 - the caller's own name of the effect
    """Plan the test call; False for an unknown endpoint."""
    endpoint = tx.endpoints.by_name(name=name)
    if endpoint is None:
        return False
    tx.effects.plan(
        contact_id="",
        id=id,
        flow="",
        version=0,
        place=0,
        kind="webhook",
        details="{}",
        happened="test",
        message_id="",
        block="",
        answered_at=0,
        cause=jsontext.dumps(CAUSE),
        chain="[]",
        state="planned",
        reason="",
        endpoint=name,
        due_at=now,
        now=now,
    )
    return True
