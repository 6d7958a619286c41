"""A measurement prints its baseline from the same run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.world import ROOT

LEAST_TIMES_NAIVE = 8  # 15 and more on a quiet machine; a busy one is no reason to fail a test


@pytest.mark.parametrize(
    ("arguments", "ratio"),
    [
        pytest.param(("render",), r"([\d.]+) times as fast", marks=pytest.mark.long),
        pytest.param(
            ("capture", "--seconds", "1", "--connections", "8"),
            r"answer, one tap .* ([\d.]+)% of bare",
            marks=pytest.mark.long,
        ),
        (("send", "--messages", "50"), r"([\d.]+) ?%"),
    ],
)
def test_each_bench_prints_a_ratio(arguments: tuple[str, ...], ratio: str, tmp_path: Path) -> None:
    (tmp_path / "templates").symlink_to(ROOT / "templates")
    command = [sys.executable, "-m", "server.cli", "bench", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    found = re.search(ratio, done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) > 0
    if arguments[0] == "render":
        assert float(found[1]) > LEAST_TIMES_NAIVE
    if arguments[0] == "capture":
        assert "lost 0" in done.stdout
    assert list((tmp_path / "data").iterdir()) == []
