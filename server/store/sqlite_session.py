"""Binds queries to one SQLite connection, each once: the hot path of an answer.

The functions below are repetitive on purpose. A shared helper would cost a call per query, and a `row_factory` in Python costs a
call per row. Values are passed by position, because SQLite looks up names one at a time.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any

from server.store.interface import Call, Session
from server.store.narrowing import exists
from server.store.sql import Kind, Query, nouns

Row = dict[str, Any]
Values = Callable[[Mapping[str, Any]], tuple[Any, ...]]
_COMPARED = re.compile(r"(?<![:\w.])([a-z_.]+) = (?=[:'0-9])")  # a column with a parameter or a literal
_PARAMETER = re.compile(r"'[^']*'|:([a-z_0-9]+)")


def bind(connection: sqlite3.Connection) -> Session:
    """Build a session for the lifetime of the connection; the caller begins and ends its transactions."""
    return Session(nouns("sqlite3"), lambda query: _BINDERS[query.kind](connection, query), _in, _of_one)


def _in(sql: str) -> str:
    """Test `contacts.id` by a list that SQLite makes once: for many contacts faster than a subquery for each."""
    return f"contacts.id IN ({sql})"


def _of_one(sql: str) -> str:
    """Test by a subquery for each contact. The unary plus leaves only the index by contact to it, because without statistics SQLite
    takes the index with the most columns, which has the rows of everybody.
    """
    return exists(_COMPARED.sub(r"+\1 = ", sql))


@lru_cache(2048)  # composed queries have no end
def _by_place(sql: str) -> tuple[str, Values]:
    """Number the parameters (`?1` for the first name), and return a function that picks their values in that order."""
    names: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return found[0]  # a string literal
        return f"?{names.setdefault(name, len(names) + 1)}"

    sql = _PARAMETER.sub(place, sql)
    if len(names) > 1:
        return sql, itemgetter(*names)
    return sql, lambda given: tuple(given[name] for name in names)


def _rows(connection: sqlite3.Connection, query: Query) -> Call:
    execute, (sql, values) = connection.execute, _by_place(query.sql)

    def call(**params: Any) -> list[Row]:
        cursor = execute(sql, values(params))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    return call


def _one(connection: sqlite3.Connection, query: Query) -> Call:
    execute, (sql, values) = connection.execute, _by_place(query.sql)

    def call(**params: Any) -> Row | None:
        cursor = execute(sql, values(params))
        row = cursor.fetchone()
        if row is None:
            return None
        return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}

    return call


def _value(connection: sqlite3.Connection, query: Query) -> Call:
    execute, (sql, values) = connection.execute, _by_place(query.sql)

    def call(**params: Any) -> Any:
        row = execute(sql, values(params)).fetchone()
        return None if row is None else row[0]

    return call


def _change(connection: sqlite3.Connection, query: Query) -> Call:
    execute, (sql, values) = connection.execute, _by_place(query.sql)

    def call(**params: Any) -> int:
        return execute(sql, values(params)).rowcount

    return call


def _change_many(connection: sqlite3.Connection, query: Query) -> Call:
    execute, (sql, values) = connection.executemany, _by_place(query.sql)

    def call(rows: Iterable[Mapping[str, Any]]) -> int:
        return execute(sql, map(values, rows)).rowcount

    return call


_BINDERS: dict[Kind, Callable[[sqlite3.Connection, Query], Call]] = {
    Kind.SELECT: _rows,
    Kind.SELECT_ONE: _one,
    Kind.SELECT_VALUE: _value,
    Kind.INSERT_UPDATE_DELETE: _change,
    Kind.INSERT_UPDATE_DELETE_MANY: _change_many,
}
