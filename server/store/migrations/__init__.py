"""Applies the history of the schema for both engines: `NNNN_name.sql`, in order, each once and completely."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from server.store.errors import StoreTooNew

TABLE = "CREATE TABLE IF NOT EXISTS migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL)"


class Step(NamedTuple):
    """One file of the history."""

    version: int
    name: str
    sql: str


def steps() -> list[Step]:
    """List the history, oldest first."""
    paths = sorted(Path(__file__).parent.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [Step(int(path.name[:4]), path.stem, path.read_text(encoding="utf-8")) for path in paths]


def pending(applied: set[int]) -> list[Step]:
    """List the steps still to apply. Raises StoreTooNew when the database has steps that this version lacks."""
    history = steps()
    known = history[-1].version
    if max(applied, default=0) > known:
        raise StoreTooNew(max(applied), known)
    return [step for step in history if step.version not in applied]


def apply(applied: set[int], run: Callable[[str], object]) -> list[str]:
    """Apply the pending steps with `run(statement)`, inside the caller's transaction; return their names."""
    taken = pending(applied)
    for step in taken:
        for statement in statements(step.sql):
            run(statement)
        # Both are ours (a file's name), and the two engines write parameters differently.
        run(f"INSERT INTO migrations (version, name) VALUES ({step.version}, '{step.name}')")  # noqa: S608
    return [step.name for step in taken]


def statements(script: str) -> list[str]:
    """Split a script into statements, because sqlite3's own `executescript` would commit our transaction first."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found


def for_engine(statement: str, engine: str) -> str:
    """Uncomment the parts of a statement for `sqlite` or `postgresql` alone, which are comments for the other engine."""
    return re.sub(rf"/\* {engine}: (.*?) \*/", r"\1", statement, flags=re.DOTALL)
