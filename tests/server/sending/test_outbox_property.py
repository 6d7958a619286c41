"""Whatever two workers, a clock and a person do in whatever order, nothing leaves twice by itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.contacts import contacts, suppressions
from server.sending import outbox
from server.sending.outbox import Finish
from server.store import Store
from tests.server.sending.messages import queue

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow

LEASE = 60
OWNERS = st.sampled_from(["one", "other"])
STEPS = st.one_of(
    st.tuples(st.just("claim"), OWNERS),
    st.tuples(st.just("begin"), OWNERS),
    st.tuples(st.just("finish"), st.tuples(OWNERS, st.sampled_from(["sent", "unknown", "failed", "queued"]))),
    st.tuples(st.just("die"), OWNERS),
    st.tuples(st.just("wait"), st.sampled_from([1, LEASE // 2, LEASE + 1])),
    st.tuples(st.just("sweep"), st.none()),
    st.tuples(st.just("unsubscribe"), st.none()),
)


@dataclass
class World:
    """Two workers' memories, and what a mail server may have got: at each attempt that nobody took back."""

    store: Store
    contact: str
    now: int
    lives: Counter[str] = field(default_factory=Counter)
    claimed: dict[str, list[MessagesRow]] = field(default_factory=lambda: {"one": [], "other": []})
    leaving: dict[str, MessagesRow] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    unsubscribed: bool = False

    def name(self, owner: str) -> str:
        """A worker that starts again has a new name, as in the product."""
        return f"{self.contact}/{owner}/{self.lives[owner]}"

    def claim(self, owner: str) -> None:
        found = outbox.claim_due(self.store, self.contact, self.name(owner), 2, self.now, LEASE)
        self.claimed[owner] += found

    def begin(self, owner: str) -> None:
        if not self.claimed[owner] or owner in self.leaving:
            return
        message = self.claimed[owner].pop(0)
        if self.store.write(lambda tx: outbox.begin_attempt(tx, message, self.name(owner), self.now, LEASE)):
            assert not self.unsubscribed, "it left after the unsubscribe"
            assert self.left[message["id"]] == 0, "it left twice"
            self.left[message["id"]] += 1
            self.leaving[owner] = message

    def finish(self, what: tuple[str, outbox.State]) -> None:
        owner, state = what
        message = self.leaving.pop(owner, None)
        if message is not None:
            if state in ("queued", "failed"):
                self.left[message["id"]] -= 1  # the mail server said that it does not have it
            outcome = Finish(state, "x", self.now + 1000)
            self.store.write(lambda tx: outbox.finish(tx, message, self.name(owner), outcome, self.now))

    def die(self, owner: str) -> None:
        self.lives[owner] += 1
        self.claimed[owner] = []
        self.leaving.pop(owner, None)

    def wait(self, seconds: int) -> None:
        self.now += seconds * 1000

    def sweep(self, _: None) -> None:
        outbox.sweep(self.store, self.now)

    def unsubscribe(self, _: None) -> None:
        self.unsubscribed = True
        self.store.write(lambda tx: suppressions.unsubscribe(tx, self.contact, "m", self.now))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(STEPS, min_size=5, max_size=40))
def test_nothing_leaves_twice_whoever_dies_whenever(store: Store, now: int, steps: list[tuple[str, Any]]) -> None:
    contact = store.write(lambda tx: contacts.upsert(tx, f"{uuid4()}@example.com", now))["id"]
    ids = [queue(store, contact, now, stream=contact) for _ in range(3)]
    world = World(store, contact, now)
    for step, argument in steps:
        getattr(world, step)(argument)
    with store.read() as tx:
        states = {row["id"]: row["state"] for row in tx.messages.of_contact(contact_id=contact)}
    assert set(states) == set(ids), "a message was lost"
    for message_id, state in states.items():
        if state == "sent":
            assert world.left[message_id] == 1
        if state in ("queued", "stopped", "failed"):
            assert world.left[message_id] == 0, "it may have left and does not stand as unknown"
