"""Floods on one link: whoever sends a message more than any mail client, scanner or person does waits, and nobody else.

The limit is for one message from one network, so that a proxy through which thousands of people answer, each their own mail, never
meets it; and a larger one for a message from everywhere. A link that is not true counts for the message it claims: what is refused
must not tell a stranger which links there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder import tokens
from server.web.hits import network
from server.web.limits import Pace

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

EVERYWHERE = 5  # times as many from all networks together
SECONDS = 60
COUNTED = "acto.counted"  # in the environ of a request that was: the seconds that it has to wait


class TooMany(Exception):
    """Nothing was looked at and nothing stored; another try is welcome after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many requests for one message, for {seconds} s more")
        self.seconds = seconds


class Floods:
    """`most` requests a minute; 0 is no limit."""

    def __init__(self, most: int) -> None:
        self._on = most > 0
        self._near, self._everywhere = Pace(most, SECONDS), Pace(most * EVERYWHERE, SECONDS)

    def check(self, token: str, environ: WSGIEnvironment, now_ms: int) -> None:
        """Counts a request, once whoever asks, and says the same to all who do. Raises TooMany."""
        if not self._on:
            return
        if COUNTED not in environ:
            environ[COUNTED] = self._wait_seconds(tokens.claimed_message(token), environ, now_ms)
        if environ[COUNTED]:
            raise TooMany(environ[COUNTED])

    def _wait_seconds(self, message: str, environ: WSGIEnvironment, now_ms: int) -> int:
        near = self._near.wait_seconds((message, network(environ.get("REMOTE_ADDR", ""))), now_ms)
        return near or self._everywhere.wait_seconds((message, ""), now_ms)
