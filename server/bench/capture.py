"""Durable answers a second over HTTP, against a bare page of the same server under the same load."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from builder import emails
from builder.tokens import Keyring
from server import settings as all_settings
from server.bench import load, place
from server.bench.load import Load, Request
from server.settings import Settings

PEOPLE_A_SECOND = 2_750  # enough that every answer is a first answer: each has four questions
ROUNDS = 3


def run(settings: Settings, seconds: int, connections: int) -> str:
    """Rounds of bare page and answers in turn, so that a machine that drifts drifts for both."""
    with place.folder(settings) as there:
        store, source, messages = place.filled(there, seconds * PEOPLE_A_SECOND)
        email = emails.compile(source, "es")
        keyring, now = Keyring(all_settings.keys(there)), int(time.time())
        before = Path(there.database).stat().st_size
        asks = (
            (keyring.sign("answer", row["contact_id"], row["id"], block.name, now), block.options[0].value)
            for row in messages
            for block in email.blocks.values()
        )
        store.close()
        with place.serving(there) as port:
            runs = {name: [] for name in ("bare", "tap", "form")}  # type: dict[str, list[Load]]
            for _ in range(ROUNDS):
                for name, request in (("bare", _bare), ("tap", _answers(asks, True)), ("form", _answers(asks, False))):
                    runs[name].append(load.run("127.0.0.1", port, connections, seconds / ROUNDS, request))
        answers = sum(one.statuses.get(200, 0) for name in ("tap", "form") for one in runs[name])
        stored = _stored(there)
        size = sum(path.stat().st_size for path in Path(there.database).parent.glob("acto.db*")) - before
    return "\n".join(
        [
            f"capture: {connections} connections, {seconds} s each, in {ROUNDS} rounds in turn, SQLite, every commit synced",
            *_rows(runs),
            f"  acknowledged {answers:,}, stored {stored:,}, lost {answers - stored:,}",
            f"  {size / max(1, stored):,.0f} bytes of disk an answer",
        ]
    )


def _rows(runs: dict[str, list[Load]]) -> Iterator[str]:
    names = {"bare": "bare page", "tap": "answer, one tap", "form": "answer, form"}
    base = statistics.median(one.per_second for one in runs["bare"])
    for name, title in names.items():
        speed = statistics.median(one.per_second for one in runs[name])
        p50 = statistics.median(one.p50_ms for one in runs[name])
        p99 = max(one.p99_ms for one in runs[name])
        statuses = sorted({status for one in runs[name] for status in one.statuses})
        yield f"  {title:16} {speed:8,.0f}/s  {speed / base:6.0%} of bare  p50 {p50:5.1f} ms  p99 {p99:6.1f} ms  status {statuses}"


def _bare() -> bytes:
    return b"GET /health HTTP/1.1\r\nHost: bench\r\n\r\n"


def _answers(asks: Iterator[tuple[str, str]], tap: bool) -> Request:
    accept = "application/json" if tap else "text/html"
    gesture = "pointer" if tap else ""
    numbers = count()
    run_id = secrets.token_hex(6)

    def request() -> bytes:
        token, choice = next(asks)
        body = f"choice={choice}&nonce={run_id}{next(numbers):012d}&gesture={gesture}"
        return (
            f"POST /a/{token} HTTP/1.1\r\nHost: bench\r\nAccept: {accept}\r\nUser-Agent: bench\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return request


def _stored(settings: Settings) -> int:
    from server import store as stores

    with stores.open(settings.database) as store, store.read() as tx:
        return int(tx.events.count())
