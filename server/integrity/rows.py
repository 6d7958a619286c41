"""Whole tables, a page at a time in the order of their keys: whoever reads them holds one page and one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

PAGE = 2000
Row = dict[str, Any]
Person = tuple[str, list[Row]]  # a contact's id and their rows


def stream(query: Callable[..., list[Row]], *key: str) -> Iterator[Row]:
    """All rows of a query that takes the last key it gave, and `limit`."""
    after = dict.fromkeys(key, "")
    while rows := query(**after, limit=PAGE):
        yield from rows
        after = {name: rows[-1][name] for name in key}


def by_person(rows: Iterable[Row]) -> Iterator[Person]:
    for contact_id, group in groupby(rows, key=itemgetter("contact_id")):
        yield contact_id, list(group)


def together(*streams: Iterator[Person]) -> Iterator[tuple[str, list[list[Row]]]]:
    """Each contact once, in order, with their rows of every stream."""
    heads = [next(each, None) for each in streams]
    while waiting := [head[0] for head in heads if head]:
        contact_id = min(waiting)
        yield contact_id, [head[1] if head and head[0] == contact_id else [] for head in heads]
        for place, head in enumerate(heads):
            if head and head[0] == contact_id:
                heads[place] = next(streams[place], None)
