"""Records the activities of sales on a lead with the values that they replaced, and undoes one of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from server import jsontext
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.leads import LeadsRow

TEXT_MAX = 2000
UNDO_MS = 86_400_000  # an activity can be undone for a day
OUTCOME = (
    "won",
    "lost",
    "reopened",
)  # activities that set the same fields; others share theirs with their own kind alone


class NotPossible(ValueError):
    """An invalid value: no date, or an empty text. `field` is the one to correct."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Changed(Exception):
    """The fields of an activity have changed since, so that it cannot be undone any more."""


def locked(tx: Session, contact_id: str) -> LeadsRow:
    """Return the lead and lock it until the transaction ends. Raises LookupError."""
    lead = tx.leads.lock(contact_id=contact_id)
    if lead is None:
        raise LookupError(contact_id)
    return lead


def add(
    tx: Session,
    contact_id: str,
    kind: str,
    text: str,
    was: str,
    by_whom: str,
    now: int,
    replaced: dict[str, Any] | None = None,
) -> str:
    """Add an activity and return its id; with `replaced`, the values before, it can be undone."""
    id_ = new_id(now)
    tx.activities.add(contact_id=contact_id, id=id_, kind=kind, text=text, was=was, by_whom=by_whom, now=now)
    if replaced is not None:
        tx.activities.remember(contact_id=contact_id, id=id_, replaced=jsontext.dumps(replaced))
    return id_


def undo(tx: Session, contact_id: str, activity_id: str, now: int) -> None:
    """Restore the values that an activity replaced, and remove it from the history. Raises Changed, LookupError."""
    locked(tx, contact_id)
    rows = tx.activities.of_contact(contact_id=contact_id)
    at = next((place for place, row in enumerate(rows) if row["id"] == activity_id and row["replaced"]), None)
    if at is None:
        raise LookupError(activity_id)
    row, after = rows[at], rows[at + 1 :]
    if now - row["at"] > UNDO_MS or (
        row["kind"] != "note" and any(_same_fields(row["kind"], each["kind"]) for each in after)
    ):
        raise Changed
    _restore(tx, contact_id, row["kind"], jsontext.loads(row["replaced"]), now)
    tx.activities.remove(contact_id=contact_id, id=activity_id)


def _same_fields(kind: str, other: str) -> bool:
    return kind == other or (kind in OUTCOME and other in OUTCOME)


def _restore(tx: Session, contact_id: str, kind: str, was: dict[str, Any], now: int) -> None:
    if kind == "owner":
        tx.leads.assign(contact_id=contact_id, owner_id=was["owner_id"], now=now)
    elif kind == "next_step":
        tx.leads.plan(contact_id=contact_id, **was, now=now)
    elif kind == "snoozed":
        tx.leads.snooze(contact_id=contact_id, until=was["snoozed_until"], now=now)
        for id_, due_at in was["tasks"].items():
            tx.tasks.postpone(contact_id=contact_id, id=id_, due_at=due_at)
    elif kind in OUTCOME:
        ended = locked(tx, contact_id)
        tx.leads.finish(contact_id=contact_id, **was, now=now)
        tx.tasks.unsettle(contact_id=contact_id, reason=f"lead_{ended['outcome']}", at=ended["outcome_at"])
    else:  # a note
        tx.leads.touch(contact_id=contact_id, now=now)


def text(typed: str) -> str:
    """Remove control characters, which would break a page or an export."""
    kept = "".join(c for c in typed.replace("\r", "") if c == "\n" or c.isprintable())
    return kept.strip()[:TEXT_MAX]


def day(typed: str, field: str) -> str:
    """Return an ISO date. Raises NotPossible for a text that is none."""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise NotPossible(field) from None
