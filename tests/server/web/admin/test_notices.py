"""The notices' half of the outbox."""

from __future__ import annotations

from server import notices
from server.reasons import reason
from server.store import Session
from tests.server.world import World, csrf


def test_a_notice_that_failed_says_why_and_can_be_sent_again(world: World) -> None:
    world.store.write(lambda tx: _failed(tx, world.now))
    admin = world.admin()
    page = admin.get("/outbox/notices?state=failed")
    assert "Te invitan" in page.text
    assert "El servidor de correo lo rechazó: 550 no such user." in page.text
    again = {"csrf_token": csrf(page), "id": "invitation/lucia"}
    assert admin.post("/outbox/notices/again", data=again).status_code == 302
    assert admin.post("/outbox/notices/again", data=again).status_code == 409
    with world.store.read() as tx:
        assert notices.counts(tx)["queued"] == 1


def _failed(tx: Session, now: int) -> None:
    notices.enqueue(tx, "invitation/lucia", "lucia@example.com", "Te invitan", "texto", "<p>html</p>", now)
    tx.notices.claim(owner="w", now=now + 1, lease_until=now + 9, limit=1)
    why = reason("refused", "550 no such user")
    row = {"id": "invitation/lucia", "owner": "w", "state": "failed", "reason": why}
    tx.notices.finish(**row, next_attempt_at=now, sent_at=None)
