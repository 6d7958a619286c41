"""Measures durable answers per second over HTTP, beside a bare page of the same server under the same load."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from builder import emails
from builder.catalog import EmailSource
from builder.tokens import Keyring
from server import settings as all_settings
from server import store as stores
from server.bench import load, place, populate
from server.bench.load import Load, Request
from server.settings import Settings

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow

PEOPLE_A_SECOND = 2_750  # enough that every answer is a first answer: each has four questions
OPENING = 5_000  # people who open their links repeatedly
ROUNDS = 3  # at least; longer measurements have one for each second
NAMES = {
    "bare": "bare page",
    "tap": "answer, one tap",
    "form": "answer, form",
    "full": "one tap, full store",
    "known": "by people known there",
    "idle": "bare page, again",
    "page": "page of a link",
}
BASE = {"page": "idle"}


class Place(NamedTuple):
    """A server to load and its database: questions of new people, of known people, and links to open."""

    port: int
    asks: Iterator[tuple[str, str]]
    links: Iterator[tuple[str, str]]
    known: Iterator[tuple[str, str]]
    database: str


def run(settings: Settings, seconds: int, connections: int, events: int = 0) -> str:
    """Measure bare page and answers in alternating rounds, so that a drift of the machine affects all of them alike.

    With `events`, also measure one tap on a store that holds as many, from a tenth as many people.
    """
    runs: dict[str, list[Load]] = {}
    rounds = max(ROUNDS, seconds)
    with ExitStack() as stack:
        empty = stack.enter_context(_place(settings, seconds, 0))
        full = stack.enter_context(_place(settings, seconds, events)) if events else None
        before = _size(empty.database)
        for _ in range(rounds):
            asked = {"bare": (empty, _bare), "tap": (empty, answers(empty.asks, True))}
            if full:
                asked |= {"full": (full, answers(full.asks, True)), "known": (full, answers(full.known, True))}
            asked["form"] = empty, answers(empty.asks, False)
            for name, (place_, request) in asked.items():
                one = load.run("127.0.0.1", place_.port, connections, seconds / rounds, request)
                runs.setdefault(name, []).append(one)
        for _ in range(
            rounds
        ):  # last, because openings are written a moment later and would delay the other measurements
            for name, request in (("idle", _bare), ("page", _pages(empty.links))):
                runs.setdefault(name, []).append(
                    load.run("127.0.0.1", empty.port, connections, seconds / rounds, request)
                )
        given = sum(one.statuses.get(200, 0) for name in ("tap", "form") for one in runs[name])
        share = _ratio(runs, "full", "tap") if full else 0.0
        stored, size = _stored(empty.database), _size(empty.database) - before
    return "\n".join(
        [
            f"capture: {connections} connections, {seconds} s each, in {rounds} rounds in turn, SQLite, every commit synced",
            *_rows(runs),
            *(
                [f"  a store with {events:,} events takes {share:.0%} of what an empty one takes of new people"]
                if full
                else []
            ),
            f"  acknowledged {given:,}, stored {stored:,}, lost {given - stored:,}",
            f"  {size / max(1, stored):,.0f} bytes of disk an answer",
        ]
    )


@contextmanager
def _place(settings: Settings, seconds: int, events: int) -> Iterator[Place]:
    people = seconds * PEOPLE_A_SECOND
    with place.folder(settings) as there:
        store = place.opened(there)
        if events:
            populate.populate(store, there, max(events // 10, people), events, time.time_ns() // 1_000_000)
        known = asks(there, *place.asked(store, there, people)) if events else iter(())
        new = asks(there, *place.asked(store, there, people, new=True))
        links = cycle(asks(there, *place.asked(store, there, min(OPENING, people))))
        store.close()
        with place.serving(there) as port:
            yield Place(port, new, links, known, there.database)


def asks(there: Settings, source: EmailSource, messages: list[MessagesRow]) -> Iterator[tuple[str, str]]:
    """Yield a link to each question of each mail with its answer: the last option, after which no meeting is offered."""
    email, keyring, now = emails.compile(source, "es"), Keyring(all_settings.keys(there)), int(time.time())
    for row in messages:
        for block in email.blocks.values():
            if block.calendar:
                continue
            yield keyring.sign("answer", row["contact_id"], row["id"], block.name, now), block.options[-1].value


def _rows(runs: dict[str, list[Load]]) -> Iterator[str]:
    for name, title in NAMES.items():
        if name not in runs:
            continue
        speed, share = (
            statistics.median(one.per_second for one in runs[name]),
            _ratio(runs, name, BASE.get(name, "bare")),
        )
        p50, p99 = load.percentile(runs[name], 0.50), load.percentile(runs[name], 0.99)
        statuses = sorted({status for one in runs[name] for status in one.statuses})
        yield f"  {title:19} {speed:8,.0f}/s  {share:6.0%} of bare  p50 {p50:5.1f} ms  p99 {p99:6.1f} ms  status {statuses}"


def _ratio(runs: dict[str, list[Load]], name: str, base: str) -> float:
    """Return the median ratio of rounds, because the machine's speed changes from second to second."""
    return statistics.median(a.per_second / b.per_second for a, b in zip(runs[name], runs[base], strict=True))


def _size(database: str) -> int:
    return sum(path.stat().st_size for path in Path(database).parent.glob("acto.db*"))


def _bare() -> bytes:
    return b"GET /health HTTP/1.1\r\nHost: bench\r\n\r\n"


def _pages(links: Iterator[tuple[str, str]]) -> Request:
    def request() -> bytes:
        token, choice = next(links)
        return f"GET /a/{token}/{choice} HTTP/1.1\r\nHost: bench\r\nUser-Agent: bench\r\n\r\n".encode()

    return request


def answers(links: Iterator[tuple[str, str]], tap: bool) -> Request:
    """Return what writes one request for each link: with `tap` as the script of the page sends it, else as a form."""
    accept = "application/json" if tap else "text/html"
    gesture = "pointer" if tap else ""
    numbers = count()
    run_id = secrets.token_hex(6)

    def request() -> bytes:
        token, choice = next(links)
        body = f"choice={choice}&nonce={run_id}{next(numbers):012d}&gesture={gesture}"
        return (
            f"POST /a/{token} HTTP/1.1\r\nHost: bench\r\nAccept: {accept}\r\nUser-Agent: bench\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return request


def _stored(database: str) -> int:
    with stores.open(database) as store, store.read() as tx:
        return int(tx.events.count())
