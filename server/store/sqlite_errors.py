"""Translates SQLite's error codes into sentences if they pass by themselves or an operator can correct them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from server.store.errors import StoreUnavailable

# https://sqlite.org/rescode.html; extended codes carry the primary one in their low byte.
REASONS = {
    sqlite3.SQLITE_BUSY: "Another process has locked the database.",
    sqlite3.SQLITE_LOCKED: "Another process has locked the database.",
    sqlite3.SQLITE_READONLY: "The database file cannot be written to. Check its owner and permissions.",
    sqlite3.SQLITE_IOERR: "The disk of the database reports an error.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged. Restore it from a backup.",
    sqlite3.SQLITE_FULL: "The disk of the database is full.",
    sqlite3.SQLITE_CANTOPEN: "The database file cannot be opened. Check its path and permissions.",
    sqlite3.SQLITE_NOTADB: "The file named by the setting `database` is not a SQLite database.",
}


def unavailable(error: BaseException) -> StoreUnavailable | None:
    """Return the StoreUnavailable for `error`; None for any other error, such as a bug in a query."""
    code = getattr(error, "sqlite_errorcode", None)
    reason = None if code is None else REASONS.get(code & 0xFF)
    return None if reason is None else StoreUnavailable(reason)


@contextmanager
def translated(reading: bool = False) -> Iterator[None]:
    """Raise StoreUnavailable for those errors; others pass through as they are.

    While `reading`, a refused write is the caller's mistake and not an error of the database.
    """
    try:
        yield
    except sqlite3.Error as error:
        told = unavailable(error)
        if told is None or (reading and error.sqlite_errorcode == sqlite3.SQLITE_READONLY):
            raise
        raise told from error
