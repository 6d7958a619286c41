"""The pace of a young sender, and its end while a worker runs."""

from __future__ import annotations

from typing import Any

from server.sending import pace
from server.sending.delivery import PACE_EVERY_MS, clock
from server.store import Store
from tests.server.sending.mailserver import mail_server
from tests.server.sending.test_delivery import compose, quick, send_to, settings
from tests.server.sending.working import wait_for, working

__all__ = ["quick"]
DAY_MS = 86_400_000
OLD: Any = dict.fromkeys(("email", "version_id", "language", "topic"), "old") | {
    "id": "old",
    "mail_class": "marketing",
    "stream": "marketing",
}


def test_a_worker_takes_the_pace_of_a_sender_that_grew_old_while_it_ran(store: Store) -> None:
    keys = [send_to(store, f"p{number}") for number in range(12)]
    later = 0
    with mail_server() as (server, port):
        found = settings(port, connections=1, young_per_second=1)
        with working(store, found, compose, clock=lambda: clock() + later):
            wait_for(lambda: len(server.received) >= 1)
            assert len(server.received) < 4, "a young sender keeps to its pace"
            old: Any = {**OLD, "contact_id": keys[0][0], "at": clock() - 31 * DAY_MS}
            store.write(lambda tx: tx.bulk.messages(rows=[old]))
            later = PACE_EVERY_MS + 1000
            wait_for(lambda: len(server.received) == 12, 6)


def test_a_grown_sender_keeps_to_the_usual_pace_and_transactional_mail_to_none(store: Store) -> None:
    old: Any = {**OLD, "contact_id": send_to(store, "p0")[0], "at": 1}
    store.write(lambda tx: tx.bulk.messages(rows=[old]))
    found = settings(25, young_per_second=10, usual_per_second=100)
    with store.read() as tx:
        assert [pace.of(tx, found, name, 40 * DAY_MS) for name in ("marketing", "transactional")] == [100, 0]
        assert pace.of(tx, found, "marketing", 20 * DAY_MS) == 10
