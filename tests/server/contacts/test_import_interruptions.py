"""An import whose columns are changed, which is deleted or which fails in the middle: nothing is half done, and others go on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from server.contacts.imports import staging, states, steps, worker
from server.errors import CannotDo
from server.store import Store
from tests.server.contacts import importing
from tests.server.contacts.importing import contact, outcomes, run, stage, undo

if TYPE_CHECKING:
    from server.store.queries.imports import ImportsAddRowsValues

LIST = "email,otro\n" + "".join(f"a{at}@example.org,b{at}@example.org\n" for at in range(5))
OTHER = ["", "email"]


def state(store: Store, import_id: str) -> str:
    with store.read() as tx:
        return str(tx.imports.by_id(id=import_id)["state"])


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Act once, after the columns are stored and before the addresses are read again."""
    real = staging._key_again

    def key_again(*args: Any) -> None:
        monkeypatch.setattr(staging, "_key_again", real)
        act()
        real(*args)

    monkeypatch.setattr(staging, "_key_again", key_again)


def test_an_import_cannot_begin_while_its_addresses_are_read_again(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = stage(store, LIST, now)

    def act() -> None:
        assert steps.work(store, "CO", lambda: now, now + 1) == 0, "the worker leaves it alone"
        with pytest.raises(CannotDo):
            store.write(lambda tx: steps.begin(tx, import_id, now))

    between(monkeypatch, act)
    staging.use_columns(store, import_id, OTHER)
    assert state(store, import_id) == "checking"
    importing.work(store, import_id, now)
    assert run(store, import_id, now)["state"] == "done"
    assert contact(store, "b0@example.org") and contact(store, "a0@example.org") is None
    assert undo(store, import_id, now + 1)["state"] == "undone"


@pytest.mark.parametrize("again", [OTHER, ["email", ""]])
def test_a_crash_while_addresses_are_read_again_is_repaired_by_saving_again(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch, again: list[str]
) -> None:
    monkeypatch.setattr(staging, "TOGETHER", 2)
    import_id = stage(store, LIST, now)
    real, calls = staging._set_keys, list[int]()

    def set_keys(*args: Any) -> bool:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(staging, "_set_keys", set_keys)
    with pytest.raises(KeyboardInterrupt):
        staging.use_columns(store, import_id, OTHER)
    assert state(store, import_id) == "keying"
    staging.use_columns(store, import_id, again)
    importing.work(store, import_id, now)
    letter = "b" if again == OTHER else "a"
    assert [row["email_key"] for row in importing.rows(store, import_id)] == [
        f"{letter}{at}@example.org" for at in range(5)
    ]
    assert {outcome for _, outcome, _ in outcomes(store, import_id)} == {"new"}


def test_of_two_people_who_change_the_columns_the_first_is_told(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = stage(store, LIST, now)
    between(monkeypatch, lambda: staging.use_columns(store, import_id, ["email", "name"]))
    with pytest.raises(CannotDo, match="Somebody else"):
        staging.use_columns(store, import_id, OTHER)
    importing.work(store, import_id, now)
    assert importing.rows(store, import_id)[0]["email_key"] == "a0@example.org"
    between(monkeypatch, lambda: staging.use_columns(store, import_id, OTHER))
    staging.use_columns(store, import_id, OTHER)  # a second click
    assert state(store, import_id) == "checking"
    between(monkeypatch, lambda: store.write(lambda tx: staging.remove(tx, import_id)))
    with pytest.raises(LookupError):
        staging.use_columns(store, import_id, ["email", ""])


def broken(store: Store, now: int) -> str:
    """A list of which one row cannot be read."""
    import_id = stage(store, LIST, now)
    row: ImportsAddRowsValues = {"import_id": import_id, "line": 99, "email_key": "", "repeats": 0, "cells": "no JSON"}
    store.write(lambda tx: tx.imports.add_rows(rows=[row]))
    staging.use_columns(store, import_id, ["email", "company"])
    return import_id


def test_an_import_that_fails_does_not_hold_up_the_others(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0)
    failing, waiting = broken(store, now), stage(store, LIST, now + 1)
    store.write(lambda tx: steps.begin(tx, waiting, now))
    stop, looks = threading.Event(), list[int]()

    def clock() -> int:
        looks.append(1)
        if len(looks) > 30:
            stop.set()
        return now

    worker.run(store, "CO", clock, stop)
    assert (state(store, failing), state(store, waiting)) == ("check_failed", "done")
    assert [record.exc_info is not None for record in caplog.records if failing in record.getMessage()] == [True]
    with pytest.raises(CannotDo):
        store.write(lambda tx: steps.begin(tx, failing, now))
    with pytest.raises(CannotDo):
        store.write(lambda tx: steps.begin_again(tx, waiting))
    store.write(lambda tx: staging.remove(tx, failing))


@pytest.mark.parametrize("step", states.FAILED)
def test_a_step_that_failed_goes_on_where_it_stopped(store: Store, now: int, step: str) -> None:
    import_id = stage(store, LIST, now)
    store.write(lambda tx: tx.imports.begin(id=import_id, state=step, started_at=now))
    store.write(lambda tx: tx.imports.advance(id=import_id, done=2, last_line=3))
    store.write(lambda tx: steps._fail(tx, import_id))
    assert state(store, import_id) == states.FAILED[step] and steps.work(store, "CO", lambda: now, now + 1) == 0
    store.write(lambda tx: steps.begin_again(tx, import_id))
    with store.read() as tx:
        row = tx.imports.by_id(id=import_id)
    assert (row["state"], row["done"], row["last_line"]) == (step, 2, 3)
    assert importing.work(store, import_id, now)["state"] == states.AFTER[step]


def test_a_list_that_is_deleted_while_it_waits_is_finished(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import_id, real = broken(store, now), steps.advance

    def advance(*args: Any) -> Any:
        store.write(lambda tx: staging.remove(tx, import_id))
        return real(*args)

    monkeypatch.setattr(steps, "advance", advance)
    assert steps.work(store, "CO", lambda: now, now + 1) == 1
    assert steps.work(store, "CO", lambda: now, now + 1) == 0 and caplog.records == []
