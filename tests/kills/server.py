"""Kills the web server while people answer, and compares what they were told with what is stored."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from builder import emails
from builder.catalog import EmailSource
from builder.tokens import Keyring
from server import settings as all_settings
from server import store as stores
from server.people import contacts
from server.sending import send
from server.sending.delivery import clock
from server.settings import Settings
from server.store import Store
from tests.kills import stored
from tests.kills.clients import Ask, Clients
from tests.server.sending.mailserver import free_port

ROOT = Path(__file__).parents[2]
SERVE = ("server.cli", "serve")
PEOPLE = 100
CLIENTS = 16
START_SECONDS = 30
Say = Callable[[str], None]


@dataclass
class Count:
    """What became of the answers; `replayed` were stored already when they were sent again.

    `broken` says which promise was broken.
    """

    kills: int = 0
    acknowledged: int = 0
    stored: int = 0
    replayed: int = 0
    broken: list[str] = field(default_factory=list)


def run(address: str, times: int, say: Say = lambda line: None, serve: tuple[str, ...] = SERVE) -> Count:
    """Start, let people answer, kill -9 the whole process group, `times` over; then finish in peace, and count.

    `serve` is the module of the server and its arguments.
    """
    count = Count()
    with _settings(address) as (settings, environment):
        asks = _asks(settings)
        clients = Clients(settings.port, asks, CLIENTS)
        try:
            for number in range(times):
                _start_and_kill(serve, environment, address, clients, count)
                say(
                    f"kill {number + 1} of {times}: {len(clients.acknowledged)} acknowledged, {len(count.broken)} broken"
                )
            _finish(serve, environment, clients)
        finally:
            clients.abandon()
        with stores.open(address) as store:
            count.broken += [*clients.refused, *stored.breaches(store, clients.acknowledged)]
            count.stored, count.replayed = len(stored.nonces(store)), stored.replayed(store)
    count.acknowledged = len(clients.acknowledged)
    return count


def _start_and_kill(
    serve: tuple[str, ...], environment: dict[str, str], address: str, clients: Clients, count: Count
) -> None:
    """What was acknowledged before the start must be there after it; then kill it at a random moment under load."""
    before = list(clients.acknowledged)
    with _serving(serve, environment) as process:
        _wait_for_answers(process, clients)
        with stores.open(address) as store:  # opened here, so that the server itself recovered from the kill before
            there = stored.nonces(store)
        count.broken += [f"{sent.nonce} was acknowledged and is lost" for sent in before if not there[sent.nonce]]
        time.sleep(random.uniform(0, 0.4))
    count.kills += 1


def _finish(serve: tuple[str, ...], environment: dict[str, str], clients: Clients) -> None:
    with _serving(serve, environment) as process:
        _wait_for_answers(process, clients)
        clients.finish()
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@contextmanager
def _serving(serve: tuple[str, ...], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The web server, killed with all its processes when the block ends."""
    command = [sys.executable, "-m", *serve]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for_answers(process: subprocess.Popen[bytes], clients: Clients) -> None:
    """Until more is acknowledged, so that starting up does not hide the interesting moments."""
    before, give_up = len(clients.acknowledged), time.monotonic() + START_SECONDS
    while len(clients.acknowledged) < before + CLIENTS:
        if process.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError("the web server does not answer")
        time.sleep(0.005)


@contextmanager
def _settings(address: str) -> Iterator[tuple[Settings, dict[str, str]]]:
    """Settings of a place of its own, and the environment that gives them to a process."""
    with tempfile.TemporaryDirectory(prefix="acto-kills-") as folder:
        environment = {
            "ACTO_DATABASE": address,
            "ACTO_DATA_DIR": folder,
            "ACTO_KEYS_FILE": f"{folder}/keys",
            "ACTO_PORT": str(free_port()),
            "ACTO_HOLD_SECONDS": "86400",  # nothing is confirmed by the passing of time while we compare
        }
        yield all_settings.load(Path(folder) / "acto.toml", environment), environment


def _asks(settings: Settings) -> list[Ask]:
    """Every question of the starter email, to everybody."""
    source = send.check(settings, ROOT / "templates/emails/diagnosis")
    email, keyring, now = emails.compile(source, "es"), Keyring(all_settings.keys(settings)), clock()
    with stores.open(settings.database) as store:
        store.migrate()
        sent = _messages(store, source, now)
    return [
        Ask(
            contact_id,
            message_id,
            block.name,
            keyring.sign("answer", contact_id, message_id, block.name, now // 1000),
            tuple(option.value for option in block.options),
        )
        for contact_id, message_id in sent
        for block in email.blocks.values()
    ]


def _messages(store: Store, source: EmailSource, now: int) -> list[tuple[str, str]]:
    people = [
        store.write(lambda tx, number=number: contacts.upsert(tx, f"p{number}@example.com", now))  # type: ignore[misc]
        for number in range(PEOPLE)
    ]
    send.queue(store, source, people, now)
    with store.read() as tx:
        rows = [tx.messages.of_contact(contact_id=person["id"])[0] for person in people]
    return [(row["contact_id"], row["id"]) for row in rows]
