"""A test that a marketer sends to an address, and what its reader does with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.test import TestResponse

from builder.catalog import EmailSource
from builder.tokens import Purpose
from server import email_versions
from server.contacts import testers
from server.sending import gate, outbox, send
from server.sending.outbox import Finish
from server.store import Session, new_id
from tests.server.world import World

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow

MARKETER = "mara@example.net"


@dataclass
class SentTest:
    """A test that was sent, or waits in the outbox."""

    world: World
    contact_id: str
    message_id: str

    @property
    def message(self) -> MessagesRow:
        with self.world.store.read() as tx:
            found = tx.messages.by_id(contact_id=self.contact_id, id=self.message_id)
        assert found
        return found

    def token(self, block: str = "", purpose: Purpose = "answer") -> str:
        seconds = self.world.now // 1000
        return self.world.keyring.sign(purpose, self.contact_id, self.message_id, block, seconds)

    def get(self, block: str, choice: str = "") -> TestResponse:
        return self.world.visitor().get(f"/a/{self.token(block)}/{choice}")

    def post(self, block: str, *choice: str) -> TestResponse:
        form = {"choice": list(choice), "nonce": self.world.nonce(), "gesture": "pointer"}
        return self.world.visitor().post(f"/a/{self.token(block)}", data=form)

    def leave(self) -> TestResponse:
        return self.world.visitor().post(f"/u/{self.token(purpose='unsubscribe')}")


def queue_test(world: World, address: str = MARKETER, source: EmailSource | None = None) -> SentTest:
    """Queue a test as the page of a campaign does, of `diagnosis` or another email."""
    source = source or send.check(world.settings, Path(world.settings.templates_dir) / "diagnosis")

    def write(tx: Session) -> SentTest:
        email_versions.save(tx, source, world.now)
        tester = testers.add(tx, address, "es", world.now)
        to = {"id": tester.id, "language": tester.language}
        intent = send.intent(source, to, {}, new_id(world.now), purpose=gate.TEST)  # type: ignore[arg-type]
        outbox.enqueue(tx, intent, world.now)
        return SentTest(world, tester.id, intent.id)

    return world.store.write(write)


def everything_leaves(world: World) -> None:
    """Every queued message of the stream is sent."""
    for message in outbox.claim_due(world.store, "marketing", "worker", 100, world.now, 60):

        def leave(tx: Session, each: MessagesRow = message) -> None:
            outbox.begin_attempt(tx, each, "worker", world.now, 60)
            outbox.finish(tx, each, "worker", Finish("sent"), world.now)

        world.store.write(leave)
