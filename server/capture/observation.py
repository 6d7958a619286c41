"""One hit as the rules look at it, whether it just arrived or was stored years ago."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from server import jsontext
from server.capture.hits import Hit

ACTS = ("POST", "MAIL")
LINKS = ("answer", "unsubscribe")  # purposes of links that a mail shows; a mail client asks for a `state` by itself
PREFETCH = ("Sec-Purpose", "Purpose")
_NOTHING: Mapping[str, str] = {}


class Observation(NamedTuple):
    """`at` in milliseconds UTC; `facts` as the hit has them."""

    at: int
    method: str
    purpose: str
    block: str
    choice: str
    agent: str
    network: str
    nonce: str
    gesture: str
    channel: str
    vouched: str
    facts: Mapping[str, str]

    @property
    def acts(self) -> bool:
        return self.method in ACTS

    @property
    def client(self) -> tuple[str, str]:
        return self.network, self.agent

    @property
    def link(self) -> tuple[str, str, str]:
        return self.purpose, self.block, self.choice

    @property
    def prefetched(self) -> bool:
        return any(name in self.facts for name in PREFETCH)

    @property
    def follows_link(self) -> bool:
        """Whether somebody, or something, opened a link of the mail."""
        return not self.acts and self.purpose in LINKS and self.channel == "page" and not self.prefetched


def arriving(hit: Hit, now: int) -> Observation:
    return Observation(
        now,
        hit.method,
        hit.purpose,
        hit.block,
        hit.choice,
        hit.agent,
        hit.network,
        hit.nonce,
        hit.gesture,
        hit.channel,
        hit.vouched,
        hit.facts or _NOTHING,
    )


def stored(row: Mapping[str, Any]) -> Observation:
    """A row of `hits`."""
    facts = jsontext.loads(row["facts"]) if row["facts"] != "{}" else _NOTHING
    return Observation._make((*_COLUMNS(row), facts))


_COLUMNS = itemgetter(*Observation._fields[:-1])
