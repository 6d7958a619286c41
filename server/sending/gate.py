"""Decides whether a message may be sent at a moment: a table of rules over facts, first the bans, then the waits. Pure.

The worker asks it when a message leaves; forecasts and “Why not me?” ask the same function with another moment.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Protocol
from urllib.parse import urlsplit

ALL_CLASSES = frozenset({"marketing", "transactional"})
MARKETING = frozenset({"marketing"})
NEVER = 9_000_000_000_000_000  # ms: a moment after every other one
TEST = "test"  # the purpose of a message to a member of the team, which is no advertising


class Window(Protocol):
    """The hours in which advertising may reach a person."""

    def opens(self, at: int) -> int:
        """Return the first moment from `at` on (ms UTC) that lies inside; NEVER if there is none within a year."""

    def closes(self, at: int) -> int:
        """Return the end (ms UTC) of the hours that `at` lies in."""


class Cap(NamedTuple):
    """At most `most` marketing messages to one person in any `window_ms`."""

    most: int
    window_ms: int


@dataclass(frozen=True)
class Facts:
    """The facts about a message at `now` (ms UTC) that the rules read.

    `suppressed` holds the scopes of its address, `recent` the moments of the marketing messages that left to this person before,
    newest first, as far back as the longest cap. `campaign` is the state of its campaign, '' without one.
    """

    mail_class: str
    suppressed: frozenset[str]
    postal_address: str
    base_url: str
    now: int
    purpose: str = ""
    campaign: str = ""
    already_sent: bool = False
    deadline: int | None = None
    window: Window | None = None
    caps: tuple[Cap, ...] = ()
    recent: tuple[int, ...] = ()


class Go(NamedTuple):
    """The message may leave before `until_ms` (ms UTC)."""

    until_ms: int = NEVER


class Stop(NamedTuple):
    """The message must not leave; `reason` is stored with it (server/reasons.py has its sentence)."""

    rule: str
    reason: str


class Wait(NamedTuple):
    """The message must not leave before `until_ms` (ms UTC)."""

    until_ms: int
    reason: str


GateVerdict = Go | Stop | Wait


class Rule(NamedTuple):
    """One rule. `check` returns True (stop), a moment in ms (wait until then) or False; `source` is its law or guideline."""

    name: str
    classes: frozenset[str]
    check: Callable[[Facts], bool | int]
    source: str
    tests: bool = True  # whether it holds for a test, too


BANS = (
    Rule("campaign_stopped", ALL_CLASSES, lambda facts: facts.campaign == "stopped", "a member of the team"),
    Rule("already_sent", ALL_CLASSES, lambda facts: facts.already_sent, "one message of a campaign for each person"),
    Rule(
        "past_deadline",
        ALL_CLASSES,
        lambda facts: facts.deadline is not None and facts.now >= facts.deadline,
        "the deadline of the campaign",
    ),
    Rule(
        "suppressed_all",
        ALL_CLASSES,
        lambda facts: "all" in facts.suppressed,
        "Gmail and Yahoo sender guidelines: complaints under 0.1 %, no mail to addresses that bounce",
    ),
    Rule(
        "suppressed_marketing",
        MARKETING,
        lambda facts: "marketing" in facts.suppressed,
        "CAN-SPAM, 15 USC 7704(a)(4); GDPR art. 21(3); RFC 8058",
    ),
    Rule(
        "no_postal_address",
        MARKETING,
        lambda facts: not facts.postal_address.strip(),
        "CAN-SPAM, 15 USC 7704(a)(5)(A)(iii); CASL s. 6(2)",
    ),
    Rule(
        "insecure_base_url",
        MARKETING,
        lambda facts: not is_secure(facts.base_url),
        "RFC 8058 section 3.1",
    ),
)
WAITS = (
    Rule(
        "campaign_paused",
        ALL_CLASSES,
        lambda facts: NEVER if facts.campaign == "paused" else False,
        "a member of the team",
    ),
    Rule(
        "capped",
        MARKETING,
        lambda facts: max((_below(cap, facts.recent) for cap in facts.caps), default=0),
        "the limits of this installation",
        tests=False,
    ),
    Rule(
        "closed_hours",
        MARKETING,
        lambda facts: facts.window.opens(facts.now) if facts.window else False,
        "Colombia: Law 2300 of 2023, article 3",
        tests=False,
    ),
)
RULES = (*BANS, *WAITS)


class Outcome(NamedTuple):
    """The answer of one rule; `until_ms` is set for waits."""

    rule: Rule
    says: Literal["goes", "stops", "waits", "exempt"]
    until_ms: int = 0


def decide(facts: Facts) -> GateVerdict:
    """Return Stop for the first ban that holds, Wait until all waits are over together, else Go."""
    for rule in BANS:
        if _holds_for(rule, facts) and rule.check(facts):
            return Stop(rule.name, rule.name)
    until, name = _after_the_waits(facts)
    if until <= facts.now:
        return Go(_good_until(facts))
    if facts.deadline is not None and facts.deadline <= until < NEVER:
        return Stop("past_deadline", "past_deadline")
    return Wait(until, name)


def at(facts: Facts, now: int) -> Facts:
    """Return the same facts at another moment (ms UTC)."""
    return replace(facts, now=now)


def outcomes(facts: Facts) -> list[Outcome]:
    """Return what every rule says by itself, in the order of the table."""
    return [_outcome(rule, facts) for rule in RULES]


def _outcome(rule: Rule, facts: Facts) -> Outcome:
    if not _holds_for(rule, facts):
        return Outcome(rule, "exempt")
    found = rule.check(facts)
    if found is True:
        return Outcome(rule, "stops")
    if found is not False and found > facts.now:
        return Outcome(rule, "waits", found)
    return Outcome(rule, "goes")


def _holds_for(rule: Rule, facts: Facts) -> bool:
    return facts.mail_class in rule.classes and (rule.tests or facts.purpose != TEST)


def _after_the_waits(facts: Facts) -> tuple[int, str]:
    """Return the first moment at which no rule asks to wait, and the rule that decided it.

    The end of one wait may lie inside another one, so the rules are asked again at each new moment.
    """
    until, name = facts.now, ""
    while until < NEVER and (later := _longest_wait(at(facts, until) if name else facts)):
        until, name = later
    return until, name


def _longest_wait(facts: Facts) -> tuple[int, str] | None:
    waits = [(int(rule.check(facts)), rule.name) for rule in WAITS if _holds_for(rule, facts)]
    longest = max(waits, default=(0, ""))
    return longest if longest[0] > facts.now else None


def _good_until(facts: Facts) -> int:
    """Return the moment at which a verdict Go ends, so that a slow connection does not send after it."""
    ends = [NEVER if facts.deadline is None else facts.deadline]
    if facts.window and facts.mail_class in MARKETING and facts.purpose != TEST:
        ends.append(facts.window.closes(facts.now))
    return min(ends)


def _below(cap: Cap, recent: tuple[int, ...]) -> int:
    """Return the moment (ms) from which one more message keeps to the cap: when the oldest of `most` leaves the window."""
    return recent[cap.most - 1] + cap.window_ms if len(recent) >= cap.most else 0


def is_secure(base_url: str) -> bool:
    """Return whether a URL is https or on this machine, where no third party can read the traffic."""
    return urlsplit(base_url).scheme == "https" or is_loopback(base_url)


def is_loopback(base_url: str) -> bool:
    """Return whether a URL leads to this machine."""
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
