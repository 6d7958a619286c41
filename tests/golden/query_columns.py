"""Asks both engines what each query of `server/store/queries` takes and returns.

PostgreSQL describes a prepared query exactly: types, and the table a column comes from. SQLite has to agree on the names.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from server.store import sql, sqlite_functions
from tests.golden import expressions

TYPES = {"text": "str", "int8": "int", "int4": "int"}  # the only ones that both engines give as the same Python type
_PARAMETER = re.compile(r"%\((\w+)\)s")
_OUTER_JOIN = re.compile(r"LEFT JOIN (\w+)")
TABLES = """
SELECT attrelid, attnum, relname, attname, atttypid, NOT attnotnull
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped AND relname <> 'migrations'
ORDER BY relname, attnum
"""


class Column(NamedTuple):
    """A column of a row, or a parameter: the Python type of its values, and whether None is one of them."""

    name: str
    type: str
    nullable: bool = False


class Described(NamedTuple):
    """A query with its parameters and, when it reads, its columns in order."""

    query: sql.Query
    parameters: tuple[Column, ...]
    columns: tuple[Column, ...]


Tables = dict[str, tuple[Column, ...]]  # table -> its columns


def describe(postgresql: str, sqlite: Path, queries: Path = sql.FOLDER) -> tuple[list[Described], Tables]:
    """Every query and every table of a migrated store, once as an address and once as a file.

    Raises AssertionError when the engines disagree or a query has a type that they do not share.
    """
    with psycopg.connect(postgresql, autocommit=True) as connection:
        server = _Server(connection)
        described = [server.describe(query) for query in sql.load("psycopg", queries)]
    names = _names_in_sqlite(sqlite, sql.load("sqlite3", queries), described)
    for each in described:
        place = f"{each.query.noun}.{each.query.name}"
        own = [column.name for column in each.columns]
        if each.query.kind is not sql.Kind.SELECT_VALUE:
            assert own == names[place], f"{place}: PostgreSQL names its columns {own} and SQLite {names[place]}"
            assert len(set(own)) == len(own), f"{place}: two columns of one name"
    return described, server.tables()


class _Server:
    """One connection to PostgreSQL, with the names behind its numbers."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._connection = connection
        self._types: dict[int, str] = dict(connection.execute("SELECT oid, typname FROM pg_type").fetchall())
        self._origins: dict[tuple[int, int], tuple[str, Column]] = {}  # (table, column) by their numbers
        for oid, number, table, name, kind, nullable in connection.execute(TABLES):
            self._origins[oid, number] = table, Column(name, self._type(kind, f"{table}.{name}"), nullable)

    def tables(self) -> Tables:
        """The columns of every table but the history of the schema."""
        found: dict[str, tuple[Column, ...]] = {}
        for table, column in self._origins.values():
            found[table] = (*found.get(table, ()), column)
        return found

    def describe(self, query: sql.Query) -> Described:
        """A query as PostgreSQL has prepared it."""
        place = f"{query.noun}.{query.name}"
        names = list(dict.fromkeys(_PARAMETER.findall(query.sql)))
        text = _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", query.sql).replace("%%", "%")
        prepared = self._connection.pgconn.prepare(b"", text.encode())
        assert prepared.status == ExecStatus.COMMAND_OK, f"{place}: {prepared.error_message.decode()}"
        answer = self._connection.pgconn.describe_prepared(b"")
        kinds = [self._type(answer.param_type(at), f"{place}: {name}") for at, name in enumerate(names)]
        parameters = [Column(name, kind, name in self._nullable()) for name, kind in zip(names, kinds, strict=True)]
        return Described(query, tuple(parameters), tuple(self._columns(query, answer, place)))

    def _columns(self, query: sql.Query, answer: PGresult, place: str) -> Iterator[Column]:
        outer = _OUTER_JOIN.findall(query.sql)
        for at in range(answer.nfields):
            name = (answer.fname(at) or b"").decode()
            table, column = self._origins.get((answer.ftable(at), answer.ftablecol(at)), ("", None))
            nullable = table in outer or column.nullable if column else expressions.may_be_null(query.sql, name)
            yield Column(name, self._type(answer.ftype(at), f"{place}: {name}"), nullable)

    def _nullable(self) -> set[str]:
        return {column.name for _, column in self._origins.values() if column.nullable}

    def _type(self, oid: int, place: str) -> str:
        name = self._types[oid]
        assert name in TYPES, f"{place} is {name} on PostgreSQL, which SQLite has not: cast it"
        return TYPES[name]


def _names_in_sqlite(file: Path, queries: Iterable[sql.Query], described: Iterable[Described]) -> dict[str, list[str]]:
    """`noun.query` -> the names of its columns. Each runs with a zero, an empty text or an
    empty list for every parameter and is undone."""
    blank = {f"{each.query.noun}.{each.query.name}": _blank(each) for each in described}
    found = {}
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        sqlite_functions.add(connection)
        for query in queries:
            place = f"{query.noun}.{query.name}"
            connection.execute("BEGIN")
            lists = dict.fromkeys(re.findall(r"json_each\(:(\w+)\)", query.sql), "[]")
            cursor = connection.execute(query.sql, blank[place] | lists)
            found[place] = [column[0] for column in cursor.description or ()]
            connection.execute("ROLLBACK")
    return found


def _blank(described: Described) -> dict[str, int | str]:
    return {column.name: 0 if column.type == "int" else "" for column in described.parameters}
