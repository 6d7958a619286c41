"""The short form of `python -m tests.powercut --cuts 1000`."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.server.world import ROOT


@pytest.mark.parametrize(("synchronous", "cuts"), [("FULL", 20), ("NORMAL", 24)])
def test_no_power_cut_takes_back_what_was_acknowledged_and_a_disk_that_is_not_synced_does(
    synchronous: str, cuts: int
) -> None:
    """In a process of its own, since it changes how SQLite opens files. NORMAL must lose answers, or nothing was tried."""
    command = [sys.executable, "-m", "tests.powercut", "--cuts", str(cuts), "--synchronous", synchronous]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "corrupt=0" in done.stdout
