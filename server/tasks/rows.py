"""Adds, lists and finishes tasks. The owner is a team member's address; a task without one is everybody's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.tasks import TasksDoneRow, TasksRow

OPEN_SHOWN = 200  # open tasks on a page
DONE_SHOWN = 30
TITLE_MAX, NOTE_MAX = 200, 2_000
DAY_MS = 86_400_000
DUE_MS = DAY_MS  # the due time by default
TaskRow = TypeVar("TaskRow", bound="TasksRow")
GROUPS = ("overdue", "today", "later")


def add(
    tx: Session,
    id: str,  # noqa: A002 - the caller's own name of the effect
    contact_id: str,
    title: str,
    owner: str,
    due_at: int,
    by_whom: str,
    now: int,
    note: str = "",
    flow: str = "",
) -> bool:
    """Add a task, once for each id; False if it exists already."""
    added = tx.tasks.add(
        id=id,
        contact_id=contact_id,
        title=" ".join(title.split())[:TITLE_MAX],
        note=note[:NOTE_MAX],
        owner=owner,
        flow=flow,
        by_whom=by_whom,
        due_at=due_at,
        now=now,
    )
    return added == 1


def finish(tx: Session, contact_id: str, task_id: str, by_whom: str, now: int) -> bool:
    """Mark a task as done; False if it is done already or does not exist."""
    changed = tx.tasks.finish(contact_id=contact_id, id=task_id, by_whom=by_whom, now=now)
    return changed == 1


def reopen(tx: Session, contact_id: str, task_id: str) -> bool:
    """Mark a task as open again; False if it was not done."""
    changed = tx.tasks.reopen(contact_id=contact_id, id=task_id)
    return changed == 1


def owned(tx: Session, owner: str = "") -> tuple[list[TasksDoneRow], list[TasksDoneRow]]:
    """List the open tasks of an owner and of nobody, most urgent first, and those done last; '' lists everybody's."""
    open_, done = tx.tasks.open(owner=owner, limit=OPEN_SHOWN), tx.tasks.done(owner=owner, limit=DONE_SHOWN)
    return open_, done


def due(tx: Session, owner: str, now: int) -> int:
    """Count the tasks that are due or overdue."""
    return tx.tasks.count_due(owner=owner, now=now)


def of_contact(tx: Session, contact_id: str) -> list[TasksRow]:
    """List the tasks about a contact, open ones first."""
    return tx.tasks.of_contact(contact_id=contact_id)


def grouped(tasks: Iterable[TaskRow], now: int, midnight: int) -> dict[str, list[TaskRow]]:
    """Group open tasks by due time; `midnight` (ms) ends today in the reader's zone."""
    found: dict[str, list[TaskRow]] = {name: [] for name in GROUPS}
    for task in tasks:
        name = "overdue" if task["due_at"] < now else "today" if task["due_at"] < midnight else "later"
        found[name].append(task)
    return found
