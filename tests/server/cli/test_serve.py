"""What `acto serve` says before it serves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from server import settings as all_settings
from server.cli import serve


def test_a_database_that_is_new_is_named_since_it_may_be_the_wrong_one(
    new_database: Callable[[str], str], engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(
        all_settings.load("none.toml", {}), database=new_database(engine), keys_file=str(tmp_path / "keys")
    )
    serve._look_first(settings)
    assert "is new and empty" in " ".join(capsys.readouterr().err.split())
    serve._look_first(settings)
    assert capsys.readouterr().err == ""
