"""Copies a whole store into one SQLite file for backups, checks such a file, and installs it as a new database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from server.store.errors import StoreInUse, StoreUnavailable
from server.store.sqlite_errors import unavailable

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations' ORDER BY name"
Columns = dict[str, list[str]]  # table -> its columns


def vacuum_into(source: Path, target: Path) -> None:
    """Copy a SQLite database in use into a new file: a snapshot without the remains of deleted rows. Raises StoreUnavailable."""
    target.touch(0o600)
    with (
        copying(),
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as connection,
    ):
        connection.execute("VACUUM INTO ?", (str(target),))


def vacant(database: str) -> None:
    """Check that neither a database nor the journal of a deleted one is at the path. Raises StoreInUse, because they would be
    mixed up.
    """
    target = Path(database)
    remains = [path for end in ("", "-wal", "-shm") if (path := target.with_name(target.name + end)).exists()]
    if remains:
        raise StoreInUse(f"Existing files: {', '.join(map(str, remains))}.")


def place(source: Path, database: str) -> None:
    """Move a migrated file to a free path, on stable storage. Raises StoreInUse and StoreUnavailable."""
    vacant(database)
    target = Path(database)
    try:
        sync(source)
        os.link(source, target)  # fails if another process was first
        source.unlink()
        sync(target.parent)
    except FileExistsError as error:
        raise StoreInUse(f"{target} exists already.") from error
    except OSError as error:
        raise StoreUnavailable(f"The database {target} cannot be moved into place: {error.strerror}.") from error


def rows(path: Path) -> dict[str, int]:
    """Check a copied file and count the rows of each table. Raises StoreUnavailable for a damaged one."""
    with copying(), closing(sqlite3.connect(path)) as copy:
        if [line for (line,) in copy.execute("PRAGMA integrity_check")] != ["ok"]:
            raise StoreUnavailable("The copy of the database is damaged.")
        return {name: copy.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in columns_of(copy)}  # noqa: S608


def sync(path: Path) -> None:
    """Flush a file, or the names in a folder, to stable storage."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def columns_of(copy: sqlite3.Connection) -> Columns:
    """List the columns of each table, except the history of the schema."""
    names = [name for (name,) in copy.execute(TABLES).fetchall()]
    return {name: [row[1] for row in copy.execute(f"PRAGMA table_info({name})")] for name in names}


def quoted(columns: list[str]) -> str:
    """Write the names of columns for both engines, with commas between."""
    return ", ".join(f'"{name}"' for name in columns)


@contextmanager
def copying() -> Iterator[None]:
    """Raise StoreUnavailable for errors of the file being written, which may lie on another disk than the database."""
    try:
        yield
    except sqlite3.Error as error:
        told = unavailable(error)
        raise StoreUnavailable(
            f"The backup could not be made. {told.reason}" if told else f"The copy could not be made: {error}."
        ) from error
    except OSError as error:
        raise StoreUnavailable(f"The copy could not be written: {error.strerror}.") from error
