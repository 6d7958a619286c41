"""Copies between PostgreSQL and a SQLite file, so that both engines share one form of backup.

The schema has the same tables and columns on both, with text and whole numbers only, and no sequences, because Acto makes its
ids.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from psycopg.rows import tuple_row

from server.store import migrations
from server.store.copies import columns_of, copying, quoted
from server.store.errors import StoreInUse
from server.store.postgresql_errors import translated

AT_ONCE = 2000  # rows fetched from PostgreSQL at a time
TABLES = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1"
Connection = psycopg.Connection[Any]


def export(connection: Connection, target: Path) -> None:
    """Copy the open snapshot of `connection` into a migrated, empty SQLite file. Raises StoreUnavailable."""
    with copying(), closing(sqlite3.connect(target)) as copy, copy:
        for table, columns in columns_of(copy).items():
            names, marks = quoted(columns), ", ".join("?" * len(columns))
            with connection.cursor(name="copy", row_factory=tuple_row) as rows:
                rows.itersize = AT_ONCE
                rows.execute(f"SELECT {names} FROM {table}".encode())  # noqa: S608 - names of our own schema
                copy.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def vacant(database: str) -> None:
    """Check that the database has no tables. Raises StoreInUse if it has, StoreUnavailable when it cannot be reached."""
    with translated(), psycopg.connect(database, connect_timeout=5) as connection:
        _refuse_tables(connection)


def place(source: Path, database: str) -> None:
    """Fill an empty database from a migrated file in one transaction. Raises StoreInUse and StoreUnavailable."""
    with translated(), psycopg.connect(database, connect_timeout=5) as connection:
        _refuse_tables(connection)
        try:
            connection.execute(migrations.TABLE)
        except (errors.UniqueViolation, errors.DuplicateTable, errors.DuplicateObject) as error:
            raise StoreInUse("Another process started to use the database at the same time.") from error
        migrations.apply(set(), lambda statement: connection.execute(statement.encode()))
        with closing(sqlite3.connect(source)) as copy:
            for table, columns in columns_of(copy).items():
                _fill(connection, copy, table, quoted(columns))
    source.unlink()


def _refuse_tables(connection: Connection) -> None:
    if connection.execute(TABLES).fetchone():
        raise StoreInUse("The database has tables already.")


def _fill(connection: Connection, copy: sqlite3.Connection, table: str, names: str) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as out:
        for row in copy.execute(f"SELECT {names} FROM {table}"):  # noqa: S608
            out.write_row(row)
