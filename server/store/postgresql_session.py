"""Binds queries to one PostgreSQL connection, each once; psycopg prepares frequent ones on the server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import psycopg

from server.store.interface import Call, Session
from server.store.narrowing import exists
from server.store.sql import Kind, Query, nouns

DRIVER = "psycopg"
Row = dict[str, Any]
Connection = psycopg.Connection[Row]


def bind(connection: Connection) -> Session:
    """Build a session for the lifetime of the connection; the caller begins and ends its transactions."""
    return Session(nouns(DRIVER), lambda query: _BINDERS[query.kind](connection, query), exists, exists)


def _rows(connection: Connection, query: Query) -> Call:
    sql = query.sql.encode()

    def call(**params: Any) -> list[Row]:
        return connection.execute(sql, params).fetchall()

    return call


def _one(connection: Connection, query: Query) -> Call:
    sql = query.sql.encode()

    def call(**params: Any) -> Row | None:
        return connection.execute(sql, params).fetchone()

    return call


def _value(connection: Connection, query: Query) -> Call:
    sql = query.sql.encode()

    def call(**params: Any) -> Any:
        row = connection.execute(sql, params).fetchone()
        return None if row is None else next(iter(row.values()))

    return call


def _change(connection: Connection, query: Query) -> Call:
    sql = query.sql.encode()

    def call(**params: Any) -> int:
        return connection.execute(sql, params).rowcount

    return call


def _change_many(connection: Connection, query: Query) -> Call:
    sql = query.sql.encode()

    def call(rows: Iterable[Mapping[str, Any]]) -> int:
        with connection.cursor() as cursor:
            cursor.executemany(sql, list(rows))
            return cursor.rowcount

    return call


_BINDERS: dict[Kind, Callable[[Connection, Query], Call]] = {
    Kind.SELECT: _rows,
    Kind.SELECT_ONE: _one,
    Kind.SELECT_VALUE: _value,
    Kind.INSERT_UPDATE_DELETE: _change,
    Kind.INSERT_UPDATE_DELETE_MANY: _change_many,
}
