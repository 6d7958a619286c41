"""Writes plain rows into the tables that conditions read, past the program: any combination of them, on both engines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from server import store as stores

Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]
DEFAULTS: Mapping[str, Row] = {
    "contacts": {"email": "", "search_text": "x", "created_at": 0, "updated_at": 0},
    "messages": {
        **dict.fromkeys(("version_id", "language", "mail_class", "stream", "topic"), ""),
        "next_attempt_at": 0,
        "created_at": 0,
    },
    "answers": {"grade": "gestured", "confirm_at": 0, "question": "", "points": "[]", "superseded": 0},
    "leads": {
        **dict.fromkeys(("interest", "need", "urgency", "worth", "waiting", "answered_at", "updated_at"), 0),
        "reasons": "[]",
    },
    "bookings": {
        **dict.fromkeys(("starts_at", "ends_at", "created_at", "updated_at"), 0),
        **dict.fromkeys(("owner_id", "title", "language", "time_zone"), ""),
    },
    "suppressions": {"reason": "unsubscribed", "at": 0},
    "hits": {"purpose": "answer", "method": "GET"},
    "import_rows": {"cells": "[]"},
    "contact_aliases": {"by_whom": "", "at": 0},
}


class Writer:
    """One connection to the database of a store."""

    def __init__(self, run: Any, mark: str) -> None:
        self._run, self._mark = run, mark

    def replace(self, tables: Tables) -> None:
        """Delete the rows of every table here, and write these."""
        for table in DEFAULTS:
            self._run(f"DELETE FROM {table}", ())
        for table, rows in tables.items():
            for row in rows:
                values = {**DEFAULTS[table], **row}
                marks = ", ".join([self._mark] * len(values))
                self._run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


@contextmanager
def writing(database: str) -> Iterator[Writer]:
    """Yield a writer for the database of a store that is open elsewhere; each statement is committed at once."""
    if stores.is_file(database):
        with closing(sqlite3.connect(database, isolation_level=None)) as file:
            file.execute("PRAGMA synchronous = OFF")
            yield Writer(file.execute, "?")
    else:
        with psycopg.connect(database, autocommit=True) as server:
            yield Writer(server.execute, "%s")
