"""How much one template may do for one person. A sandbox keeps a template from our secrets, not from our processor."""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView
from contextvars import ContextVar
from typing import Any

from jinja2.exceptions import SecurityError

MAX_STEPS = 100_000  # turns of loops, calls, operations; what is read and what comes of it cost more by their length
MAX_LENGTH = 1_000_000  # of one value, in characters, items and whatever lies in them
MAX_OUTPUT = 2_000_000  # characters; Gmail clips at 102 kB
MAX_NUMBER = 10_000  # as an argument: a width, a count, an indent
MAX_BITS = 256  # of a whole number: squares of squares fill a machine in thirty steps
MAX_GROWTH = 100_000_000  # a length times what may be put into it: each tab, each line, each character replaced
LENGTHS_A_STEP, GROWTH_A_STEP = 100, 10_000
ITEM = 10  # characters that an item of a list counts for

_left: ContextVar[list[int] | None] = ContextVar("steps_left", default=None)


def spend(pieces: Iterable[str]) -> str:
    """The pieces joined, as long as the template that makes them keeps within its limits. Raises SecurityError."""
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
    """The items, one step each."""
    for item in items:
        charge(1)
        yield item


def result(value: Any) -> Any:
    """The value, at a price by its size; what would be made item by item is made now, and counted. Raises SecurityError."""
    found = list(each(value)) if isinstance(value, Iterator | KeysView | ValuesView | ItemsView) else value
    weigh(found)
    charge(1)
    return found


def weigh(value: Any) -> Any:
    """The value, at a price by its size: comparing, searching and turning it around cost that. Raises SecurityError."""
    charge(size(value) // LENGTHS_A_STEP)
    return value


def arguments(subject: Any, values: Iterable[Any], *, widths: bool = True) -> None:
    """Raises SecurityError for what could make too much of its subject. `widths` are numbers that say how wide or how often."""
    given = list(values)
    if widths and any(isinstance(value, int | float) and abs(value) > MAX_NUMBER for value in given):
        raise SecurityError(f"it passes a number beyond {MAX_NUMBER:,}")
    put_in = sum(_put_in(value, widths) for value in given)
    read = size(subject)
    if read * put_in > MAX_GROWTH:
        raise SecurityError("it puts too much into a long value")
    charge(int((read + put_in) // LENGTHS_A_STEP + read * put_in // GROWTH_A_STEP))


def size(value: Any) -> int:
    """Characters and items of a value with all that lies in it, however often it is the same. Raises SecurityError past MAX_LENGTH."""
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
    """Outside a rendering, where Jinja works out constants while it compiles, nothing is worked out: it is done when it is paid for."""
    left = _left.get()
    if left is None:
        raise SecurityError("it is worked out for each message")
    left[0] -= steps
    if left[0] < 0:
        raise SecurityError(f"it takes more than {MAX_STEPS:,} steps")
