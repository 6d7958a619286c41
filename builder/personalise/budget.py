"""Limits the work of one template for one person, because a sandbox protects secrets but not the processor."""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView
from contextvars import ContextVar
from typing import Any

from jinja2.exceptions import SecurityError

MAX_STEPS = 100_000  # turns of loops, calls, operations; long arguments and results cost more steps
MAX_LENGTH = 1_000_000  # of one value, in characters and items, nested ones included
MAX_OUTPUT = 2_000_000  # characters; Gmail clips at 102 kB
MAX_NUMBER = 10_000  # as an argument: a width, a count, an indent
MAX_BITS = 256  # of a whole number, because repeated squaring fills the memory in thirty steps
MAX_GROWTH = 100_000_000  # a length times the length of the text put in for each tab, line or character
LENGTHS_A_STEP, GROWTH_A_STEP = 100, 10_000
ITEM = 10  # characters that an item of a list counts for

_left: ContextVar[list[int] | None] = ContextVar("steps_left", default=None)


def spend(pieces: Iterable[str]) -> str:
    """Join the pieces of a rendering within the limits. Raises SecurityError."""
    token = _left.set([MAX_STEPS])
    written, kept = 0, list[str]()
    try:
        for piece in pieces:
            written += len(piece)
            if written > MAX_OUTPUT:
                raise SecurityError(f"it writes more than {MAX_OUTPUT:,} characters")
            kept.append(piece)
    finally:
        _left.reset(token)
    return "".join(kept)


def each(items: Iterable[Any]) -> Iterator[Any]:
    """Yield the items and charge one step for each."""
    for item in items:
        charge(1)
        yield item


def result(value: Any) -> Any:
    """Charge for a value by its size; iterators become lists now, so that their items are counted. Raises SecurityError."""
    found = list(each(value)) if isinstance(value, Iterator | KeysView | ValuesView | ItemsView) else value
    weigh(found)
    charge(1)
    return found


def weigh(value: Any) -> Any:
    """Charge for a value by its size, because comparing and searching it take that long. Raises SecurityError."""
    charge(size(value) // LENGTHS_A_STEP)
    return value


def arguments(subject: Any, values: Iterable[Any], *, widths: bool = True) -> None:
    """Charge for the arguments of a call; `widths` says whether numbers among them are widths or counts.

    Raises SecurityError if the result could become too large.
    """
    given = list(values)
    if widths and any(isinstance(value, int | float) and abs(value) > MAX_NUMBER for value in given):
        raise SecurityError(f"it passes a number beyond {MAX_NUMBER:,}")
    put_in = sum(_put_in(value, widths) for value in given)
    read = size(subject)
    if read * put_in > MAX_GROWTH:
        raise SecurityError("it puts too much into a long value")
    charge(int((read + put_in) // LENGTHS_A_STEP + read * put_in // GROWTH_A_STEP))


def size(value: Any) -> int:
    """Count the characters and items of a value, nested ones each time they occur. Raises SecurityError past MAX_LENGTH."""
    found, open_ = 0, [value]
    while open_:
        each_ = open_.pop()
        if isinstance(each_, str | bytes):
            found += len(each_)
        elif isinstance(each_, dict):
            found += ITEM * 2 * len(each_)
            open_ += [*each_.keys(), *each_.values()]
        elif isinstance(each_, list | tuple):
            found += ITEM * len(each_)
            open_ += each_
        elif isinstance(each_, int) and each_.bit_length() > MAX_BITS:
            raise SecurityError("it makes a number beyond all use")
        if found + ITEM * len(open_) > MAX_LENGTH:
            raise SecurityError(f"it makes a value of more than {MAX_LENGTH:,} characters or items")
    return found


def _put_in(value: Any, widths: bool) -> float:
    if isinstance(value, int | float):
        return abs(value) if widths else 1
    return size(value)


def charge(steps: int) -> None:
    """Take steps from the budget. Raises SecurityError when it is used up.

    Also raises outside a rendering, so that Jinja does not compute constants while it compiles: they are computed within a
    budget.
    """
    left = _left.get()
    if left is None:
        raise SecurityError("it is worked out for each message")
    left[0] -= steps
    if left[0] < 0:
        raise SecurityError(f"it takes more than {MAX_STEPS:,} steps")
