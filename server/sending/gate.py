"""May this message leave now? Pure: a table of rules and the function that asks them in order."""

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
    """What the rules may know of a message at `now` (ms); `suppressed` are the scopes of its address."""

    mail_class: str
    suppressed: frozenset[str]
    postal_address: str
    base_url: str
    now: int


class Go(NamedTuple):
    """It may leave."""


class Stop(NamedTuple):
    """It must not leave; `reason` is stored with it (server/reasons.py has its sentence)."""

    rule: str
    reason: str


class Wait(NamedTuple):
    """Not before `until_ms`."""

    until_ms: int
    reason: str


Verdict = Go | Stop | Wait


class Rule(NamedTuple):
    """`check` gives True (stop), a moment in ms (wait until then) or False; `source` is why the rule exists."""

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


def decide(facts: Facts) -> Verdict:
    """The first rule that objects decides; none means Go."""
    for rule in RULES:
        if facts.mail_class in rule.classes:
            objection = rule.check(facts)
            if objection is True:
                return Stop(rule.name, rule.name)
            if objection is not False and objection > facts.now:
                return Wait(objection, rule.name)
    return Go()


def _is_secure(base_url: str) -> bool:
    """https, or this very machine, where nobody can listen in and no recipient is."""
    parts = urlsplit(base_url)
    return parts.scheme == "https" or _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
