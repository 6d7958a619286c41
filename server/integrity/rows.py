"""Streams whole tables page by page in the order of their keys, so that memory holds one page and one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

PAGE = 2000
Row = TypeVar("Row", bound=Mapping[str, object])
One = TypeVar("One")
Two = TypeVar("Two")
Three = TypeVar("Three")


def stream(query: Callable[..., list[Row]], *key: str) -> Iterator[Row]:
    """Yield all rows of a query that takes the last key returned, and `limit`."""
    after: dict[str, object] = dict.fromkeys(key, "")
    while rows := query(**after, limit=PAGE):
        yield from rows
        after = {name: rows[-1][name] for name in key}


def by_person(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Group rows by contact id; they must be sorted by it."""
    for contact_id, group in groupby(rows, key=itemgetter("contact_id")):
        yield contact_id, list(group)


def together(
    one: Iterator[tuple[str, list[One]]],
    two: Iterator[tuple[str, list[Two]]],
    three: Iterator[tuple[str, list[Three]]],
) -> Iterator[tuple[str, list[One], list[Two], list[Three]]]:
    """Merge three sorted streams: yields each contact once, with their rows of every stream."""
    streams: list[Iterator[tuple[str, list[Any]]]] = [one, two, three]
    heads = [next(each, None) for each in streams]
    while waiting := [head[0] for head in heads if head]:
        contact_id = min(waiting)
        first, second, third = (head[1] if head and head[0] == contact_id else [] for head in heads)
        yield contact_id, first, second, third
        for place, head in enumerate(heads):
            if head and head[0] == contact_id:
                heads[place] = next(streams[place], None)
