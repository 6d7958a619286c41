"""Defines the reply that the answer fast path and the WSGI threads hand to the gateway, and the keys they use in the WSGI environ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

Headers = list[tuple[str, str]]
OUTCOME = "acto.outcome"  # in the environ of a form that is already stored: Flask renders only the page
ROUTE = "acto.route"  # in the environ: the route of a request, for the request log


class Reply(NamedTuple):
    """One HTTP reply. `rest` yields the body of a reply of unknown length, such as an export that is written while it is sent."""

    status: int
    headers: Headers
    body: bytes
    rest: Iterable[bytes] | None = None
    leads_nowhere: bool = False
    route: str = ""  # for the request log
