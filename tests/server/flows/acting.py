"""Flows set off in the small world: a clock that a test moves, and the effects it finds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from server import jsontext
from server.flows import flow_store, reading, webhook_delivery
from server.flows.effect_worker import Effects
from server.flows.model import Flow
from server.http_client.client import Door
from server.webhooks import endpoints
from server.webhooks.endpoints import EndpointFields
from tests.server.world import World

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsRow

URGENT = """
title = "Wants it this month"

[when]
happens = "answered"
block = "when"
values = ["this_month"]
"""
TASK = '\n[[then]]\ndo = "task"\ntitle = "Call {person}"\n'


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: int

    def __call__(self) -> int:
        return self.now


@dataclass
class Heard:
    """A request as a receiver got it."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.time)


@dataclass
class Receiver:
    """Answers with the next of `replies` (status, headers, body), and at last always with 204."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    replies: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A server of somebody else's, on this machine."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.heard.append(Heard(self.path, dict(self.headers), body))
            status, headers, said = receiver.replies.pop(0) if receiver.replies else (204, {}, b"")
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def flow(text: str, name: str = "urgent") -> Flow:
    """A flow that a file says; one without mistakes."""
    found, mistakes = reading.read(name, text)
    assert found and not mistakes, mistakes
    return found


def keep(world: World, text: str, name: str = "urgent") -> Flow:
    """The flow, on from now."""
    return world.store.write(lambda tx: flow_store.save(tx, flow(text, name), "mara@example.com", world.now))


def endpoint(
    world: World, url: str, name: str = "crm", shape: str = "standard", header: str = "", language: str = "es"
) -> str:
    """Its secret. The operator lets webhooks call this machine."""
    settings = replace(world.settings, webhook_private_hosts="127.0.0.1")
    return world.store.write(
        lambda tx: endpoints.add(
            tx, settings, name, EndpointFields(url, shape, header, language), "mara@example.com", world.now
        )
    )


def effects(world: World, name: str = "ana") -> list[EffectsRow]:
    """What was planned for a person, in the order of the flow; without what takes it back."""
    return [row for row in _planned(world, name) if not row["corrects"]]


def corrections(world: World, name: str = "ana") -> list[EffectsRow]:
    """What was planned to take something back, in the order of the flow."""
    return [row for row in _planned(world, name) if row["corrects"]]


def _planned(world: World, name: str) -> list[EffectsRow]:
    with world.store.read() as tx:
        rows = tx.effects.of_contact(contact_id=world.people[name]["id"])
    return sorted(rows, key=lambda row: (row["flow"], row["place"]))


def states(world: World, name: str = "ana") -> list[tuple[str, str, str]]:
    """Kind, state and the name of the reason of each."""
    return [(row["kind"], row["state"], row["reason"].partition(":")[0]) for row in effects(world, name)]


def work(world: World, at: int, door: Door | None = None) -> None:
    """A worker comes by at that moment and does everything that is due, inside and outside."""
    clock = Clock(at)
    door = door or Door(private=("127.0.0.1",), timeout_seconds=5)
    lane = Effects(world.store, world.settings, clock, door)
    while lane.round():
        pass
    with world.store.read() as tx:
        names = [row["name"] for row in tx.effects.due_endpoints(now=at)]
    for name in names:
        while webhook_delivery.some(world.store, world.settings, door, name, "test", clock):
            pass


def tries(row: EffectsRow) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = jsontext.loads(row["tries"])
    return found
