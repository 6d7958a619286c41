"""Decides whether a message may be sent now: a table of rules, asked in order for each message before it leaves. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

ALL_CLASSES = frozenset({"marketing", "transactional"})
MARKETING = frozenset({"marketing"})


@dataclass(frozen=True)
class Facts:
    """The facts about a message at `now` (ms) that the rules read; `suppressed` are the scopes of its address."""

    mail_class: str
    suppressed: frozenset[str]
    postal_address: str
    base_url: str
    now: int


class Go(NamedTuple):
    """The message may leave."""


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


RULES = (
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
        lambda facts: not _is_secure(facts.base_url),
        "RFC 8058 section 3.1",
    ),
)


def decide(facts: Facts) -> GateVerdict:
    """Return the verdict of the first rule that objects; Go if none does."""
    for rule in RULES:
        if facts.mail_class in rule.classes:
            objection = rule.check(facts)
            if objection is True:
                return Stop(rule.name, rule.name)
            if objection is not False and objection > facts.now:
                return Wait(objection, rule.name)
    return Go()


def _is_secure(base_url: str) -> bool:
    """Return whether a URL is https or on this machine, where no third party can read the traffic."""
    parts = urlsplit(base_url)
    return parts.scheme == "https" or _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
