"""Drawn histories of campaigns, a few of them; `python -m tests.campaigns` plays thousands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server import store as stores
from server.backup import held_work
from server.campaigns import plans
from server.sending import gate_facts, outbox
from server.store import Session, Store
from tests.campaigns.places import Places
from tests.campaigns.run import run

MOST = 60  # histories in which a control must find something
Resume = Callable[..., Any]
RESUME = held_work.resume


def test_nobody_gets_a_mail_that_they_should_not_and_everybody_else_gets_theirs(
    store: Store, engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server = request.getfixturevalue("postgres") if engine == "postgresql" else ""
    count = run(store, Places(tmp_path, server), 3, seed=46)
    assert count.broken == []
    assert count.messages > 20 and count.restores and count.dropped and count.crossed


@pytest.fixture
def file_store(file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store for controls: what they control does not depend on the engine."""
    with stores.open(str(shutil.copyfile(file, tmp_path / "acto.db"))) as opened:
        yield opened


def not_at_all(store: Store, rules: object, drop: Collection[str], by_whom: str, now: int) -> None:
    """Nothing is decided."""


def without_pausing(store: Store, rules: Any, drop: Collection[str], by_whom: str, now: int) -> None:
    RESUME(store, rules, [kind for kind in drop if kind != "campaigns"], by_whom, now)


def dropping_all(store: Store, rules: Any, drop: Collection[str], by_whom: str, now: int) -> None:
    """Also what nobody dropped, and what is planned for later."""
    RESUME(store, rules, {*drop, "messages"}, by_whom, now + 30 * 86_400_000)


def queueing_again(store: Store, rules: Any, drop: Collection[str], by_whom: str, now: int) -> None:
    """What may have left, and what was dropped, is sent."""
    RESUME(store, rules, drop, by_whom, now)

    def write(tx: Session) -> None:
        for row in outbox.listed(tx, "unknown"):
            outbox.requeue(tx, row["contact_id"], row["id"], now)

    store.write(write)


def by_the_clocks_of_july(local: str, zone: str) -> int:
    offset = datetime(2026, 7, 15, tzinfo=ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int((datetime.fromisoformat(local).replace(tzinfo=UTC) - offset).timestamp() * 1000)


@pytest.mark.parametrize(
    ("room", "function", "broken", "finding", "seed"),  # `seed` of a history that finds it, usually at once
    [
        (gate_facts, "caps", lambda settings: (), "is number", 3),
        (gate_facts, "window", lambda *place: None, "outside the hours", 1),
        (plans, "moment", by_the_clocks_of_july, "before 20", 1),
        (held_work, "is_waiting", lambda store: False, "something left before a person decided", 1),
        (held_work, "resume", not_at_all, "it waits for a second decision", 1),
        (held_work, "resume", without_pausing, "was dropped", 1),
        (held_work, "resume", dropping_all, "because of “restored” without a cause", 3),
        (held_work, "resume", queueing_again, " times", 1),
        (held_work, "resume", queueing_again, "after it was dropped", 1),
    ],
    ids=["caps", "hours", "clocks", "held", "decision", "paused", "explained", "once", "dropped"],
)
def test_a_rule_that_is_broken_is_found_out(
    file_store: Store,
    tmp_path: Path,
    room: object,
    function: str,
    broken: object,
    finding: str,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The controls: without the rule, the judge finds what it should not allow."""
    monkeypatch.setattr(room, function, broken)
    assert any(finding in each for each in run(file_store, Places(tmp_path), MOST, seed, until=finding).broken)
