"""The short form; `python -m tests.fuzz --seconds 60` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.web import hits
from tests.fuzz import run, templates


def test_no_change_of_one_character_makes_another_token() -> None:
    assert list(run.changed_tokens(step=9)) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_noise_at_every_door_breaks_nothing_and_stores_nothing_odd(database: str, tmp_path: Path) -> None:
    doors = run.noise(database, tmp_path, seed=7, throws=100)
    assert doors.broken == []
    assert {what.split()[0] for what in doors.seen} == {"token", "form", "multipart", "path", "headers", "mail"}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_door_that_breaks_is_seen(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a reader of requests that chokes on most of them."""
    monkeypatch.setattr(hits, "_clean", lambda value: value[299])
    assert run.noise(database, tmp_path, seed=7, throws=60).broken


def test_templates_of_shapes_that_once_broke_break_nothing() -> None:
    found = templates.run(seed=7, throws=60)
    assert found.broken == []
    assert min(found.seen["filled"], found.seen["refused by lint"]) > 5
