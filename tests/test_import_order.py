"""Checks that import-linter finds an import against the layers of the design, and one that closes a circle."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("lint-imports")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in ("builder", "server"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("server/contacts/person.py", "import server.sending.outbox", "the rooms of server import downward"),
        ("server/tasks/rows.py", "import server.qualify.scoring", "the rooms of server import downward"),
        ("server/sending/gate.py", "import server.web.state", "the rooms of server import downward"),
        ("builder/tokens.py", "import server.errors", "builder imports nothing of server"),
        ("server/capture/evidence.py", "import server.capture.receive", "no circle among siblings"),
    ],
)
def test_an_import_against_the_order_is_found(copy: Path, module: str, line: str, contract: str) -> None:
    file = copy / module
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        done = subprocess.run(
            [COMMAND, "--no-logo", "--no-cache"],
            cwd=copy,
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(copy)},
        )
    finally:
        file.write_text(before, encoding="utf-8")
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
