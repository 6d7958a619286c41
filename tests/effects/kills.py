"""kill -9 of the web server and of the worker while people answer; then peace, and every effect is looked for."""

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
from server.flows import flow_store
from server.sending.delivery import clock
from server.settings import Settings
from server.store import Store
from server.webhooks import endpoints
from server.webhooks.endpoints import EndpointFields
from tests.effects import stored
from tests.kills import asking
from tests.kills.clients import Clients
from tests.server.flows.acting import Receiver, flow, receiving

PEOPLE, CLIENTS = 20, 8
QUIET_SECONDS = 60
EVERY = """
[when]
happens = "answered"

[[then]]
do = "task"
title = "Call {person}"

[[then]]
do = "webhook"
endpoint = "crm"

[[then]]
do = "tag"
tag = "answered"
"""
Say = Callable[[str], None]


@dataclass
class Count:
    """`twice` are calls that a receiver which honours the id takes for one; `broken` says which promise was."""

    kills: int = 0
    acknowledged: int = 0
    effects: int = 0
    calls: int = 0
    twice: int = 0
    broken: list[str] = field(default_factory=list)


def run(address: str, times: int, say: Say = lambda line: None) -> Count:
    """Start both, let people answer, kill one or the other or both, `times` over; then finish in peace, and count."""
    count = Count()
    with tempfile.TemporaryDirectory(prefix="acto-effects-") as folder, receiving() as receiver:
        environment = {**asking.environment(address, Path(folder)), "ACTO_LEASE_SECONDS": "5"}
        environment["ACTO_WEBHOOK_PRIVATE_HOSTS"] = "127.0.0.1"
        settings = asking.settings(environment)
        asks = asking.everybody(settings, PEOPLE)
        with stores.open(address) as store:
            _set_up(store, settings, receiver)
        clients = Clients(settings.port, asks, CLIENTS, "Mozilla/5.0")
        try:
            for number in range(times):
                _round(environment, clients, number)
                count.kills += 1
                say(
                    f"kill {number + 1} of {times}: {len(clients.acknowledged)} acknowledged, {len(receiver.heard)} calls"
                )
            with _running("serve", environment), _running("work", environment):
                _answers(clients)
                clients.finish()
                with stores.open(address) as store:
                    _quiet(store)
                    stored.count(store, receiver, clients, count)
        finally:
            clients.abandon()
    return count


def _set_up(store: Store, settings: Settings, receiver: Receiver) -> None:
    now = clock()
    receiver.replies = [(random.choice((204, 204, 500)), {}, b"") for _ in range(400)]
    store.write(lambda tx: endpoints.add(tx, settings, "crm", EndpointFields(receiver.url), "mara@example.com", now))
    store.write(lambda tx: flow_store.save(tx, flow(EVERY, "every"), "mara@example.com", now))


def _round(environment: dict[str, str], clients: Clients, number: int) -> None:
    """Both run under load; at a random moment one of them is killed, in every third round both."""
    with _running("serve", environment), _running("work", environment) as worker:
        _answers(clients)
        time.sleep(random.uniform(0, 0.5))
        if number % 3 == 0:
            _kill(worker)
            time.sleep(random.uniform(0, 0.2))


def _answers(clients: Clients) -> None:
    """Until more is acknowledged, so that starting up does not hide the interesting moments."""
    before, give_up = len(clients.acknowledged), time.monotonic() + 30
    while len(clients.acknowledged) < before + CLIENTS:
        assert time.monotonic() < give_up, "the web server does not answer"
        time.sleep(0.005)


def _quiet(store: Store) -> None:
    """Until nothing is left that is due or being done."""
    give_up = time.monotonic() + QUIET_SECONDS
    while stored.unfinished(store) and time.monotonic() < give_up:
        time.sleep(0.1)


@contextmanager
def _running(command: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Killed with all its processes when the block ends."""
    words = [sys.executable, "-m", "server.cli", command]
    with open(os.devnull, "wb") as nothing:  # what is killed complains
        process = subprocess.Popen(
            words, cwd=asking.ROOT, env={**os.environ, **environment}, start_new_session=True, stderr=nothing
        )
    try:
        yield process
    finally:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
