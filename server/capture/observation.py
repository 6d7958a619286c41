"""Gives new and stored hits one shape that the rules read, so that history is judged by the same code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.capture.hits import Hit

if TYPE_CHECKING:
    from server.store.queries.hits import HitsRecentRow

ACTS = ("POST", "MAIL")
ANSWERING = ("answer", "amp", "withdraw")  # purposes of a hit that gives an answer or takes it back
PAGE_CHARACTERS = 24  # of a nonce: they identify the opened page; the rest distinguishes its answers
PROGRAM_MODES = (
    "no-cors",
    "cors",
)  # Sec-Fetch-Mode of a fetch that is no navigation, as a program of the mail's reader makes
LINKS = ("answer", "unsubscribe")  # purposes of links that a mail shows; a mail client asks for a `state` by itself
_NOTHING: Mapping[str, str] = {}


class _Seen(NamedTuple):
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


class Observation(_Seen):
    """One hit as the rules read it. `at` in ms UTC; properties that the rules ask for often are cached."""

    @cached_property
    def acts(self) -> bool:
        """True for a hit that gives an answer or takes it back."""
        return self.method in ACTS and self.purpose in ANSWERING

    @cached_property
    def visit(self) -> str:
        """The random id that the browser keeps for this message; '' if it keeps none."""
        return self.facts.get("visit", "")

    @cached_property
    def page(self) -> str:
        """The page that this hit opened or came from. A mail that answers in place counts as one page."""
        return self.nonce[:PAGE_CHARACTERS] if self.channel == "page" else self.channel

    @cached_property
    def client(self) -> tuple[str, str]:
        """The network and the agent, which together identify a client."""
        return self.network, self.agent

    @cached_property
    def link(self) -> tuple[str, str, str]:
        """The link of the mail: its purpose, block and option."""
        return self.purpose, self.block, self.choice

    @cached_property
    def prefetched(self) -> bool:
        """True if the client declared that it prefetches."""
        return "Sec-Purpose" in self.facts or "Purpose" in self.facts

    @cached_property
    def follows_link(self) -> bool:
        """Return whether a link of the mail was opened, by a person or a program, other than as a declared prefetch or fetch."""
        facts = self.facts
        return (
            self.method not in ACTS
            and self.purpose in LINKS
            and self.channel == "page"
            and facts.get("Sec-Fetch-Dest") != "empty"
            and facts.get("Sec-Fetch-Mode") not in PROGRAM_MODES
            and not self.prefetched
        )


def arriving(hit: Hit, now: int) -> Observation:
    """Make an observation of a hit that arrives now."""
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


def seconds(hits: Sequence[Observation]) -> int:
    """Return the time from the first to the last hit in whole seconds, rounded up."""
    return -(-(hits[-1].at - hits[0].at) // 1000)


def stored(row: HitsRecentRow) -> Observation:
    """Make an observation of a row of `hits`."""
    facts = jsontext.loads(row["facts"]) if row["facts"] != "{}" else _NOTHING
    return Observation._make((*_COLUMNS(row), facts))


_COLUMNS = itemgetter(*Observation._fields[:-1])
