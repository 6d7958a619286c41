"""What an application said to a request, between the two that pass it on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Headers = list[tuple[str, str]]
OUTCOME = "acto.outcome"  # in the environ of a form that was written: Flask has only its page to make
ROUTE = "acto.route"  # where a WSGI application leaves the route of a request, for the log


class Reply(NamedTuple):
    """`rest` is left of a reply whose length is not known: an export that is written as it goes."""

    status: int
    headers: Headers
    body: bytes
    rest: Iterable[bytes] | None = None
    leads_nowhere: bool = False
    route: str = ""  # as the request log names it
