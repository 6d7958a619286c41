"""People answer through the real writer while its disk is recorded; then the power fails, again and again."""

from __future__ import annotations

import secrets
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from server import store as stores
from server.store import sqlite
from server.web.app import create_app
from tests.kills import asking
from tests.powercut import disk
from tests.powercut.journal import Acknowledged, Journal

PEOPLE, THREADS = 120, 8
CHECKPOINT_PAGES = 40  # the real one is 1,000: a checkpoint is where most can go wrong, so there are many here


class Count(NamedTuple):
    cuts: int
    steps: int
    acknowledged: int
    checked: int  # acknowledged answers looked for, over all cuts
    lost: int
    corrupt: int


def run(cuts: int, synchronous: str = "FULL", seed: int = 1, tell: Callable[[str], None] = lambda said: None) -> Count:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _pragmas(synchronous):
            journal, base, path = _recorded(folder)
        told = sum(isinstance(step, Acknowledged) for step in journal.steps)
        tell(f"{len(journal.steps)} steps recorded, {told} answers acknowledged, synchronous={synchronous}")
        checked = lost = corrupt = 0
        random = Random(seed)
        for number in range(cuts):
            at = random.randrange(1, len(journal.steps) + 1)
            wanted = disk.acknowledged(journal.steps, at)
            files = disk.after_cut(base, journal.steps, at, random)
            there, sound = _looked(disk.write(files, folder / "cut", str(path)))
            checked, lost, corrupt = checked + len(wanted), lost + len(wanted - there), corrupt + (not sound)
            if number % 100 == 99:
                tell(f"cut {number + 1} of {cuts}: {lost} lost, {corrupt} corrupt")
        return Count(cuts, len(journal.steps), told, checked, lost, corrupt)


def _recorded(folder: Path) -> tuple[Journal, dict[str, bytes], Path]:
    """The journal, the files as they were when it began, and the database's path."""
    path = folder / "acto.db"
    place = asking.environment(str(path), folder)
    asks = asking.everybody(asking.settings(place), PEOPLE)
    base = {str(file): file.read_bytes() for file in folder.glob("acto.db*")}
    journal = Journal()
    with journal.recording():
        store = stores.open(str(path))
        app = create_app(asking.settings(place), store)
        waiting = iter(asks)
        door = threading.Lock()

        def answer() -> None:
            while True:
                with door:
                    ask = next(waiting, None)
                if ask is None:
                    return
                nonce = secrets.token_urlsafe(18)
                form = {"choice": ask.options[0], "nonce": nonce, "gesture": "pointer"}
                reply = app.test_client().post(f"/a/{ask.token}", data=form, headers={"Accept": "application/json"})
                if reply.status_code == 200:
                    journal.acknowledge(nonce)

        threads = [threading.Thread(target=answer) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        recorded = Journal(list(journal.steps))
        app.extensions["acto"].hit_buffer.close()
        store.close()
    return recorded, base, path


@contextmanager
def _pragmas(synchronous: str) -> Iterator[None]:
    usual: Any = sqlite.WRITE_PRAGMAS
    ours = tuple(pragma.replace("FULL", synchronous) for pragma in usual)
    pragmas: Any = (*ours, f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    sqlite.WRITE_PRAGMAS = pragmas
    try:
        yield
    finally:
        sqlite.WRITE_PRAGMAS = usual


def _looked(path: Path) -> tuple[set[str], bool]:
    """The answers that stand after the cut, and whether the database is sound; the store itself must open it."""
    try:
        with_store = stores.open(str(path))
        with_store.migrate()
        with_store.close()
        connection = sqlite3.connect(path)
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        there = {nonce for (nonce,) in connection.execute("SELECT nonce FROM events")}
        connection.close()
    except (sqlite3.DatabaseError, stores.StoreUnavailable):
        return set(), False
    return there, sound
