"""Reads `queries/*.sql` with aiosql, which only this module imports, and translates the parameters to the engine's style.

aiosql's own call costs more than a small SQLite query, so the engines bind each query to a connection once and call the database
directly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import aiosql
from aiosql.adapters.pyformat import PyFormatAdapter
from aiosql.adapters.sqlite3 import SQLite3Adapter
from aiosql.types import SQLOperationType

Kind = SQLOperationType
FOLDER = Path(__file__).parent / "queries"
KINDS = {
    Kind.SELECT,
    Kind.SELECT_ONE,
    Kind.SELECT_VALUE,
    Kind.INSERT_UPDATE_DELETE,
    Kind.INSERT_UPDATE_DELETE_MANY,
}


class _Psycopg(PyFormatAdapter):
    """Translates parameters to %(name)s as aiosql does, doubles a literal percent sign (as in a LIKE pattern), and reads a JSON
    list of texts by PostgreSQL's function: `json_each(:ids)` is a table with the column `value` on both engines.
    """

    def process_sql(self, query_name: str, op_type: Kind, sql: str) -> str:
        sql = _JSON_LIST.sub(
            r"json_array_elements_text(CAST(CAST(\1 AS text) AS json)) AS json_each(value)", sql.replace("%", "%%")
        )
        return str(super().process_sql(query_name, op_type, sql))  # type: ignore[no-untyped-call]


class _Sqlite(SQLite3Adapter):
    """Removes FOR UPDATE, because SQLite has no row locks and needs none: a writer has the database alone until its commit."""

    def process_sql(self, query_name: str, op_type: Kind, sql: str) -> str:
        return str(super().process_sql(query_name, op_type, _ROW_LOCK.sub("", sql)))  # type: ignore[no-untyped-call]


DRIVERS: dict[str, Any] = {"sqlite3": _Sqlite, "psycopg": _Psycopg}
_JSON_LIST = re.compile(r"json_each\((:\w+)\)")
_ROW_LOCK = re.compile(r"\s+FOR UPDATE(?: OF \w+)?\s*$")


class Query(NamedTuple):
    """One named query: `sql` in the engine's parameter style, the names of its `parameters`."""

    noun: str
    name: str
    sql: str
    kind: Kind
    parameters: frozenset[str]


@cache
def nouns(driver: str, folder: Path = FOLDER) -> Mapping[str, Mapping[str, Query]]:
    """Load every query by file and name, for the aiosql driver `sqlite3` or `psycopg`. Raises ValueError for an unused kind of query."""
    return {path.stem: {query.name: query for query in _of_file(path, driver)} for path in sorted(folder.glob("*.sql"))}


def load(driver: str, folder: Path = FOLDER) -> tuple[Query, ...]:
    """Load every query as one tuple."""
    return tuple(query for queries in nouns(driver, folder).values() for query in queries.values())


def _of_file(path: Path, driver: str) -> list[Query]:
    found = aiosql.from_path(path, DRIVERS[driver])
    functions = [getattr(found, name) for name in found.available_queries if not name.endswith("_cursor")]
    queries = [Query(path.stem, fn.__name__, fn.sql, fn.operation, frozenset(fn.parameters or ())) for fn in functions]
    for query in queries:
        if query.kind not in KINDS:
            raise ValueError(f"{path.name}: {query.name}: use ^ for a query that returns its row")
    return queries
