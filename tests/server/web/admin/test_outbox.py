"""The page of the outbox: why a message has not left, and whether it is tried again."""

from __future__ import annotations

from server.sending import outbox
from tests.server.world import World

HOUR_MS = 3_600_000
SECONDS = 60


def test_a_message_that_waits_says_why_and_when_it_is_tried_again(world: World) -> None:
    message, owner, later = world.sent["ana"], "worker", world.now + HOUR_MS
    outbox.claim_due(world.store, "marketing", owner, 10, later, SECONDS)
    assert world.store.write(lambda tx: outbox.begin_attempt(tx, message, owner, later, SECONDS))
    assert "Próximo intento" not in world.admin().get("/outbox").text
    again = outbox.retry(1, "deferred: 451 try later", later)
    world.store.write(lambda tx: outbox.finish(tx, message, owner, again, later))
    page = world.admin().get("/outbox").text
    assert "451 try later" in page and "Próximo intento" in page


def test_a_message_whose_tries_are_used_up_says_so_and_names_no_next_one(world: World) -> None:
    message, owner, later = world.sent["ana"], "worker", world.now + HOUR_MS
    outbox.claim_due(world.store, "marketing", owner, 10, later, SECONDS)
    assert world.store.write(lambda tx: outbox.begin_attempt(tx, message, owner, later, SECONDS))
    ended = outbox.retry(len(outbox.RETRY_AFTER_MS) + 1, "deferred: 451 try later", later)
    world.store.write(lambda tx: outbox.finish(tx, message, owner, ended, later))
    page = world.admin().get("/outbox").text
    assert "451 try later" in page and "Próximo intento" not in page and "Enviar de nuevo" in page
