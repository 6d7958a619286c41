"""Reads and writes cursors, opaque strings that mark the end of a page of a list.

A cursor holds the key of the last row, not a count, so that no row is repeated or skipped if others are added or removed in between.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from server import jsontext
from server.web.api.endpoint import ApiReply, Call
from server.web.api.problems import ApiProblem

NUMBER_MOST, WORD_MOST = 2**53, 200
Row = TypeVar("Row")
Key = tuple[int | str, ...]


def after(call: Call, start: Key) -> Any:
    """Return the key in the call's cursor, or `start` without one. `start` lies before every row and gives the types of the key's parts.
    Raises Problem.
    """
    given = call.query.get("cursor", "")
    if not given:
        return start
    found = _read(given)
    if len(found) != len(start) or not all(map(_fits, found, start)):
        raise ApiProblem(
            "bad_parameter",
            errors=[
                {
                    "parameter": "cursor",
                    "detail": "This is not a cursor of this list. Send the value of `next` unchanged.",
                }
            ],
        )
    return tuple(found)


def page(rows: Sequence[Row], limit: int, key: Callable[[Row], Key], as_json: Callable[[Row], Any]) -> ApiReply:
    """Return the reply of a list from up to `limit` + 1 rows; the extra row tells that there is a next page."""
    kept = rows[:limit]
    more = len(rows) > limit
    return {"data": [as_json(row) for row in kept], "next": _write(key(kept[-1])) if more else None}


def _write(key: Key) -> str:
    return urlsafe_b64encode(jsontext.dumps(key).encode()).decode().rstrip("=")


def _read(given: str) -> list[Any]:
    try:
        found = jsontext.loads(urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("utf-8"))
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _fits(found: object, like: object) -> bool:
    if isinstance(like, int):
        return isinstance(found, int) and not isinstance(found, bool) and abs(found) <= NUMBER_MOST
    return isinstance(found, str) and len(found) <= WORD_MOST and "\0" not in found
