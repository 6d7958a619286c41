"""People answer; the primary dies in the middle of it while its standby lags; the standby takes over and is asked what it has."""

from __future__ import annotations

import logging
import random
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from server import store as stores
from server.web.app import create_app
from tests.failover import cluster
from tests.failover.cluster import Server
from tests.kills import asking, stored
from tests.kills.clients import Ask

PEOPLE, THREADS = 60, 8
STALL_SECONDS = 0.3  # nothing reaches the standby that long before the end: what is told to people meanwhile is at risk


class Count(NamedTuple):
    rounds: int
    acknowledged: int
    lost: int


logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # connections break here on purpose


def run(rounds: int, synchronous: bool, say: Callable[[str], None] = lambda said: None) -> Count:
    """Each round begins with the server that took over in the one before."""
    with tempfile.TemporaryDirectory(prefix="acto-failover-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster.place(folder / "servers")
        server = cluster.primary(folder / "servers/0")
        acknowledged = lost = 0
        try:
            place = asking.environment(server.address, folder)
            asks = asking.everybody(asking.settings(place), PEOPLE)
            for number in range(1, rounds + 1):
                standby = server.standby(folder / f"servers/{number}")
                told, there = _round(server, standby, place, asks, synchronous)
                server = standby
                acknowledged, lost = acknowledged + len(told), lost + len(told - there)
                say(f"round {number} of {rounds}: {len(told)} acknowledged, {len(told - there)} lost")
        finally:
            server.kill()
        return Count(rounds, acknowledged, lost)


def _round(
    server: Server, standby: Server, place: dict[str, str], asks: list[Ask], synchronous: bool
) -> tuple[set[str], set[str]]:
    """What was acknowledged, and what the server that took over has."""
    try:
        server.set_synchronous("*" if synchronous else "")
        server.wait_for_standby("sync" if synchronous else "async")
        told = _answering(server, place, asks)
        standby.promote()
        standby.set_synchronous("")
    except BaseException:
        standby.kill()
        raise
    with stores.open(standby.address) as store:
        return told, set(stored.nonces(store))


def _answering(server: Server, place: dict[str, str], asks: list[Ask]) -> set[str]:
    """People answer until the primary is dead; returns the nonces of what they were told is stored."""
    told: set[str] = set()
    ended = threading.Event()
    store = stores.open(server.address)
    app = create_app(asking.settings({**place, "ACTO_DATABASE": server.address}), store)

    def answer() -> None:
        while not ended.is_set():
            ask, nonce = random.choice(asks), secrets.token_urlsafe(18)
            form = {"choice": random.choice(ask.options), "nonce": nonce, "gesture": "pointer"}
            reply = app.test_client().post(f"/a/{ask.token}", data=form, headers={"Accept": "application/json"})
            if reply.status_code == 200:
                told.add(nonce)

    threads = [threading.Thread(target=answer, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.3, 1.0))
    server.pause_sending()
    time.sleep(STALL_SECONDS)
    server.kill()
    ended.set()
    for thread in threads:
        thread.join(timeout=60)
    app.extensions["acto"].hit_buffer.close()
    store.close()
    return told
