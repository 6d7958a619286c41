"""Runs the command `acto` in a folder and in this process, because starting Python takes longer than most commands.

Behaviour of a process (its exit, its pipes) is tested with a real one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from server.cli import main


class Done(NamedTuple):
    """The result of a command."""

    returncode: int
    stdout: str
    stderr: str


def acto(folder: Path, environ: Mapping[str, str], *words: str) -> Done:
    """Run a command; an error that it does not report as a sentence is raised."""
    with chdir(folder):
        done = CliRunner(env=environ).invoke(main, words, catch_exceptions=False)
    return Done(done.exit_code, done.stdout, done.stderr)
