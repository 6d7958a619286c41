"""The outbox: a message has one owner, one state, and a reason a person can read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest

from server.contacts import contacts, suppressions
from server.sending import outbox
from server.sending.outbox import RETRY_AFTER_MS, Finish, Intent
from server.store import Session, Store
from tests.server.sending.messages import queue, state

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow

LEASE = 60


@pytest.fixture
def ana(store: Store, now: int) -> str:
    return str(store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now))["id"])


def claim(store: Store, owner: str, now: int, limit: int = 100) -> list[MessagesRow]:
    return outbox.claim_due(store, "marketing", owner, limit, now, LEASE)


def begin(store: Store, message: MessagesRow, owner: str, now: int) -> bool:
    return store.write(lambda tx: outbox.begin_attempt(tx, message, owner, now, LEASE))


def end(store: Store, message: MessagesRow, owner: str, what: Finish, now: int) -> bool:
    return store.write(lambda tx: outbox.finish(tx, message, owner, what, now))


def test_the_same_message_is_queued_once(store: Store, ana: str, now: int) -> None:
    intent = Intent("m1", ana, "diagnosis", "v1", "es", "marketing", "marketing", "consulting")
    assert store.write(lambda tx: outbox.enqueue(tx, intent, now))
    assert not store.write(lambda tx: outbox.enqueue(tx, intent, now + 9))
    with store.read() as tx:
        assert outbox.counts(tx)["marketing"]["queued"] == 1


def test_messages_are_counted_no_further_than_a_page_says(store: Store, ana: str, now: int) -> None:
    for name in ("m1", "m2", "m3"):
        intent = Intent(name, ana, "diagnosis", "v1", "es", "marketing", "marketing", "consulting")
        store.write(partial(outbox.enqueue, intent=intent, now=now))
    with store.read() as tx:
        assert [outbox.about(tx, most)["queued"] for most in (2, 9)] == [2, 3]


def test_workers_that_claim_at_once_never_get_the_same_message(store: Store, ana: str, now: int) -> None:
    ids = {queue(store, ana, now) for _ in range(60)}
    with ThreadPoolExecutor(6) as pool:
        shares = list(pool.map(lambda number: claim(store, f"w{number % 6}", now, 7), range(12)))
    claimed = [row["id"] for share in shares for row in share]
    assert len(claimed) == len(set(claimed))
    rest = [row["id"] for row in claim(store, "last", now)]
    assert sorted(claimed + rest) == sorted(ids)


def test_a_claim_takes_the_oldest_that_are_due_of_its_stream(store: Store, ana: str, now: int) -> None:
    late = queue(store, ana, now + 1000)
    first, second = queue(store, ana, now - 5), queue(store, ana, now)
    other = queue(store, ana, now, stream="transactional")
    assert [row["id"] for row in claim(store, "w", now, 1)] == [first]
    assert [row["id"] for row in claim(store, "w", now)] == [second]
    assert not outbox.is_due(store, "marketing", now)
    assert outbox.is_due(store, "transactional", now)
    assert {late, other}.isdisjoint({first, second})


def test_a_claim_ends_with_its_lease_and_can_be_let_go_before(store: Store, ana: str, now: int) -> None:
    queue(store, ana, now)
    (message,) = claim(store, "dead", now)
    assert claim(store, "other", now + LEASE * 1000) == []
    (again,) = claim(store, "other", now + LEASE * 1000 + 1)
    assert again["id"] == message["id"]
    assert not begin(store, message, "dead", now)
    assert outbox.release(store, [again], "dead") == 0
    assert outbox.release(store, [again], "other") == 1
    assert len(claim(store, "third", now)) == 1


def test_a_sent_message_is_sent_for_good(store: Store, ana: str, now: int) -> None:
    message_id = queue(store, ana, now)
    (message,) = claim(store, "w", now)
    assert begin(store, message, "w", now)
    assert state(store, ana, message_id) == ("attempting", "")
    assert not begin(store, message, "w", now)
    assert end(store, message, "w", Finish("sent"), now + 3)
    assert not end(store, message, "w", Finish("failed", "refused"), now + 4)
    assert not store.write(lambda tx: outbox.requeue(tx, ana, message_id, now))
    assert claim(store, "w", now + 10**9) == []
    with store.read() as tx:
        row = tx.messages.by_id(contact_id=ana, id=message_id)
    assert (row["state"], row["sent_at"], row["attempts"]) == ("sent", now + 3, 1)


def test_what_its_dead_worker_was_sending_stands_as_unknown_and_never_leaves_by_itself(
    store: Store, ana: str, now: int
) -> None:
    message_id = queue(store, ana, now)
    (message,) = claim(store, "dead", now)
    begin(store, message, "dead", now)
    assert outbox.sweep(store, now + LEASE * 1000) == 0
    assert outbox.sweep(store, now + LEASE * 1000 + 1) == 1
    assert state(store, ana, message_id) == ("unknown", "worker_gone")
    assert claim(store, "w", now + 10**9) == []
    assert store.write(lambda tx: outbox.requeue(tx, ana, message_id, now + 10**9))
    (again,) = claim(store, "w", now + 10**9)
    assert again["id"] == message_id


def test_a_worker_that_was_only_slow_corrects_the_sweep(store: Store, ana: str, now: int) -> None:
    message_id = queue(store, ana, now)
    (message,) = claim(store, "slow", now)
    begin(store, message, "slow", now)
    outbox.sweep(store, now + LEASE * 1000 + 1)
    assert end(store, message, "slow", Finish("sent"), now + LEASE * 2000)
    assert state(store, ana, message_id) == ("sent", "")


def test_a_slow_worker_cannot_undo_what_a_person_decided(store: Store, ana: str, now: int) -> None:
    message_id = queue(store, ana, now)
    (message,) = claim(store, "slow", now)
    begin(store, message, "slow", now)
    outbox.sweep(store, now + LEASE * 1000 + 1)
    store.write(lambda tx: outbox.requeue(tx, ana, message_id, now))
    assert not end(store, message, "slow", Finish("failed", "refused"), now)
    assert state(store, ana, message_id) == ("queued", "")


@pytest.mark.parametrize("scope", ["marketing", "all"])
def test_who_leaves_after_the_gate_looked_does_not_get_it(store: Store, ana: str, now: int, scope: str) -> None:
    queue(store, ana, now)
    (message,) = claim(store, "w", now)
    store.write(lambda tx: suppressions.add(tx, "ana@example.com", scope, "left", now))  # type: ignore[arg-type]
    assert not begin(store, message, "w", now)


def test_an_unsubscribe_beats_a_claim(store: Store, ana: str, now: int) -> None:
    message_id = queue(store, ana, now)
    (message,) = claim(store, "w", now)
    store.write(lambda tx: suppressions.unsubscribe(tx, ana, message_id, now))
    assert not begin(store, message, "w", now)
    assert not end(store, message, "w", Finish("sent"), now)
    assert state(store, ana, message_id) == ("stopped", "unsubscribed")


def test_a_marketing_opt_out_does_not_hold_an_order_back(store: Store, ana: str, now: int) -> None:
    queue(store, ana, now, mail_class="transactional")
    (message,) = claim(store, "w", now)
    store.write(lambda tx: suppressions.unsubscribe(tx, ana, "x", now))
    assert begin(store, message, "w", now)


def test_retries_follow_the_schedule_and_end_with_the_last_word_of_the_server(now: int) -> None:
    waits = [outbox.retry(attempt, "deferred: 450 busy", now).next_attempt_at - now for attempt in range(1, 7)]
    assert waits == list(RETRY_AFTER_MS)
    assert waits == sorted(waits)
    assert outbox.retry(7, "deferred: 450 busy", now) == Finish("failed", "gave_up: 450 busy")


def test_an_operator_reads_the_outbox_page_by_page(store: Store, ana: str, now: int) -> None:
    ids = [queue(store, ana, now + number) for number in range(5)]
    (message,) = claim(store, "w", now, 1)
    end(store, message, "w", Finish("failed", "refused: 550 no such user"), now)

    def page(tx: Session, before: str) -> list[str]:
        return [row["id"] for row in outbox.listed(tx, before=before, limit=2)]

    with store.read() as tx:
        assert page(tx, outbox.NEWEST) == [ids[4], ids[3]]
        assert page(tx, ids[3]) == [ids[2], ids[1]]
        (failed,) = outbox.listed(tx, "failed")
        counts = outbox.counts(tx)["marketing"]
    assert (failed["id"], failed["address"]) == (ids[0], "ana@example.com")
    assert (counts["queued"], counts["failed"], counts["unknown"]) == (4, 1, 0)
