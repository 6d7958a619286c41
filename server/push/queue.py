"""Queues push notices in the transaction of their cause: of a lead that becomes hot, of an alert, of a test."""

from __future__ import annotations

from collections.abc import Iterable

from server.accounts import users
from server.push import devices
from server.qualify.leads import Moved
from server.store import Session

HOT = "hot"  # the stage, and the cause of its notice


def follow(tx: Session, contact_id: str, lead: Moved, now: int) -> None:
    """Queue the notice of a lead that has become hot: to its owner, or to everybody in sales while it has none.

    A lead that becomes hot again causes no second notice to the same device.
    """
    if not lead.changed or lead.stage != HOT:
        return
    row = tx.leads.by_contact(contact_id=contact_id)
    team = [user["id"] for user in users.active(tx, "leads.work")]
    owner = row["owner_id"] if row else ""
    enqueue(tx, contact_id, HOT, [owner] if owner in team else team, now)


def enqueue(tx: Session, contact_id: str, cause: str, user_ids: Iterable[str], now: int) -> int:
    """Queue a notice for every device of the users; return how many are new. `cause` names the reason once for each contact."""
    found = [device["id"] for user_id in sorted(set(user_ids)) for device in devices.listed(tx, user_id)]
    return sum(tx.pushes.put(contact_id=contact_id, cause=cause, device_id=each, now=now) for each in found)


def enqueue_test(tx: Session, user_id: str, device_id: str, cause: str, now: int) -> bool:
    """Queue a test notice to a device of the user; False for an unknown one. `cause` is a new id."""
    if device_id not in {row["id"] for row in devices.listed(tx, user_id)}:
        return False
    return tx.pushes.put(contact_id="", cause=cause, device_id=device_id, now=now) == 1
