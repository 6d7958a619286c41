"""The short form of `python -m tests.backups --kills 20`; and that it would notice."""

from __future__ import annotations

import pytest

from tests.backups import kills, place


@pytest.mark.parametrize("engine", ["postgresql"])  # the long form runs both
def test_a_backup_under_load_loses_nothing_and_its_restore_tells_nothing_twice(engine: str) -> None:
    with place.databases(engine) as (lost, restored):
        count = kills.run(lost, restored, 1)
    assert count.broken == []
    assert count.restored > 50 and count.told_before > 50 and count.told_after > 20


@pytest.mark.long
def test_what_is_let_go_though_it_had_left_is_noticed() -> None:
    """The negative control: the store that was lost had sent it after the backup."""
    with place.databases("sqlite") as (lost, restored):
        count = kills.run(lost, restored, 0, decide=("--let-go", "all"))
    assert any(each.endswith("was told before the restore and again after it") for each in count.broken)
