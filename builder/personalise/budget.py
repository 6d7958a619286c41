"""How much one template may do for one person. A sandbox keeps a template from our secrets, not from our processor."""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from jinja2.exceptions import SecurityError

MAX_STEPS = 100_000  # turns of loops, calls, operations; each result costs more by its length
MAX_LENGTH = 1_000_000  # of one value, in characters or items
MAX_OUTPUT = 2_000_000  # characters; Gmail clips at 102 kB
MAX_NUMBER = 10_000  # as an argument: a width, a count, an indent

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
    """The value, at a price by its length. Raises SecurityError where it is too long."""
    length = len(value) if isinstance(value, str | bytes | list | tuple | dict) else 0
    if length > MAX_LENGTH:
        raise SecurityError(f"it makes a value of more than {MAX_LENGTH:,} characters or items")
    charge(1 + length // 100)
    return value


def arguments(values: Iterable[Any]) -> None:
    """Raises SecurityError for a number that would be a width or a count beyond all use."""
    if any(isinstance(value, int | float) and abs(value) > MAX_NUMBER for value in values):
        raise SecurityError(f"it passes a number beyond {MAX_NUMBER:,}")


def charge(steps: int) -> None:
    left = _left.get()
    if left is None:  # outside a rendering: constants that Jinja folds while it compiles
        return
    left[0] -= steps
    if left[0] < 0:
        raise SecurityError(f"it takes more than {MAX_STEPS:,} steps")
