"""The worker: whatever one message, one server or one stream does, the others leave."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from server.contacts import contacts, suppressions
from server.sending import connection_worker, gate
from server.sending.delivery import clock
from server.sending.outbox import RETRY_AFTER_MS
from server.sending.transport import Wire
from server.settings import Settings, Stream
from server.store import Store, StoreUnavailable
from tests.any_hour import ANY_HOUR
from tests.server.sending.mailserver import free_port, mail_server
from tests.server.sending.messages import queue, state
from tests.server.sending.working import wait_for
from tests.server.sending.working import working as a_worker

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesRow

LAWFUL = Settings(postal_address="Calle 1, Bogotá", message_id_domain="acto.example", connections=2, **ANY_HOUR)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_worker, "IDLE_SECONDS", 0.02)
    monkeypatch.setattr(connection_worker, "TROUBLE_SECONDS", (0.05,))


def settings(marketing: int, transactional: int = 0, **more: Any) -> Settings:
    ports = {"marketing": marketing, "transactional": transactional or marketing}
    streams = {name: Stream(smtp_url=f"smtp://127.0.0.1:{port}") for name, port in ports.items()}
    return replace(LAWFUL, streams=streams, **more)


def compose(message: MessagesRow, contact: ContactsRow, answers: Sequence[AnswersRow], now: int) -> Wire:
    if contact["email"].startswith("broken"):
        raise LookupError("diagnosis/body.mjml:3: order.total is missing in the data")
    data = f"Message-ID: <{message['id']}@acto.example>\r\n\r\nHola\r\n"
    return Wire("news@acto.example", contact["email"], data.encode())


def send_to(store: Store, who: str, due_ms_ago: int = 0, **more: Any) -> tuple[str, str]:
    """Queue a message for the person, due now or some time ago, and give its keys."""
    contact: str = store.write(lambda tx: contacts.upsert(tx, f"{who}@example.com", clock()))["id"]
    return contact, queue(store, contact, clock() - due_ms_ago, **more)


def working(store: Store, settings: Settings, **more: Any) -> AbstractContextManager[threading.Event]:
    return a_worker(store, settings, compose, **more)


def row(store: Store, keys: tuple[str, str]) -> MessagesRow:
    with store.read() as tx:
        return tx.messages.by_id(contact_id=keys[0], id=keys[1])


def test_each_message_ends_as_its_server_said_and_none_waits_for_another(store: Store) -> None:
    names = ("ana", "never", "spam", "vanish", "broken", "later", "hangup", "beto")
    sent = {who: send_to(store, who) for who in names}
    with mail_server() as (server, port), working(store, settings(port)):
        wait_for(lambda: {state(store, *keys)[0] for keys in sent.values()} & {"attempting"} == set())
        wait_for(
            lambda: all(row(store, keys)["state"] != "queued" or row(store, keys)["reason"] for keys in sent.values())
        )
    ends = {who: state(store, *keys) for who, keys in sent.items()}
    assert ends["ana"] == ends["beto"] == ("sent", "")
    assert ends["never"] == ("failed", "refused: 550 5.1.1 no such user")
    assert ends["spam"] == ("failed", "refused: 554 5.7.1 spam")
    assert ends["vanish"][0] == "unknown"
    assert ends["later"] == ("queued", "deferred: 451 4.7.1 try again later")
    assert ends["hangup"][0] == "queued"
    assert ends["hangup"][1].startswith("interrupted")
    assert ends["broken"] == ("failed", "not_composed: diagnosis/body.mjml:3: order.total is missing in the data")
    later = row(store, sent["later"])
    assert later["attempts"] == 1
    assert abs(later["next_attempt_at"] - clock() - RETRY_AFTER_MS[0]) < 10_000
    assert sorted(server.ids()) == sorted(f"{sent[who][1]}@acto.example" for who in ("ana", "beto", "vanish"))


def test_a_stream_in_trouble_does_not_delay_the_other(store: Store) -> None:
    news = [send_to(store, f"p{number}") for number in range(20)]
    with mail_server() as (_, port), working(store, settings(free_port(), port)):
        order = send_to(store, "ana", stream="transactional", mail_class="transactional")
        wait_for(lambda: state(store, *order)[0] == "sent", 2)
        wait_for(lambda: any(row(store, keys)["reason"].startswith("no_connection") for keys in news))
    assert {row(store, keys)["attempts"] for keys in news} == {0}


def test_messages_leave_when_a_server_that_was_down_is_back(store: Store) -> None:
    keys = send_to(store, "ana")
    found = settings(free_port())
    with working(store, found):
        wait_for(lambda: state(store, *keys)[1].startswith("no_connection"))
    with mail_server() as (server, port), working(store, settings(port)):
        wait_for(lambda: state(store, *keys) == ("sent", ""))
    assert len(server.received) == 1


def test_the_gate_stops_what_must_not_leave_and_says_why(store: Store) -> None:
    keys = send_to(store, "ana")
    with mail_server() as (server, port), working(store, replace(settings(port), postal_address="")):
        wait_for(lambda: state(store, *keys) == ("stopped", "no_postal_address"))
    gone = send_to(store, "beto")
    store.write(lambda tx: suppressions.add(tx, "beto@example.com", "all", "bounced", 1))
    with mail_server() as (_, port), working(store, settings(port)):
        wait_for(lambda: state(store, *gone) == ("stopped", "suppressed_all"))
    assert server.received == []


def test_what_the_gate_lets_wait_stands_with_its_reason_and_leaves_when_its_moment_has_come(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A send window that opens in a while; the transactional message does not know it."""
    opens = clock() + 1500
    window = gate.Rule("send_window", gate.MARKETING, lambda facts: opens, "a test")
    monkeypatch.setattr(gate, "WAITS", (*gate.WAITS, window))
    news, order = send_to(store, "ana"), send_to(store, "ana", mail_class="transactional")
    with mail_server() as (server, port), working(store, settings(port)):
        wait_for(lambda: state(store, *order)[0] == "sent")
        wait_for(lambda: state(store, *news) == ("queued", "send_window"))
        waiting = row(store, news)
        assert clock() < opens
        assert len(server.received) == 1
        wait_for(lambda: state(store, *news) == ("sent", ""))
    assert (waiting["next_attempt_at"], waiting["attempts"], waiting["lease_owner"]) == (opens, 0, "")
    assert row(store, news)["sent_at"] >= opens
    assert len(server.received) == 2


def test_a_message_that_waits_is_asked_again_by_the_gate_when_its_moment_has_come(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever became undeliverable meanwhile gets nothing."""
    opens = clock() + 700
    window = gate.Rule("send_window", gate.MARKETING, lambda facts: opens, "a test")
    monkeypatch.setattr(gate, "WAITS", (*gate.WAITS, window))
    news = send_to(store, "ana")
    with mail_server() as (server, port), working(store, settings(port)):
        wait_for(lambda: state(store, *news) == ("queued", "send_window"))
        store.write(lambda tx: suppressions.add(tx, "ana@example.com", "all", "bounced", 1))
        wait_for(lambda: state(store, *news) == ("stopped", "suppressed_all"))
    assert server.received == []


def test_a_message_whose_contact_is_gone_fails_and_says_so(store: Store) -> None:
    message = queue(store, "nobody", clock())
    with mail_server() as (_, port), working(store, settings(port)):
        wait_for(lambda: state(store, "nobody", message) == ("failed", "no_contact"))


def test_two_workers_send_each_message_once(store: Store) -> None:
    sent = [send_to(store, f"p{number}") for number in range(80)]
    with mail_server() as (server, port), working(store, settings(port)), working(store, settings(port)):
        wait_for(lambda: len(server.received) >= 80)
        wait_for(lambda: all(state(store, *keys)[0] == "sent" for keys in sent))
    assert sorted(server.ids()) == sorted(f"{message}@acto.example" for _, message in sent)


def test_a_stream_keeps_its_pace(store: Store) -> None:
    for number in range(8):
        send_to(store, f"p{number}")
    with mail_server() as (server, port):
        found = settings(port)
        paced = replace(found.streams["marketing"], pace_per_second=10)
        found = replace(found, streams={**found.streams, "marketing": paced})
        started = time.monotonic()
        with working(store, found):
            wait_for(lambda: len(server.received) == 8)
        assert time.monotonic() - started > 0.65


def test_stopping_finishes_what_is_being_sent_and_keeps_the_rest_queued(store: Store) -> None:
    slow, waiting = send_to(store, "slow", due_ms_ago=1000), [send_to(store, f"p{number}") for number in range(30)]
    with mail_server() as (server, port), working(store, settings(port, connections=1)) as stop:
        wait_for(lambda: state(store, *slow)[0] == "attempting")
        stop.set()
    assert state(store, *slow)[0] == "sent"
    states = {state(store, *keys)[0] for keys in waiting}
    assert states <= {"queued"}
    assert {row(store, keys)["lease_owner"] for keys in waiting} == {""}
    assert len(server.received) == 1


def test_periodic_jobs_run_each_second_and_one_that_fails_harms_no_other(store: Store, monkeypatch: Any) -> None:
    told: list[int] = []

    def fails(now: int) -> None:
        raise ValueError("a bug")

    def waits(now: int) -> None:
        raise StoreUnavailable("locked")

    with mail_server() as (_, port), working(store, settings(port), every_second=[fails, waits, told.append]):
        wait_for(lambda: len(told) >= 3)
    assert 900 <= told[2] - told[1] < 3000  # milliseconds; a busy machine is late


def test_what_another_worker_left_behind_becomes_unknown(store: Store) -> None:
    contact, message = send_to(store, "ana")
    store.write(lambda tx: tx.messages.claim(stream="marketing", owner="dead", limit=9, now=clock(), lease_until=1))
    store.write(
        lambda tx: tx.messages.begin_attempt(contact_id=contact, id=message, owner="dead", lease_until=1, now=1)
    )
    with mail_server() as (server, port), working(store, settings(port)):
        wait_for(lambda: state(store, contact, message) == ("unknown", "worker_gone"))
    assert server.received == []


def test_a_locked_database_in_the_middle_loses_nothing_and_doubles_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third of the writes is refused; the outcome of a message already sent must still be written down."""
    sent = [send_to(store, f"p{number}") for number in range(12)]
    real, dice = store.write, random.Random(1)

    def write(work: Callable[[Any], Any]) -> Any:
        if dice.random() < 0.3:
            raise StoreUnavailable("locked")
        return real(work)

    monkeypatch.setattr(store, "write", write)
    with mail_server() as (server, port), working(store, settings(port, connections=1, lease_seconds=1)):
        wait_for(lambda: all(state(store, *keys)[0] == "sent" for keys in sent), 20)
        assert sorted(server.ids()) == sorted(f"{message}@acto.example" for _, message in sent)
        monkeypatch.setattr(store, "write", real)
