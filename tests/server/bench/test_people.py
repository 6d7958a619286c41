"""The measurement of imports does what it measures: every row comes in, and the undo leaves none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from server import settings as all_settings
from server.bench import people


def test_a_short_list_is_imported_and_undone_and_every_step_is_timed(database: str, tmp_path: Path) -> None:
    settings = replace(all_settings.load("none.toml", {}), data_dir=str(tmp_path / "bench"))
    report = people.run(settings, 50, database)
    assert report.startswith("import of 50 contacts")
    assert [line.split()[0] for line in report.splitlines()[1:]] == ["read", "check", "import", "undo"]
