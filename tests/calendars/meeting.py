"""A real worker meets calendars while it has mails to send: what each calendar came to, and how long the mails took."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from server.booking import busy
from server.contacts import contacts
from server.http_client.client import Door
from server.sending import outbox
from server.sending.delivery import Worker, clock
from server.sending.transport import Wire
from server.settings import Settings, Stream
from server.store import Session, Store, new_id
from tests.any_hour import ANY_HOUR
from tests.server.sending.mailserver import Faults, mail_server

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesRow

GIVE_UP_SECONDS = 300


@dataclass
class Met:
    """Seconds until the mails had left and until every calendar had been looked at; the row of each owner, by their calendar."""

    mails: float
    calendars: float
    rows: dict[str, dict[str, Any]]
    received: int


def run(store: Store, calendars: Mapping[str, str], mails: int) -> Met:
    """Lets a worker go until both are done; an owner to each calendar, who is called as it is."""
    with serving(list(calendars.values())) as port, mail_server() as (server, smtp):
        for at, name in enumerate(calendars):
            url = f"http://127.0.0.1:{port}/{at}.ics"
            store.write(lambda tx, name=name, url=url: busy.watch(tx, name, url))  # type: ignore[misc]
        _queue(store, mails)
        with _working(store, smtp):
            return _wait(store, list(calendars), server, mails)


@contextmanager
def serving(texts: Sequence[str]) -> Iterator[int]:
    """The port of a server that publishes each text at `/<place>.ics`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(texts[int(self.path.strip("/").partition(".")[0])].encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def _queue(store: Store, many: int) -> None:
    contact: str = store.write(lambda tx: contacts.upsert(tx, "ana@example.com", clock()))["id"]

    def work(tx: Session) -> None:
        for _ in range(many):
            intent = outbox.Intent(new_id(clock()), contact, "e", "v", "es", "transactional", "transactional", "t")
            outbox.enqueue(tx, intent, clock())

    store.write(work)


@contextmanager
def _working(store: Store, smtp: int) -> Iterator[None]:
    streams = {"transactional": Stream(smtp_url=f"smtp://127.0.0.1:{smtp}")}
    settings = replace(
        Settings(postal_address="Calle 1", message_id_domain="acto.example", **ANY_HOUR), streams=streams
    )
    hook = busy.BusyTimes(store, Door(private=("127.0.0.1",)))
    stop = threading.Event()
    thread = threading.Thread(target=Worker(store, settings, _compose, [hook]).run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(30)


def _wait(store: Store, names: Sequence[str], server: Faults, mails: int) -> Met:
    began, ended = time.monotonic(), {"mails": 0.0, "calendars": 0.0}
    while not all(ended.values()) and time.monotonic() - began < GIVE_UP_SECONDS:
        time.sleep(0.02)
        with store.read() as tx:
            rows = {name: dict(tx.calendars.owner(owner_id=name)) for name in names}
        if not ended["mails"] and len(server.received) >= mails:
            ended["mails"] = time.monotonic() - began
        if not ended["calendars"] and all(row["fetched_at"] or row["trouble"] for row in rows.values()):
            ended["calendars"] = time.monotonic() - began
    assert all(ended.values()), f"not done in {GIVE_UP_SECONDS} s: {ended}"
    return Met(**ended, rows=rows, received=len(server.received))


def _compose(message: MessagesRow, contact: ContactsRow, answers: Sequence[AnswersRow], now: int) -> Wire:
    data = f"Message-ID: <{message['id']}@acto.example>\r\n\r\nHola\r\n"
    return Wire("news@acto.example", contact["email"], data.encode())
