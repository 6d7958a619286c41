"""What both engines promise alike."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

import pytest

from server import store as stores
from server.store import Session, Store, StoreUnavailable
from tests.server.store.contacts import add, person


def names(store: Store) -> list[str]:
    with store.read() as tx:
        return sorted(row["first_name"] for row in tx.contacts.page(after="", limit=1000))


def test_a_row_reads_the_same_on_both_engines(store: Store, now: int) -> None:
    written = store.write(lambda tx: tx.contacts.upsert(**person("Ñandú ❤️", now, company='"O\'Hara"\n')))
    with store.read() as tx:
        read = tx.contacts.by_key(email_key="Ñandú ❤️@example.com")
    assert type(read) is dict
    assert read == written
    assert list(read) == [
        *("id", "email", "email_key", "first_name", "last_name", "company", "language", "search_text"),
        *("created_at", "updated_at", "phone", "whatsapp", "country", "time_zone", "tags", "fields"),
    ]
    assert (read["created_at"], read["company"]) == (now, '"O\'Hara"\n')


def test_each_kind_of_query_returns_what_its_mark_says(store: Store, now: int) -> None:
    many: Any = [person(name, now) for name in ("ana", "beto")]
    assert store.write(lambda tx: tx.contacts.upsert_many(rows=many)) == 2
    with store.read() as tx:
        assert tx.contacts.by_id(id="nobody") is None
        assert tx.contacts.count() == 2
        assert [row["first_name"] for row in tx.contacts.page(after="", limit=1)] != []
        assert tx.suppressions.of_address(address_key="nobody") == []
    assert store.write(lambda tx: tx.users.set_role(id="nobody", role="sales")) == 0


def test_a_failing_work_undoes_itself_and_only_itself(store: Store, now: int) -> None:
    """Thirty works at once, so that on SQLite they share commits; every third one fails after it wrote."""

    def work(number: int) -> str:
        def write(tx: Session) -> str:
            add(tx, f"p{number:02}", now)
            if number % 3 == 0:
                raise LookupError(number)
            return f"p{number:02}"

        try:
            return store.write(write)
        except LookupError as error:
            return "" if error.args == (number,) else "the error of another"

    with ThreadPoolExecutor(30) as pool:
        told = sorted(filter(None, pool.map(work, range(30))))
    assert len(told) == 20
    assert names(store) == told


def test_an_acknowledged_write_is_seen_by_the_next_reader(store: Store, now: int) -> None:
    for number in range(20):
        store.write(lambda tx, number=number: add(tx, f"p{number:02}", now))  # type: ignore[misc]
        assert len(names(store)) == number + 1


def test_a_reader_sees_one_moment_however_long_it_reads(store: Store, now: int) -> None:
    with store.read() as tx:
        before = tx.contacts.count()
        store.write(lambda tx: add(tx, "late", now))
        assert tx.contacts.count() == before
    with store.read() as tx:
        assert tx.contacts.count() == before + 1


def test_a_reader_cannot_write(store: Store, now: int) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"), store.read() as tx:
        add(tx, "ana", now)
    assert names(store) == []


def test_a_wrong_name_says_where_to_look(store: Store) -> None:
    with store.read() as tx:
        with pytest.raises(AttributeError, match="no query named bye"):
            tx.contacts.bye()  # type: ignore[attr-defined]
        with pytest.raises(AttributeError, match=r"no file contact\.sql"):
            tx.contact.by_id(id="x")  # type: ignore[attr-defined]


def test_a_closed_store_refuses_and_what_was_accepted_is_kept(database: str, now: int) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(tx: Session) -> None:
        started.set()
        go_on.wait(5)
        add(tx, "slow", now)

    store = stores.open(database)
    writing = threading.Thread(target=store.write, args=(slow,))
    writing.start()
    assert started.wait(5)
    closing = threading.Thread(target=store.close)
    closing.start()
    go_on.set()
    writing.join(5)
    closing.join(5)
    with pytest.raises(StoreUnavailable, match="closed"):
        store.write(lambda tx: add(tx, "later", now))
    with pytest.raises(StoreUnavailable, match="closed"), store.read():
        pass
    with stores.open(database) as again:
        assert names(again) == ["slow"]


def test_who_does_not_wait_is_told_after_the_commit_and_of_a_failure(store: Store, now: int) -> None:
    told: SimpleQueue[Callable[[], object]] = SimpleQueue()
    store.write_soon(lambda tx: add(tx, "ana", now), told.put)
    told.get(timeout=5)()
    assert names(store) == ["ana"]
    store.write_soon(lambda tx: os.environ["NO_SUCH_KEY"], told.put)
    failed = told.get(timeout=5)
    with pytest.raises(KeyError):
        failed()


def test_a_closed_store_takes_nothing_from_who_does_not_wait(database: str, now: int) -> None:
    store, told = stores.open(database), list[object]()
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        store.write_soon(lambda tx: add(tx, "ana", now), told.append)
    assert told == []
