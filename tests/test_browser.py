"""Checks `make test` on a machine without Chromium: it prints one sentence with one command and skips no journey silently."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import browser


def test_a_machine_without_chromium_is_told_how_to_get_it(tmp_path: Path) -> None:
    done = _run(PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "install it (or set CHROMIUM to its path)" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_person_without_root_gets_the_one_command_of_their_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(_with(tmp_path, "apt-get")))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert browser.main() == 1
    assert "run `sudo apt-get install chromium-headless-shell`, then" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chromium"])
def test_root_on_debian_gets_installed_what_there_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _with(tmp_path, "apt-get")
    installs = (
        f'for last; do :; done; if [ "$last" = {name} ]; then echo > {folder}/{name}; /bin/chmod +x {folder}/{name}; fi'
    )
    (folder / "apt-get").write_text(f"#!/bin/sh\n{installs}\n")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert browser.main() == 0
    assert browser.find() == str(folder / name)


def test_a_browser_that_is_named_and_missing_is_named_in_the_answer(tmp_path: Path) -> None:
    done = _run(CHROMIUM=str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert f"CHROMIUM={tmp_path}/nothing is no program" in done.stderr


def _run(**environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.browser"]
    return subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True, check=False)


def _with(folder: Path, *tools: str) -> Path:
    """Create a folder of programs that do nothing."""
    for tool in tools:
        (folder / tool).write_text("#!/bin/sh\n")
        (folder / tool).chmod(0o755)
    return folder
