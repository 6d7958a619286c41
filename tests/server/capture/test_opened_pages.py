"""An opened page is stored with the email of its message, which segments read."""

from __future__ import annotations

import pytest

from server.capture import hits
from server.capture.hits import Hit
from server.segments import people
from server.store import Store
from tests.server.world import World

OPENED = {"is": "opened", "email": "diagnosis", "question": "need"}


@pytest.mark.parametrize(
    ("method", "purpose", "counts"), [("GET", "answer", True), ("POST", "answer", False), ("GET", "unsubscribe", False)]
)
def test_only_an_opened_page_of_a_question_counts_as_opened(
    world: World, method: str, purpose: str, counts: bool
) -> None:
    store: Store = world.store
    ana = world.people["ana"]["id"]
    with store.read() as tx:
        message = tx.messages.of_contact(contact_id=ana)[0]
    hit = Hit(ana, message["id"], "need", purpose, method)
    store.write(lambda tx: hits.add(tx, hit, world.now))
    with store.read() as tx:
        assert people.matches(tx, OPENED, ana, world.now) is counts
        assert [row["id"] for row in people.people(tx, OPENED, "", 9, world.now)] == [ana] * counts
        (stored,) = (row for row in tx.hits.of_contact(contact_id=ana) if row["message_id"] == message["id"])
    assert stored["email"] == ("diagnosis" if counts else "")
