"""Measures the pages of people who work with Acto on a large store, from request to html."""

from __future__ import annotations

import re
import statistics
import time
from typing import Any

from rich.progress import Progress

from server import signing
from server import store as stores
from server.accounts import users
from server.bench import place, populate
from server.qualify import rescoring
from server.reports import snapshots
from server.settings import Settings
from server.store import Store
from server.web import create_app

ADMIN, PASSWORD = "bench@example.com", "measured in milliseconds"
ROUNDS = 7
PAGES = {
    "bare page": "/health",
    "lead list": "/leads",
    "news of the list": "/leads/news?version=0",
    "lead list, searched": "/leads?q=restrepo+clinica",
    "lead list, one stage": "/leads?stage=hot",
    "lead list, page 100": "/leads?page=100",
    "all answers": "/answers",
    "a lead": "/leads/{contact_id}",
    "reports": "/reports",
    "an email's report": "/reports/diagnosis",
    "two compared": "/reports/compare?a=diagnosis&b=order-delivered",
    "who answered": "/reports/diagnosis/who?block=need&value=crm",
    "answers of an email": "/answers?email=diagnosis",
    "outbox": "/outbox",
    "outbox, one state": "/outbox?state=sent",
    "emails": "/emails",
}


def run(settings: Settings, people: int, events: int, database: str, bar: Progress) -> str:
    """Measure on an empty database at the address `database`, or on a temporary SQLite file."""
    with place.folder(settings, database) as there, stores.open(there.database) as store:
        store.migrate()
        task, began = bar.add_task("Filling the store", total=people), time.perf_counter()
        now = time.time_ns() // 1_000_000
        signing.keys(store, there, now)  # before mail has left: afterwards a missing keys file is refused
        populate.populate(store, there, people, events, now, lambda done: bar.update(task, completed=done))
        filled = time.perf_counter() - began
        kept = _reports(store, now)
        app = create_app(there, store)
        client = _signed_in(app.test_client(), store)
        times = {name: _times(client, path) for name, path in _paths(store).items()}
        exported = _exported(client)
        app.extensions["acto"].hit_buffer.close()
        began = time.perf_counter()
        differing = len(list(rescoring.recompute(store, now)))
        recomputed = time.perf_counter() - began
        told = [_told(name, rounds) for name, rounds in times.items()]
        return "\n".join(
            [
                f"pages: {store.engine}, {events:,} answers of {people:,} contacts, filled in {filled:.0f} s, "
                f"{ROUNDS} rounds each, median",
                *told,
                f"  the reports' snapshots together took {kept:.1f} s; a worker renews them and pages say how old they are",
                f"  every open lead exported as CSV in {exported:.1f} s",
                f"  every lead recomputed from its answers in {recomputed:.1f} s, {differing:,} stood otherwise",
            ]
        )


def measure(settings: Settings, store: Store, paths: dict[str, str]) -> dict[str, list[tuple[float, float]]]:
    """Return the times of pages for a signed-in admin, as milliseconds and processor milliseconds of each round."""
    app = create_app(settings, store)
    client = _signed_in(app.test_client(), store)
    times = {name: _times(client, path) for name, path in paths.items()}
    app.extensions["acto"].hit_buffer.close()
    return times


def _told(name: str, rounds: list[tuple[float, float]]) -> str:
    """Write one line of figures. Processor time excludes other users of the machine, and the work of a database server."""
    took, worked = zip(*rounds, strict=True)
    return f"  {name:22} {statistics.median(took):7.1f} ms  most {max(took):7.1f} ms  work {statistics.median(worked):7.1f} ms"


def _reports(store: Store, now: int) -> float:
    """Build the reports' snapshots that the worker keeps; return the seconds."""
    began = time.perf_counter()
    with store.read() as tx:
        emails = [row["email"] for row in tx.reports.emails()]
    for email in emails:
        snapshots.keep(store, email, now)
    return time.perf_counter() - began


def _paths(store: Store) -> dict[str, str]:
    with store.read() as tx:
        contact_id = tx.checks.leads(contact_id="", limit=1)[0]["contact_id"]
    return {name: path.format(contact_id=contact_id) for name, path in PAGES.items()}


def _times(client: Any, path: str) -> list[tuple[float, float]]:
    """Return the milliseconds and the processor milliseconds of each round, after one that warms up."""
    found = []
    for _ in range(ROUNDS + 1):
        began, worked = time.perf_counter(), time.process_time()
        reply = client.get(path)
        found.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
        if reply.status_code != 200:
            raise RuntimeError(f"{path} was answered with {reply.status_code}")
    return found[1:]


def _exported(client: Any) -> float:
    """Return the seconds of a CSV export, which is streamed line by line."""
    form, began = {"csrf_token": _token(client, "/leads")}, time.perf_counter()
    for _ in client.post("/leads/export", data=form, buffered=False).response:
        pass
    return time.perf_counter() - began


def _signed_in(client: Any, store: Store) -> Any:
    users.add_or_reset(store, ADMIN, PASSWORD, time.time_ns() // 1_000_000)
    form = {"email": ADMIN, "password": PASSWORD, "csrf_token": _token(client, "/sign-in")}
    client.post("/sign-in", data=form)
    return client


def _token(client: Any, path: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    return found[1] if found else ""
