"""Notices leave once, like any message: signed for, retried, told apart when nobody knows; and forget what they said."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from builder.tokens import Keyring
from server import notices
from server.contacts import suppressions
from server.notices.notice_queue import Notices
from server.sending import connection_worker
from server.sending.delivery import clock
from server.sending.outbox import Finish
from server.settings import Settings
from server.settings.table import STREAMS
from server.store import Store
from tests.any_hour import ANY_HOUR
from tests.server.sending.mailserver import mail_server
from tests.server.sending.working import wait_for, working

INVITE = notices.Attachment(
    "text/calendar", "BEGIN:VCALENDAR\r\nSUMMARY:Reunión\r\nEND:VCALENDAR\r\n".encode(), "REQUEST"
)
BUSY = ("queued", "attempting")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_worker, "IDLE_SECONDS", 0.02)


def put(store: Store, name: str, to: str, at: int = 0, *attachments: notices.Attachment) -> bool:
    words = ("¡Hola, Lucía!", "Abre https://acto.example/x\n", "<p>Abre</p>")
    return store.write(lambda tx: notices.enqueue(tx, name, to, *words, at or clock(), attachments))


def state(store: Store, name: str) -> tuple[str, str]:
    with store.read() as tx:
        row = tx.notices.by_id(id=name)
    return row["state"], row["reason"]


def test_each_notice_ends_as_its_server_said(store: Store) -> None:
    who = ("lucia", "never", "vanish", "later", "gone")
    store.write(lambda tx: suppressions.add(tx, "gone@example.com", "all", "bounced", clock()))
    for name in who:
        assert put(store, name, f"{name}@example.com", 0, *([INVITE] if name == "lucia" else []))
    assert not put(store, "lucia", "lucia@example.com"), "put again by a retry of its effect"
    with mail_server() as (server, port):
        streams = {name: replace(each, smtp_url=f"smtp://127.0.0.1:{port}") for name, each in STREAMS.items()}
        settings = Settings(
            streams=streams, message_id_domain="acto.example", sender_name="Brújula", connections=1, **ANY_HOUR
        )
        queue = Notices(store, settings, Keyring(["key"]))
        with working(store, settings, lambda *_: pytest.fail("no message"), beside=[queue]):
            wait_for(lambda: all(state(store, name)[0] not in BUSY or state(store, name)[1] for name in who))
    assert state(store, "lucia") == ("sent", "")
    assert state(store, "never") == ("failed", "refused: 550 5.1.1 no such user")
    assert state(store, "vanish")[0] == "unknown"
    assert state(store, "later") == ("queued", "deferred: 451 4.7.1 try again later")
    assert state(store, "gone") == ("failed", "suppressed_all")
    (data,) = (data for to, data in server.received if to == "lucia@example.com")
    read = message_from_bytes(data, policy=policy.default)
    assert read["Subject"] == "¡Hola, Lucía!"
    assert read["From"] == "Brújula <notices@acto.localhost>"
    assert read["Auto-Submitted"] == "auto-generated"
    text, html, invite = read.iter_parts()
    assert text.get_content().strip() == "Abre https://acto.example/x"
    assert html.get_content().strip() == "<p>Abre</p>"
    assert invite["Content-Type"].params["method"] == "REQUEST"
    assert "SUMMARY:Reunión" in invite.get_content()


def test_what_a_notice_said_is_kept_until_it_is_sent_and_no_longer(store: Store, now: int) -> None:
    queue = Notices(store, Settings(), Keyring(["key"]))
    put(store, "reset", "lucia@example.com", now)
    (row,) = queue.claim("w", 9, now)
    assert queue.claim("other", 9, now) == []
    assert store.write(lambda tx: queue.begin(tx, row, "w", now))
    assert notices.sweep(store, now + 61_000) == 1
    assert state(store, "reset")[0] == "unknown"
    assert store.write(lambda tx: notices.requeue(tx, "reset", now + 61_000))
    (row,) = queue.claim("w", 9, now + 61_000)
    assert row["text"]
    assert store.write(lambda tx: queue.begin(tx, row, "w", now + 61_000))
    sent = Finish("sent")
    assert store.write(lambda tx: queue.finish(tx, row, "w", sent, now + 62_000))
    with store.read() as tx:
        kept = tx.notices.by_id(id="reset")
        assert notices.counts(tx)["sent"] == 1
        assert [each["id"] for each in notices.listed(tx, "sent", 9)] == ["reset"]
        assert notices.listed(tx, "failed", 9) == []
    assert (kept["text"], kept["html"], kept["sent_at"]) == ("", "", now + 62_000)
