"""The databases of the journeys: one for each engine, emptied between them, since starting a server takes longer."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg

# Users stay, and the compiled emails, which depend on nobody.
TABLES = ("hits", "events", "answers", "leads", "suppressions", "messages", "contacts")
STATEMENTS = [f"DELETE FROM {table}" for table in TABLES]


def empty(address: str) -> None:
    """Whatever is known of anybody is forgotten."""
    if address.startswith("postgres"):
        _empty_postgresql(address)
    else:
        _empty_sqlite(address)


def _empty_postgresql(address: str) -> None:
    with psycopg.connect(address) as connection:
        for statement in STATEMENTS:
            connection.execute(statement.encode())


def _empty_sqlite(path: str) -> None:
    with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        for statement in STATEMENTS:
            connection.execute(statement)
