"""Kills the sending worker while it sends, and compares what a mail server got with what the outbox says."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from server import store as stores
from server.contacts import contacts
from server.sending import outbox
from server.sending.delivery import Worker, clock, stop_on_signals
from server.sending.transport import Wire
from server.settings import Settings, Stream
from server.store import Session, Store, new_id
from tests.any_hour import ANY_HOUR
from tests.server.sending.mailserver import Faults, mail_server

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesRow

BATCH = 80  # messages queued before each start: more than a worker can send before it is killed
LEASE_SECONDS = 2
DRAIN_SECONDS = 120


@dataclass
class Count:
    """What became of the messages; `broken` says which promise was broken, by message."""

    kills: int = 0
    states: dict[str, int] = field(default_factory=dict)
    received: int = 0
    broken: list[str] = field(default_factory=list)


def run(address: str, times: int, say: Callable[[str], None] = lambda line: None) -> Count:
    """Queue, start, kill -9, `times` over; then let a worker finish in peace, and count."""
    with stores.open(address) as store, mail_server() as (server, port):
        store.migrate()
        contact: str = store.write(lambda tx: contacts.upsert(tx, "ana@example.com", clock()))["id"]
        for number in range(times):
            _queue(store, contact)
            _start_and_kill(address, port, server)
            say(f"kill {number + 1} of {times}: {len(server.received)} messages received")
        _finish(store, address, port)
        return _count(store, contact, server, times)


def _queue(store: Store, contact: str) -> None:
    def work(tx: Session) -> None:
        for number in range(BATCH):
            kind = ("marketing", "transactional")[number % 2]
            outbox.enqueue(tx, outbox.Intent(new_id(clock()), contact, "e", "v", "es", kind, kind, "t"), clock())

    store.write(work)


def _start_and_kill(address: str, port: int, server: Faults) -> None:
    """Kill it at a random moment after its first message, so that starting up does not hide the interesting ones."""
    before = len(server.received)
    with _working(address, port) as process:
        while len(server.received) == before and process.poll() is None:
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.15))


def _finish(store: Store, address: str, port: int) -> None:
    with _working(address, port) as process:
        give_up = time.monotonic() + DRAIN_SECONDS
        while _waiting(store) and time.monotonic() < give_up:
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@contextmanager
def _working(address: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process that gets killed when the block ends."""
    process = subprocess.Popen([sys.executable, "-m", "tests.kills.worker", address, str(port)])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _waiting(store: Store) -> int:
    with store.read() as tx:
        return sum(states["queued"] + states["attempting"] for states in outbox.counts(tx).values())


def _count(store: Store, contact: str, server: Faults, kills: int) -> Count:
    got = Counter(message.partition("@")[0] for message in server.ids())
    with store.read() as tx:
        rows = tx.messages.of_contact(contact_id=contact)
    count = Count(kills, dict(Counter(row["state"] for row in rows)), sum(got.values()))
    for row in rows:
        allowed = {"sent": {1}, "unknown": {0, 1}}.get(row["state"], set())
        if got[row["id"]] not in allowed:
            count.broken.append(f"{row['id']} is {row['state']} and was received {got[row['id']]} times")
    return count


def _compose(message: MessagesRow, contact: ContactsRow, answers: Sequence[AnswersRow], now: int) -> Wire:
    data = f"Message-ID: <{message['id']}@acto.example>\r\n\r\nHola\r\n"
    return Wire("news@acto.example", contact["email"], data.encode())


def _work(address: str, port: int) -> None:
    """What that process does: a worker with the settings of a small company."""
    streams = {name: Stream(smtp_url=f"smtp://127.0.0.1:{port}") for name in ("marketing", "transactional")}
    settings = Settings(
        postal_address="Calle 1", message_id_domain="acto.example", lease_seconds=LEASE_SECONDS, **ANY_HOUR
    )
    stop = threading.Event()
    stop_on_signals(stop)
    with stores.open(address) as store:
        Worker(store, replace(settings, streams=streams), _compose).run(stop)


if __name__ == "__main__":
    _work(sys.argv[1], int(sys.argv[2]))
