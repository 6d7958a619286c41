"""Lists when a flow would have fired in the last days, from stored answers, without carrying anything out.

The page of a flow and `acto flows` show it before the flow is switched on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.contacts import contacts
from server.flows import matching, table
from server.flows.matching import Cause
from server.flows.model import Flow
from server.flows.stored_facts import StoredFacts
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsPastAnswersRow, EffectsPastBookingsRow, EffectsPastStagesRow

    Past = EffectsPastAnswersRow | EffectsPastBookingsRow | EffectsPastStagesRow

BATCH = 500
LOOKED_MOST = 50_000  # rows: limits the time of a page; the command reads all rows


class Would(NamedTuple):
    """One time that the flow would have fired: for whom, when, and the answer."""

    contact_id: str
    name: str
    at: int
    question: str
    said: str


class About:
    """The facts of a past answer that conditions read. Stage, tags and segments are current, because their history is not stored."""

    def __init__(self, tx: Session, row: Past) -> None:
        self._row, self.is_in = row, StoredFacts(tx, row["contact_id"]).is_in
        self.mail_class, self.topic = row["mail_class"] or "", row["topic"] or ""

    @property
    def stage(self) -> str:
        """The current stage of the lead."""
        return self._row["stage"] or ""

    @property
    def tags(self) -> frozenset[str]:
        """The current tags of the lead."""
        return frozenset((self._row["tags"] or "").split(","))


def would(tx: Session, flow: Flow, since: int, most: int = LOOKED_MOST) -> Iterator[Would]:
    """Yield the matches, newest first. Times of day are those of the answers; stages and tags are those of today."""
    for row in _rows(tx, flow.happens, since, most):
        cause = _cause(flow, row)
        if matching.fits(flow, cause) and matching.holds(flow, About(tx, row), cause.at):
            name = contacts.full_name(row)
            labels = [each["label"] for each in jsontext.loads(row["points"] or "[]")]
            said = ", ".join(labels or cause.values) or cause.stage
            yield Would(row["contact_id"], name or row["address"], cause.at, row["question"] or "", said)


def _rows(tx: Session, happens: str, since: int, most: int) -> Iterator[Past]:
    queries: dict[str, Callable[..., Sequence[Past]]] = {
        "stage": tx.effects.past_stages,
        "unsubscribed": tx.effects.past_leavings,
        "changed": tx.effects.past_changes,
        **{each: partial(tx.effects.past_bookings, what=each) for each in table.BOOKINGS},
    }
    query: Callable[..., Sequence[Past]] = queries.get(happens, tx.effects.past_answers)
    at, contact, message, block, seen = 1 << 62, "", "", "", 0
    while seen < most:
        before = {"before_at": at, "before_contact": contact, "before_message": message, "before_block": block}
        rows = query(**before, since_at=since, limit=BATCH)
        yield from rows
        if len(rows) < BATCH:
            return
        seen, last = seen + len(rows), rows[-1]
        at, contact, message, block = last["at"], last["contact_id"], last["message_id"], last["block"]


def _cause(flow: Flow, row: Past) -> Cause:
    values = tuple(jsontext.loads(row["value"] or "[]"))
    stage = row["stage"] or "" if flow.happens == "stage" else ""
    return Cause(
        flow.happens, row["contact_id"], row["at"], row["message_id"], row["email"] or "", row["block"], values, stage
    )
