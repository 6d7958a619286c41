"""Adds to SQLite the two functions of migration 0023, which PostgreSQL has in its schema: both engines find the same contacts."""

from __future__ import annotations

import json
import sqlite3

from server.store.folding import folded


def add(connection: sqlite3.Connection) -> None:
    """Add `folded(text)` and `own_field(fields, name)` to a connection."""
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.create_function("own_field", 2, own_field, deterministic=True)


def own_field(fields: str, name: str) -> str:
    """Return one of the own fields of a contact; empty without it. JSON without the name is not parsed, because most contacts lack it."""
    return str(json.loads(fields).get(name, "")) if f'"{name}":' in fields else ""
