"""Finds the contacts of a rule: a page of them, their number, a sample, and whether one contact is among them.

A rule is never expanded in memory: a caller reads page after page, each in a transaction of its own, from the last id on. Days in a
rule are counted back from `now` (ms UTC), so that the caller passes the same `now` for every page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.segments import conditions, model
from server.segments.rules import Rule
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow


def people(tx: Session, rule: Rule, after: str, limit: int, now: int) -> list[ContactsRow]:
    """Return up to `limit` contacts behind the id `after`, in their order; start with ''. An empty page is the end."""
    return tx.narrowed(conditions.where(rule, now)).segments.people(after=after, limit=limit)


def count(tx: Session, rule: Rule, now: int, most: int = model.COUNT_MOST + 1) -> int:
    """Count the contacts, up to `most`."""
    return tx.narrowed(conditions.where(rule, now)).segments.count(limit=most)


def matches(tx: Session, rule: Rule, contact_id: str, now: int) -> bool:
    """Return whether the contact is among those of the rule; reads the rows of this contact alone."""
    narrowed = tx.narrowed(conditions.where(rule, now), to_one=True)
    return narrowed.segments.holds(id=contact_id) is not None
