"""Measures a campaign to many people: the start, the gate, queueing, memory, pages, sending, and what others notice of it."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import chain

from server import signing
from server import store as stores
from server.bench import beside, pages, place, sink
from server.campaigns import expanding, plans, steps
from server.campaigns.plans import Plan
from server.contacts import search
from server.sending import gate, gate_facts
from server.sending.gate_facts import Asked
from server.settings import Settings
from server.store import Store, new_id, required

TOGETHER = 5_000  # contacts in one transaction
GATE_BATCH = 100
PAGES = {
    "marketing": "/marketing",
    "campaigns": "/campaigns",
    "a campaign": "/campaigns/{id}",
    "its people": "/campaigns/{id}/people?state=queued",
}


def run(settings: Settings, people: int, drained: int, pace: int = 0, database: str = "") -> str:
    """Queue a campaign for `people` and send `drained` of its messages; `database` is the address of another engine's.

    `pace` is the number of its messages per second, 0 for no limit.
    """
    with (
        sink.running() as taking,
        _place(settings, database, pace, taking.port) as there,
        stores.open(there.database) as store,
    ):
        store.migrate()
        signing.keys(store, there, _now())
        answers = beside.answering(there, store)
        answers = chain([next(answers)], answers)  # its people are written to before anything is measured
        quiet = beside.alone(there, taking, answers)
        _fill(store, people - beside.PEOPLE)
        lines = [
            *_measure(store, there, people),
            *beside.measure(there, store, taking, answers, drained, quiet),
        ]
        head = f"campaign to {people:,} people ({store.engine})"
    return "\n".join([head, *lines])


def _place(settings: Settings, database: str, pace: int, port: int) -> AbstractContextManager[Settings]:
    more = {"ACTO_BASE_URL": "http://127.0.0.1", "ACTO_MARKETING_HOURS": "any"}
    for stream in ("MARKETING", "TRANSACTIONAL"):
        more[f"ACTO_STREAMS_{stream}_SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    more["ACTO_STREAMS_MARKETING_PACE_PER_SECOND"] = str(pace)
    for name in ("YOUNG_PER_SECOND", "USUAL_PER_SECOND", "MARKETING_PER_DAY", "MARKETING_PER_WEEK"):
        more[f"ACTO_{name}"] = "0"
    return place.folder(settings, database, more)


def _measure(store: Store, settings: Settings, people: int) -> Iterator[str]:
    yield f"  gate                  {_gate(store, settings):8.0f} µs a message, with its facts in batches of {GATE_BATCH}"
    began = time.perf_counter()
    campaign = _start(store, settings)
    expanding.advance(store, settings, _now(), pages=1)
    yield f"  start                 {time.perf_counter() - began:8.1f} s from the button to the first queued messages"
    before, began = _memory_mb(), time.perf_counter()
    while not _expanded(store, campaign):
        expanding.advance(store, settings, _now())
    took, grown = time.perf_counter() - began, _memory_mb() - before
    yield f"  queueing              {people / took:8,.0f} people/s, {took:.0f} s in all, memory {grown:+.0f} MB"
    yield from _pages(store, settings, campaign)


def _start(store: Store, settings: Settings) -> str:
    plan = Plan(place.EMAIL, time_zone="UTC")
    ready = steps.check(store, settings, plan, "en", _now(), 0)
    campaign = store.write(lambda tx: plans.add(tx, plan, "bench", _now()))
    store.write(lambda tx: steps.begin(tx, settings, campaign, ready, "bench", _now(), others=False))
    return campaign


def _gate(store: Store, settings: Settings) -> float:
    """Return the microseconds of one verdict, the median of batches spread over the people."""
    times, after = [], ""
    lawful = replace(settings, marketing_hours="law", marketing_per_day=2, marketing_per_week=5)
    with store.read() as tx:
        for _ in range(50):
            rows = tx.contacts.page(after=after, limit=GATE_BATCH)
            if len(rows) < GATE_BATCH:
                break
            after = rows[-1]["id"]
            began = time.perf_counter()
            for each in gate_facts.load(tx, lawful, [Asked(row["id"], "marketing") for row in rows], _now()):
                gate.decide(required(each).facts)
            times.append((time.perf_counter() - began) / GATE_BATCH * 1e6)
    return statistics.median(times or [0.0])


def _pages(store: Store, settings: Settings, campaign: str) -> Iterator[str]:
    for name, rounds in pages.measure(settings, store, {k: v.format(id=campaign) for k, v in PAGES.items()}).items():
        took = [each[0] for each in rounds]
        yield f"  page: {name:15} {statistics.median(took):8.1f} ms, most {max(took):.1f} ms"


def _fill(store: Store, people: int) -> None:
    for start in range(0, people, TOGETHER):
        now = _now()
        rows = [
            {
                "id": new_id(now),
                "email": f"c{number}@example.com",
                "first_name": "Ana",
                "last_name": f"N{number}",
                "company": "Example",
                "language": "es",
                "search_text": search.fold(f"c{number}@example.com ana n{number} example"),
                "now": now,
            }
            for number in range(start, min(start + TOGETHER, people))
        ]
        store.write(lambda tx, some=rows: tx.bulk.contacts(rows=some))  # type: ignore[misc]


def _expanded(store: Store, campaign: str) -> bool:
    with store.read() as tx:
        return bool(plans.find(tx, campaign)["expanded"])


def _memory_mb() -> float:
    """Return the most memory that the process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now() -> int:
    return time.time_ns() // 1_000_000
