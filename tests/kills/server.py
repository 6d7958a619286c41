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

from server import store as stores
from tests.kills import asking, stored
from tests.kills.clients import Clients

SERVE = ("server.cli", "serve")
PEOPLE = 20  # few enough that two often answer the same question at the same moment
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
    with tempfile.TemporaryDirectory(prefix="acto-kills-") as folder:
        environment = asking.environment(address, Path(folder))
        settings = asking.settings(environment)
        clients = Clients(settings.port, asking.everybody(settings, PEOPLE), CLIENTS)
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
    process = subprocess.Popen(command, cwd=asking.ROOT, env={**os.environ, **environment}, start_new_session=True)
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
