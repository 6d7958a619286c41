"""The command on each engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import terminal
from tests.server.world import ROOT
from tests.terminal import Done

Run = Callable[..., Done]


@pytest.fixture
def acto(database: str, tmp_path: Path) -> Run:
    """Runs `acto` in an empty folder, on each engine."""
    environ = {
        "ACTO_DATABASE": database,
        "ACTO_TEMPLATES_DIR": str(ROOT / "templates/emails"),
        "ACTO_POSTAL_ADDRESS": "Calle 1 # 2-3, Bogotá",
    }

    def run(*arguments: str, **changes: str) -> Done:
        return terminal.acto(tmp_path, {**environ, **changes}, *arguments)

    return run
