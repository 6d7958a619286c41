"""Measures a campaign to many people: the start, the gate, queueing, memory, pages, sending, and transactional mail beside it."""

from __future__ import annotations

import resource
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

from builder.tokens import Keyring
from server import settings as all_settings
from server import signing
from server import store as stores
from server.bench import pages, place, sink
from server.booking import availability
from server.campaigns import expanding, plans, steps
from server.campaigns.plans import Plan
from server.contacts import search
from server.sending import gate, gate_facts, outbox, send
from server.sending.compose import composer
from server.sending.delivery import Worker
from server.sending.gate_facts import Asked
from server.settings import Settings
from server.store import Store, new_id, required

TOGETHER = 5_000  # contacts in one transaction
GATE_BATCH = 100
ORDERS, ORDER_SECONDS = 30, 0.5
PAGES = {
    "campaigns": "/campaigns",
    "a campaign": "/campaigns/{id}",
    "its people": "/campaigns/{id}/people?state=queued",
}


def run(settings: Settings, people: int, drained: int, database: str = "") -> str:
    """Queue a campaign for `people` and send `drained` of its messages; `database` is the address of another engine's."""
    with place.folder(settings, database) as folder, sink.running() as taking, stores.open(folder.database) as store:
        there = _into(taking.port, folder)
        store.migrate()
        signing.keys(store, there, _now())
        _fill(store, people)
        lines = [*_measure(store, there, people, drained)]
        head = f"campaign to {people:,} people ({store.engine})"
    return "\n".join([head, *lines])


def _measure(store: Store, settings: Settings, people: int, drained: int) -> Iterator[str]:
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
    yield from _drain(store, settings, drained)


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


def _drain(store: Store, settings: Settings, drained: int) -> Iterator[str]:
    """Send, with a transactional message every half second beside it."""
    compose = composer(store, settings, Keyring(all_settings.keys(settings)), availability.write_down)
    stop = threading.Event()
    worker = threading.Thread(target=Worker(store, settings, compose).run, args=(stop,))
    with store.read() as tx:
        person = tx.contacts.page(after="", limit=1)[0]
        source = send.check_files(settings, place.EMAIL, place.files(settings))
    began, orders = time.perf_counter(), list[str]()
    worker.start()
    while (sent := _sent(store)) < drained or len(orders) < ORDERS:
        if len(orders) < ORDERS:
            intent = replace(
                send.intent(source, person, {}, new_id(_now())), mail_class="transactional", stream="transactional"
            )
            store.write(lambda tx, each=intent: outbox.enqueue(tx, each, _now()))  # type: ignore[misc]
            orders.append(intent.id)
        time.sleep(ORDER_SECONDS)
    took = time.perf_counter() - began
    stop.set()
    worker.join()
    waits = sorted(_waited(store, person["id"], orders))
    yield f"  sending               {sent / took:8,.0f} messages/s, {sent:,} in {took:.0f} s"
    yield f"  transactional beside  {waits[len(waits) // 2]:8.0f} ms to SMTP, p99 {waits[int(len(waits) * 0.99)]:.0f} ms"


def _waited(store: Store, contact_id: str, orders: list[str]) -> Iterator[int]:
    with store.read() as tx:
        rows = {row["id"]: row for row in tx.messages.of_contact(contact_id=contact_id)}
    for each in orders:
        yield (rows[each]["sent_at"] or _now()) - rows[each]["created_at"]


def _fill(store: Store, people: int) -> None:
    for start in range(0, people, TOGETHER):
        now = _now()
        rows = [
            {
                "id": new_id(now),
                "email": f"p{number}@example.com",
                "first_name": "Ana",
                "last_name": f"N{number}",
                "company": "Example",
                "language": "es",
                "search_text": search.fold(f"p{number}@example.com ana n{number} example"),
                "now": now,
            }
            for number in range(start, min(start + TOGETHER, people))
        ]
        store.write(lambda tx, some=rows: tx.bulk.contacts(rows=some))  # type: ignore[misc]


def _into(port: int, settings: Settings) -> Settings:
    streams = {
        name: replace(stream, smtp_url=f"smtp://127.0.0.1:{port}", pace_per_second=0)
        for name, stream in settings.streams.items()
    }
    limits = {"marketing_hours": "any", "marketing_per_day": 0, "marketing_per_week": 0, "young_per_second": 0}
    return replace(settings, streams=streams, base_url="http://127.0.0.1", **limits)  # type: ignore[arg-type]


def _expanded(store: Store, campaign: str) -> bool:
    with store.read() as tx:
        return bool(plans.find(tx, campaign)["expanded"])


def _sent(store: Store) -> int:
    with store.read() as tx:
        return sum(states["sent"] for states in outbox.counts(tx).values())


def _memory_mb() -> float:
    """Return the most memory that the process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now() -> int:
    return time.time_ns() // 1_000_000
