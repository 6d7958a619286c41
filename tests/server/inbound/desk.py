"""The desk that takes mail, with a DNS that says what a test wants it to."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server.capture.rules import Rules
from server.inbound import receive
from server.inbound.outcome import InboundOutcome
from server.inbound.reply_context import Desk
from server.web.state import now_ms
from tests.clients import replies
from tests.server.channels.place import Place
from tests.server.world import HOLD_MS

if TYPE_CHECKING:
    from server.store.queries.events import EventsOfContactRow

LINK = re.compile(r'href="(mailto:r\+[^"]+)"')


@dataclass
class Counter:
    """Where mail arrives for a place. `records` is the DNS: a name, and what it says."""

    place: Place
    records: dict[str, bytes] = field(default_factory=lambda: replies.records("example.com", "example.org"))
    asked: list[str] = field(default_factory=list)

    def take(self, raw: bytes, later_ms: int = 0) -> InboundOutcome:
        """One mail, as the mail server's pipe brings it: lines end in LF. It comes after whatever a page took before."""
        world = self.place.world
        desk = Desk(world.keyring, world.settings.reply_domain, Rules(hold_ms=HOLD_MS), self.lookup)
        return receive.receive(world.store, desk, raw.replace(b"\r\n", b"\n"), now_ms() + 1_000 + later_ms)

    def lookup(self, name: str) -> bytes | None:
        self.asked.append(name)
        return self.records.get(name)

    def link(self, block: str, name: str = "ana") -> str:
        """The mailto link of a block, as it stands in a person's mail."""
        order = [each for each in BLOCKS if each != "parts"]
        links = [html.unescape(found) for found in LINK.findall(self.place.part(name, "text/html"))]
        return dict(zip(order, links, strict=False))[block]

    def events(self, name: str = "ana") -> list[EventsOfContactRow]:
        return self.place.world.events(name)


BLOCKS = ("stars", "topics", "call", "slot", "text", "parts", "why")
