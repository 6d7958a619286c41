"""Defines the interface of both engines. Domain code uses these classes and knows nothing of the engine behind them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from server.store.narrowing import Rule, Subquery, narrowed
from server.store.sql import Query

if TYPE_CHECKING:
    from server.store.queries import Queries
else:
    Queries = object

T = TypeVar("T")
Call = Callable[..., Any]


Bind = Callable[[Query], Call]
Nouns = Mapping[str, Mapping[str, Query]]


class Noun:
    """The queries of one file, as methods. Each is bound when it is first used, because a connection uses few of them."""

    def __init__(self, queries: Mapping[str, Query], bind: Bind) -> None:
        self._queries, self._bind = queries, bind

    def __getattr__(self, name: str) -> Call:
        query = self._queries.get(name)
        if query is None:
            raise AttributeError(f"no query named {name} in this file of server/store/queries")
        call = self.__dict__[name] = self._bind(query)
        return call


class Session(Queries):
    """One transaction, seen as nouns: `tx.contacts.by_id(id=…)`.

    The mark after a query's name in its file gives the result. No mark: list of dicts; `^`: dict or None; `$`: the first value or
    None; `!`: rows changed; `*!`: the same, and it takes `rows=[dict, …]`. The type checker reads parameters and results in
    `queries/<noun>.pyi`, which `make golden` writes.
    """

    def __init__(self, nouns: Nouns, bind: Bind, subquery: Subquery, subquery_of_one: Subquery) -> None:
        self._nouns, self._bind = nouns, bind
        self._subqueries = {False: subquery, True: subquery_of_one}

    def narrowed(self, rule: Rule, *, to_one: bool = False) -> Session:
        """Return the same transaction with a rule in place of the `1 = 1` of its queries. `to_one`: they ask about one contact."""
        subquery, conditions = self._subqueries[to_one], self._nouns["conditions"]

        def bind(query: Query) -> Call:
            composed, values = narrowed(query, rule, conditions, subquery)
            call = self._bind(composed)
            return lambda **params: call(**params, **values)

        return Session(self._nouns, bind, *self._subqueries.values())

    if not TYPE_CHECKING:  # with a __getattr__ the type checker would take every name for a noun

        def __getattr__(self, name: str) -> Noun:
            queries = self._nouns.get(name)
            if queries is None:
                raise AttributeError(f"no file {name}.sql in server/store/queries")
            noun = self.__dict__[name] = Noun(queries, self._bind)
            return noun


def required(row: T | None) -> T:
    """Return a row that must exist, because this transaction wrote it, locked it or read a reference to it. Raises LookupError."""
    if row is None:
        raise LookupError("a row that must be in the database is not there")
    return row


class Store(ABC):
    """A database. Safe to use from many threads; every method raises StoreUnavailable."""

    engine: str

    @abstractmethod
    def migrate(self) -> list[str]:
        """Bring the schema up to date and return the names of the steps taken.

        Harmless to repeat and safe when several processes start at once. Raises StoreTooNew.
        """

    @abstractmethod
    def read(self) -> AbstractContextManager[Session]:
        """Open a read-only snapshot: every query in it sees the same moment."""

    @abstractmethod
    def write(self, work: Callable[[Session], T]) -> T:
        """Run `work(tx)` in one transaction; return its result once the commit is on stable storage.

        An exception of `work` undoes that work alone and is raised to its caller. `work` may be run again after a conflict, so it
        must do nothing but use `tx`; and it must not call `write` itself.
        """

    @abstractmethod
    def write_soon(self, work: Callable[[Session], T], then: Callable[[Callable[[], T]], None]) -> None:
        """Queue a `write` without waiting for it; a thread of the store calls `then(outcome)` once.

        `outcome()` returns or raises what `write` would. `then` must be quick and raise nothing, because other writes wait behind
        it. Raises StoreUnavailable, and never calls `then`, when too many writes are waiting.
        """

    @abstractmethod
    def damage(self) -> list[str]:
        """Run the engine's own check of its files, which reads all of them; return its reports. Empty if the engine has no such check."""

    @abstractmethod
    def copy_to(self, path: Path) -> None:
        """Write everything committed by one moment into a new SQLite file (0600), while the store is in use."""

    @abstractmethod
    def close(self) -> None:
        """Finish the accepted writes, refuse new ones, and close the connections."""

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
