"""A database file that was removed or exchanged is noticed by whoever reads or writes, and nothing is acknowledged any more."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from server import store as stores
from server.store import Session, Store, StoreUnavailable
from tests.server.store.contacts import add

NOTICED = "was removed or exchanged while Acto had it open"


@pytest.fixture
def engine() -> str:
    return "sqlite"


def refuses_everything(store: Store, now: int) -> None:
    with pytest.raises(StoreUnavailable, match=NOTICED):
        store.write(lambda tx: add(tx, "grace", now))
    with pytest.raises(StoreUnavailable, match=NOTICED), store.read() as tx:
        tx.contacts.page(after="", limit=1)
    with pytest.raises(StoreUnavailable, match=NOTICED):
        store.damage()


def test_a_removed_file_is_not_made_anew_and_takes_up_again_once_it_is_back(
    store: Store, database: str, now: int
) -> None:
    store.write(lambda tx: add(tx, "ana", now))
    away = Path(database).rename(f"{database}.away")
    refuses_everything(store, now)
    assert not Path(database).exists()
    away.rename(database)
    store.write(lambda tx: add(tx, "grace", now))
    with store.read() as tx:
        assert len(tx.contacts.page(after="", limit=9)) == 2


def test_another_file_at_its_place_is_left_as_it_is(store: Store, database: str, now: int, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    store.copy_to(older)
    store.write(lambda tx: add(tx, "ana", now))
    before = older.read_bytes()
    older.replace(database)
    refuses_everything(store, now)
    assert Path(database).read_bytes() == before
    with pytest.raises(StoreUnavailable, match=NOTICED):
        store.copy_to(tmp_path / "backup.db")


def test_what_is_committed_into_a_file_that_has_just_gone_is_not_acknowledged(
    store: Store, database: str, now: int
) -> None:
    def work(tx: Session) -> None:
        add(tx, "ana", now)
        Path(database).unlink()

    with pytest.raises(StoreUnavailable, match=NOTICED):
        store.write(work)


def test_a_path_with_characters_of_an_address_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a ?mode=ro%20#1/ñ.db"
    with stores.open(str(path)) as store:
        store.migrate()
        store.copy_to(tmp_path / "copy.db")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM migrations").fetchone()[0] > 18


def test_looking_costs_next_to_nothing(store: Store) -> None:
    from server.store.sqlite import SqliteStore

    assert isinstance(store, SqliteStore)
    began = time.perf_counter()
    for _ in range(10_000):
        store._file.check()
    assert time.perf_counter() - began < 0.5
