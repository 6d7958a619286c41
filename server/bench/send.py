"""Measures messages sent per second into a local SMTP sink: signed and unsigned, beside bare connections and a plain script."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.catalog import EmailSource
from builder.tokens import Keyring
from server import settings as all_settings
from server.bench import place, script, sink
from server.booking import availability
from server.errors import CannotDo
from server.sending import outbox, send
from server.sending.compose import composer
from server.sending.delivery import Worker
from server.sending.outcomes import Wire
from server.sending.preparing import Compose
from server.settings import Settings
from server.store import Store, required

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow

ROUNDS = 3
POLL_SECONDS = 0.02
STALLED_SECONDS = 30
BASE_URL = "https://bench.example"  # marketing needs https
WAYS = {
    "sink": "sink alone",
    "plain": "acto, not signed",
    "signed": "acto, signed",
    "script": "a plain script",
}
ABOUT = {
    "sink": "bare connections, one message already written",
    "plain": "{plain:.0%} of the sink alone",
    "signed": "{signed:.0%} of not signed, {times:.1f} times the script",
    "script": "Jinja, MJML, EmailMessage, dkimpy and smtplib, one after another",
}


def run(settings: Settings, messages: int) -> str:
    """Send about `messages` messages in each way, in alternating rounds, so that a drift of the machine affects all of them alike."""
    a_round = max(1, messages // ROUNDS)
    with place.folder(settings) as folder, sink.running() as taking:
        there = _into(taking.port, folder)
        store, source, rows = place.filled(there, a_round)
        key = script.key(Path(folder.data_dir) / "bench-dkim.pem")
        signing = _signing(there, source.stream, key)
        with store:
            keyring = Keyring(all_settings.keys(there))
            plain, signed = (
                composer(store, there, keyring, availability.write_down),
                composer(store, signing, keyring, availability.write_down),
            )
            wire = _written(store, plain, rows[0])
            plain_script = script.ready(taking.port, source, there, key)
            speeds: dict[str, list[float]] = {name: [] for name in WAYS}
            for number in range(ROUNDS):
                speeds["sink"].append(a_round / _bare(taking.port, wire, a_round, there.connections))
                if number:
                    _queue_again(store, source, rows)
                speeds["plain"].append(a_round / _drain(store, there, plain))
                _queue_again(store, source, rows)
                speeds["signed"].append(a_round / _drain(store, signing, signed))
                speeds["script"].append(script.MESSAGES / plain_script())
    sent = (3 * a_round + script.MESSAGES) * ROUNDS
    return _told(there, source, len(wire.data), sent, taking.received, speeds)


def _told(
    there: Settings, source: EmailSource, size: int, sent: int, received: int, speeds: dict[str, list[float]]
) -> str:
    def ratio(name: str, base: str) -> float:
        return statistics.median(a / b for a, b in zip(speeds[name], speeds[base], strict=True))

    figures = {
        "plain": ratio("plain", "sink"),
        "signed": ratio("signed", "plain"),
        "times": ratio("signed", "script"),
    }
    return "\n".join(
        [
            f"send: {source.name}, {size:,} bytes a message, {there.connections} connections, "
            f"{ROUNDS} rounds in turn, SQLite, every commit synced",
            *(
                f"  {title:16} {statistics.median(speeds[name]):8,.0f} messages/s  ({ABOUT[name].format(**figures)})"
                for name, title in WAYS.items()
            ),
            f"  sent {sent:,}, received {received:,}, lost or doubled {sent - received:,}",
        ]
    )


def _signing(settings: Settings, stream: str, key: Path) -> Settings:
    signed = replace(settings.streams[stream], dkim_domain="bench.example", dkim_key_file=str(key))
    return replace(settings, streams={**settings.streams, stream: signed})


def _into(port: int, settings: Settings) -> Settings:
    """Point every stream at the sink, without a pace and at any hour."""
    streams = {
        name: replace(stream, smtp_url=f"smtp://127.0.0.1:{port}", pace_per_second=0)
        for name, stream in settings.streams.items()
    }
    return replace(
        settings, streams=streams, base_url=BASE_URL, young_per_second=0, usual_per_second=0, marketing_hours="any"
    )


def _written(store: Store, compose: Compose, message: MessagesRow) -> Wire:
    with store.read() as tx:
        contact = required(tx.contacts.by_id(id=message["contact_id"]))
    return compose(message, contact, (), message["created_at"])


def _queue_again(store: Store, source: EmailSource, rows: list[MessagesRow]) -> None:
    contacts: list[send.Addressee] = [{"id": row["contact_id"], "language": row["language"]} for row in rows]
    send.queue(store, source, contacts, time.time_ns() // 1_000_000)


def _drain(store: Store, settings: Settings, compose: Compose) -> float:
    """Run a worker until everything queued is sent; return the seconds. Raises CannotDo when it stops making progress."""
    stop = threading.Event()
    worker = threading.Thread(target=Worker(store, settings, compose).run, args=(stop,))
    started = time.perf_counter()
    worker.start()
    try:
        _wait(store)
        return time.perf_counter() - started
    finally:
        stop.set()
        worker.join()


def _wait(store: Store) -> None:
    left, stalled_at = -1, time.monotonic() + STALLED_SECONDS
    while left:
        time.sleep(POLL_SECONDS)
        with store.read() as tx:
            counts = outbox.counts(tx).values()
        before, left = left, sum(states["queued"] + states["attempting"] for states in counts)
        if left != before:
            stalled_at = time.monotonic() + STALLED_SECONDS
        elif time.monotonic() > stalled_at:
            raise CannotDo(f"{left} messages cannot be sent; the lines above give the reasons.")


def _bare(port: int, wire: Wire, messages: int, connections: int) -> float:
    """Send one message repeatedly over that many connections, each waiting for every reply; return the seconds."""
    shares = [messages // connections + (number < messages % connections) for number in range(connections)]
    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        for _ in pool.map(lambda share: _talk(port, wire, share), shares):
            pass
    return time.perf_counter() - started


def _talk(port: int, wire: Wire, messages: int) -> None:
    envelope = f"MAIL FROM:<{wire.mail_from}>\r\nRCPT TO:<{wire.rcpt_to}>\r\nDATA"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.recv(1024)
        for lines in ["EHLO bench", *[envelope] * messages, "QUIT"]:
            connection.sendall(f"{lines}\r\n".encode())
            connection.recv(1024)  # the sink answers a batch of commands at once
            if lines is envelope:
                connection.sendall(wire.data + b".\r\n")
                connection.recv(1024)
