"""From the POST of a confirmed answer to its alert in SMTP and its call at a receiver, while 64 connections answer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server import store as stores
from server.bench import load
from server.flows import flow_store
from server.sending.delivery import clock
from server.webhooks import endpoints
from server.webhooks.endpoints import EndpointFields
from tests.journeys.site import answers, eventually
from tests.kills import asking
from tests.kills.clients import Ask
from tests.server.flows.acting import flow, receiving
from tests.server.sending.mailserver import Faults, mail_server

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

LIMIT_MS = 5_000
CONNECTIONS = 64
PEOPLE_A_SECOND, SHARE = 250, 10  # one person in ten says what is waited for
ALERT = """
[when]
happens = "answered"
block = "when"
values = ["this_month"]

[[then]]
do = "alert"
to = ["sales@example.com"]

[[then]]
do = "webhook"
endpoint = "crm"
"""
ADDRESS = re.compile(rb"es\d+@example\.com")


class Latency(NamedTuple):
    """Milliseconds; `alerts` and `calls` are how many arrived of `due`."""

    answers_per_second: float
    due: int
    alerts: int
    alert_p50_ms: int
    alert_p99_ms: int
    calls: int
    call_p50_ms: int
    call_p99_ms: int

    @property
    def p99_ms(self) -> float:
        lost = self.alerts < self.due or self.calls < self.due
        return float("inf") if lost else max(self.alert_p99_ms, self.call_p99_ms)


def run(address: str, seconds: int) -> Latency:
    """A server and a worker, each a process; the load, the mail server and the receiver in this one."""
    with (
        tempfile.TemporaryDirectory(prefix="acto-latency-") as folder,
        receiving() as receiver,
        mail_server() as (mail, port),
    ):
        smtp = f"smtp://127.0.0.1:{port}"
        environment = {
            **asking.environment(address, Path(folder)),
            "ACTO_WEBHOOK_PRIVATE_HOSTS": "127.0.0.1",
            "ACTO_STREAMS_TRANSACTIONAL_SMTP_URL": smtp,
            "ACTO_STREAMS_MARKETING_SMTP_URL": "smtp://127.0.0.1:9",
        }
        settings = asking.settings(environment)
        asks = asking.everybody(settings, seconds * PEOPLE_A_SECOND)
        with stores.open(address) as store:
            store.write(
                lambda tx: endpoints.add(tx, settings, "crm", EndpointFields(receiver.url), "mara@example.com", clock())
            )
            store.write(lambda tx: flow_store.save(tx, flow(ALERT), "mara@example.com", clock()))
            names = {row["id"]: row["email"] for row in _people(store)}
        with _arrivals(mail) as alerts, _running("serve", environment), _running("work", environment):
            eventually(lambda: answers(f"http://127.0.0.1:{settings.port}"), 60)
            time.sleep(2)  # for the worker, which nobody can ask
            sent: dict[str, float] = {}
            done = load.run("127.0.0.1", settings.port, CONNECTIONS, seconds, _requests(asks, names, sent))
            calls = _heard(receiver, len(sent), alerts)
    return _figures(done.per_second, sent, alerts, calls)


def _requests(asks: list[Ask], names: dict[str, str], sent: dict[str, float]) -> load.Request:
    left = iter(asks)
    people: dict[str, int] = {}

    def request() -> bytes:
        ask = next(left)
        number = people.setdefault(ask.contact_id, len(people))
        value = ask.options[0 if ask.block != "when" or number % SHARE == 0 else -1]
        body = f"choice={value}&nonce=latency-{number:06d}-{ask.block:>8}&gesture=pointer".replace(" ", "_")
        if ask.block == "when" and number % SHARE == 0:
            sent[names[ask.contact_id]] = time.time()
        return (
            f"POST /a/{ask.token} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nUser-Agent: Mozilla/5.0\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return request


@contextmanager
def _arrivals(mail: Faults) -> Iterator[dict[str, float]]:
    """When the alert about each person arrived, by the address in it."""
    found: dict[str, float] = {}
    done = threading.Event()

    def look() -> None:
        seen = 0
        while not done.wait(0.02):
            for _, data in mail.received[seen:]:
                seen += 1
                if about := ADDRESS.search(data):
                    found.setdefault(about[0].decode(), time.time())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        done.set()
        thread.join()


def _heard(receiver: object, due: int, alerts: dict[str, float]) -> dict[str, float]:
    """Waits for what is still on its way, a limit long."""
    give_up = time.monotonic() + 6 * LIMIT_MS / 1000
    found: dict[str, float] = {}
    while time.monotonic() < give_up and (len(found) < due or len(alerts) < due):
        time.sleep(0.05)
        found = {
            jsontext.loads(each.body.decode())["data"]["contact"]["email"]: each.at
            for each in receiver.heard  # type: ignore[attr-defined]
        }
    return found


def _figures(rate: float, sent: dict[str, float], alerts: dict[str, float], calls: dict[str, float]) -> Latency:
    late = [
        sorted((found[name] - at) * 1000 for name, at in sent.items() if name in found) for found in (alerts, calls)
    ]
    figures = [(len(each), _at(each, 0.5), _at(each, 0.99)) for each in late]
    return Latency(round(rate), len(sent), *figures[0], *figures[1])


def _at(ordered: list[float], share: float) -> int:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))]) if ordered else -1


def _people(store: stores.Store) -> list[ContactsRow]:
    found: list[ContactsRow] = []
    with store.read() as tx:
        while page := tx.contacts.page(after=found[-1]["id"] if found else "", limit=5000):
            found += page
    return found


@contextmanager
def _running(command: str, environment: dict[str, str]) -> Iterator[None]:
    words = [sys.executable, "-m", "server.cli", command]
    with subprocess.Popen(words, cwd=asking.ROOT, env={**os.environ, **environment}) as process:
        try:
            yield
        finally:
            process.terminate()
