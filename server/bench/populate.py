"""Fills a store quickly with realistic rows, so that measurements are those of a store in use."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from server import email_versions
from server.bench import crowd, crowd_mails
from server.bench.crowd import Rows
from server.qualify import leads
from server.sending import send
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow

EMAILS = ("diagnosis", "nps-after-service", "lead-prequalification", "order-delivered")
TOGETHER = 500  # people in one transaction
Progress = Callable[[int], object]


def populate(
    store: Store,
    settings: Settings,
    people: int,
    events: int,
    now: int,
    told: Progress = lambda people: None,
    seed: int = 1,
) -> None:
    """Add `people` contacts with `events` answers in all, their mails, hits and leads; `acto check` finds no problem in them.

    The store is migrated and may hold other people. `told` is called with the number of people done.
    """
    sources = [send.check(settings, Path(settings.templates_dir) / name) for name in EMAILS]
    store.write(lambda tx: [email_versions.save(tx, source, now) for source in sources])
    mails, done = [crowd_mails.mail(source) for source in sources], 0
    with ThreadPoolExecutor(1) as writer:  # writes one batch while the next is generated
        before: Future[object] = writer.submit(int)
        for rows in crowd.batches(people, events, mails, now, TOGETHER, seed):
            before.result()
            told(done)
            before = writer.submit(store.write, partial(_put, rows=rows, now=now))
            done += len(rows.contacts)
        before.result()
    told(done)


def _put(tx: Session, rows: Rows, now: int) -> None:
    for table in fields(Rows):
        getattr(tx.bulk, table.name)(rows=getattr(rows, table.name))
    answered: dict[str, list[AnswersRow]] = {}
    for row in rows.answers:
        answered.setdefault(row["contact_id"], []).append(row)
    for contact_id, answers in answered.items():
        leads.qualify(tx, contact_id, answers, now)
