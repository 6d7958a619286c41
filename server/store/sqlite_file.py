"""Opens connections to the file of a SQLite store, and checks by its inode that the path still has the same file.

The store checks before each read and around each commit, because SQLite continues to write into a file that was removed or
exchanged.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from server.store import sqlite_functions
from server.store.errors import StoreUnavailable

EXCHANGED = (
    "The database file {path} was removed or exchanged while Acto had it open. "
    "Put the same file back, or stop Acto and restore a backup."
)


class DatabaseFile:
    """One file, identified by its inode from the moment it was opened."""

    def __init__(self, path: Path) -> None:
        self.path, self._name = path, str(path)  # os.stat is faster with a string
        self._own: tuple[int, int] | None = None

    def make(self) -> sqlite3.Connection:
        """Open the first connection; create the file if there is none. Raises StoreUnavailable."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():
                self.path.touch(0o600)  # personal data and secrets: readable by the owner only
        except OSError as error:
            raise StoreUnavailable(
                f"The folder of the database {self.path} cannot be made: {error.strerror}."
            ) from error
        connection = self.connect()
        self._own = self._there()
        return connection

    def connect(self) -> sqlite3.Connection:
        """Open another connection in autocommit mode, for any thread, with explicit BEGINs. Never creates a file."""
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=5
        )
        sqlite_functions.add(connection)
        return connection

    def check(self) -> None:
        """Raise StoreUnavailable when the path has another file now, or none. One system call."""
        if self._there() != self._own:
            raise StoreUnavailable(EXCHANGED.format(path=self.path))

    def _there(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._name)
        except OSError:
            return None
        return found.st_dev, found.st_ino
