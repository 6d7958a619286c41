"""The command `acto` as typed in a folder: in this process, since starting Python takes longer than most commands.

What only a process shows (its exit, its pipes) is tested with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from server.cli import main


class Done(NamedTuple):
    """What a finished process tells."""

    returncode: int
    stdout: str
    stderr: str


def acto(folder: Path, environ: Mapping[str, str], *words: str) -> Done:
    """Runs a command; what it does not tell in a sentence is raised here."""
    with chdir(folder):
        done = CliRunner(env=environ).invoke(main, words, catch_exceptions=False)
    return Done(done.exit_code, done.stdout, done.stderr)
