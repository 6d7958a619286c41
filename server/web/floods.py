"""Limits the requests for one message to a rate that no mail client, scanner or person reaches.

The limit counts per message and network, so a proxy through which thousands answer, each their own mail, never meets it; a larger limit
counts per message from all networks. A link with a wrong signature counts for the message it names, so that a refusal does not tell a
stranger which links exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import tokens
from server.web.hits import network
from server.web.limits import Pace

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

EVERYWHERE = 5  # the limit from all networks together, as a multiple of that from one
SECONDS = 60
COUNTED = "acto.counted"  # key in the environ of a counted request: the seconds it has to wait, 0 for none


class TooMany(Exception):
    """The refusal of a request over the limit (429). Nothing was read or stored; the client may try again after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests for one message, for {seconds} s more")
        self.seconds = seconds


class Floods:
    """Counts requests per message, `most` a minute from one network; 0 means no limit."""

    def __init__(self, most: int) -> None:
        self._on = most > 0
        self._near, self._everywhere = Pace(most, SECONDS), Pace(most * EVERYWHERE, SECONDS)

    def check(self, token: str, environ: WSGIEnvironment, now_ms: int) -> None:
        """Count a request and raise TooMany over the limit. A second call for the same request does not count
        and gives the same result.
        """
        if not self._on:
            return
        if COUNTED not in environ:
            environ[COUNTED] = self._wait_seconds(tokens.claimed_message(token), environ, now_ms)
        if environ[COUNTED]:
            raise TooMany(environ[COUNTED])

    def _wait_seconds(self, message: str, environ: WSGIEnvironment, now_ms: int) -> int:
        near = self._near.wait_seconds((message, network(environ.get("REMOTE_ADDR", ""))), now_ms)
        return near or self._everywhere.wait_seconds((message, ""), now_ms)
