"""The types of `server/store/queries`: beside each `.sql` file a `.pyi` file, which type checkers read and nothing runs.

`python -m tests.golden.query_types` writes them anew, and so does `make golden`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from server import store as stores
from server.store import sql
from tests import postgres as servers
from tests.golden import expressions
from tests.golden.query_columns import Column, Described, Tables, describe

Kind = sql.Kind
Shape = frozenset[Column]
ROOT = Path(__file__).parents[2]
WHOLE_ROW = "put"  # the name of a query that writes a row in any case: its values are passed on as one, and have a type
WRITTEN = "Written by `make golden`."


def write() -> None:
    """Writes every file, with a store on each engine that is made for it."""
    with servers.running() as server, tempfile.TemporaryDirectory() as folder:
        postgresql, sqlite = servers.create(server, "acto_queries"), Path(folder) / "acto.db"
        for database in (postgresql, str(sqlite)):
            with stores.open(database) as store:
                store.migrate()
        wanted = files(*describe(postgresql, sqlite))
    for path in sql.FOLDER.glob("*.pyi"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (sql.FOLDER / name).write_text(text, encoding="utf-8")


def files(queries: Iterable[Described], tables: Tables) -> dict[str, str]:
    """Name of a file -> its text, as ruff formats it."""
    nouns = {noun: list(of_noun) for noun, of_noun in groupby(queries, key=lambda each: each.query.noun)}
    found = {f"{noun}.pyi": _Module(noun, tables, set(nouns)).text(of_noun) for noun, of_noun in nouns.items()}
    imports = [f"from server.store.queries.{noun} import {_camel(noun)}" for noun in nouns]
    attributes = [f"    {noun}: {_camel(noun)}" for noun in nouns]
    head = f'"""The queries of each file here, as attributes of a session. {WRITTEN}"""\n'
    found["__init__.pyi"] = "\n".join([head, *imports, "", "class Queries:", *attributes, ""])
    return _formatted(found)


class _Module:
    """One file: a TypedDict for each shape of row, named after its table or the first query that returns it."""

    def __init__(self, noun: str, tables: Tables, nouns: set[str]) -> None:
        self._noun, self._tables, self._nouns = noun, tables, nouns
        self._names: dict[Shape, str] = {}
        self._classes: list[str] = []
        self._imports: set[str] = set()
        if noun in tables:
            self._table(noun)

    def text(self, queries: list[Described]) -> str:
        builtins = "builtins." if any(each.query.name == "list" for each in queries) else ""
        methods = [self._method(each, f"{builtins}list") for each in queries]
        body = "\n".join([*self._classes, f"class {_camel(self._noun)}:", *methods, ""])
        known = [
            ("import builtins\n", builtins),
            ("from collections.abc import Iterable\n", "Iterable[" in body),
            ("from typing import TypedDict, Unpack\n\n", "Unpack[" in body),
            ("from typing import TypedDict\n\n", self._classes and "Unpack[" not in body),
        ]
        imports = "".join(line for line, used in known if used) + "\n".join(sorted(self._imports))
        return f'"""What {self._noun}.sql takes and returns. {WRITTEN}"""\n\n{imports}\n\n{body}'

    def _method(self, described: Described, many: str) -> str:
        query, parameters = described.query, described.parameters
        values = f"{_camel(self._noun)}{_camel(query.name)}Values"
        takes = "".join(f", {column.name}: {_type(column)}" for column in parameters)
        if query.kind is Kind.INSERT_UPDATE_DELETE_MANY:
            takes = f", rows: Iterable[{self._define(values, 'TypedDict', parameters)}]"
        elif query.name == WHOLE_ROW:
            takes = f", **row: Unpack[{self._define(values, 'TypedDict', parameters)}]"
        elif takes:
            takes = f", *{takes}"
        return f"    def {query.name}(self{takes}) -> {self._result(described, many)}: ..."

    def _result(self, described: Described, many: str) -> str:
        query, columns = described.query, described.columns
        certain = expressions.always_a_row(query.sql)
        if query.kind is Kind.SELECT:
            return f"{many}[{self._row(described)}]"
        if query.kind is Kind.SELECT_ONE:
            return self._row(described) + ("" if certain else " | None")
        if query.kind is Kind.SELECT_VALUE:
            return _type(columns[0]._replace(nullable=columns[0].nullable or not certain))
        return "int"

    def _row(self, described: Described) -> str:
        shape = frozenset(described.columns)
        for table, columns in self._tables.items():
            if shape == frozenset(columns):
                return self._table(table)
        if shape not in self._names:
            name = f"{_camel(self._noun)}{_camel(described.query.name)}Row"
            whole = [each for each in self._tables if f"{each}.*" in described.query.sql]
            base = next((each for each in whole if shape > frozenset(self._tables[each])), None)
            inherited = frozenset(self._tables[base]) if base else frozenset()
            own = [column for column in described.columns if column not in inherited]
            self._names[shape] = self._define(name, self._table(base) if base else "TypedDict", own)
        return self._names[shape]

    def _table(self, table: str) -> str:
        """The name of its rows; they are defined beside its own queries, or here where it has none."""
        name, shape = f"{_camel(table)}Row", frozenset(self._tables[table])
        if table in self._nouns and table != self._noun:
            self._imports.add(f"from server.store.queries.{table} import {name}")
        elif shape not in self._names:
            self._names[shape] = self._define(name, "TypedDict", self._tables[table])
        return name

    def _define(self, name: str, base: str, columns: Iterable[Column]) -> str:
        fields = [f"    {column.name}: {_type(column)}" for column in columns]
        self._classes.append("\n".join([f"class {name}({base}):", *fields, ""]))
        return name


def _type(column: Column) -> str:
    return f"{column.type} | None" if column.nullable else column.type


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _formatted(found: dict[str, str]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in found.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "ruff", "format", "--quiet", "--config", str(ROOT / "pyproject.toml"), folder]
        subprocess.run(command, check=True)
        return {name: (Path(folder) / name).read_text(encoding="utf-8") for name in found}


if __name__ == "__main__":
    write()
