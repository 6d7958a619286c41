"""Decides which formats of an email are sent: one table of rules, checked for each email and each message.

A format is on when every rule with its name holds. WORDS explains each rule for lint, reports and previews.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from builder.blocks import DECLARATIONS

Format = Literal["html", "kinetic", "amp", "gmail", "card", "text", "mailto", "calendar"]
FORMATS: tuple[Format, ...] = ("html", "kinetic", "amp", "gmail", "card", "text", "mailto", "calendar")
HTML_MAX_BYTES = 80_000  # leaves room below Gmail's clipping at 102 kB, because the kinetic part writes blocks twice
AMP_MAX_BYTES = 200_000
FRESH_DAYS = 30  # an older message may ask out of date, so it leads to the page, which is current


@dataclass(frozen=True)
class Facts:
    """The input of the rules. `kinds` are the kinds of block in the email; `recipients` is the number of people in this send."""

    mail_class: str
    kinds: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()  # formats the author has switched off
    kinetic_choices: bool = False  # whether the author wants choices too to be shown before they are sent
    html_bytes: int = 0
    amp_bytes: int = 0
    amp_losses: bool = False
    invitation: bool = False
    https: bool = False
    amp_sender: bool = False  # whether the vendor has registered the address we send from
    gmail_sender: bool = False
    card_originator: bool = False
    reply_domain: bool = False
    recipients: int = 1
    age_days: int = 0


class Rule(NamedTuple):
    """One condition of a format. `of` says whether it depends on the email, the sender or the message."""

    format: Format
    name: str
    holds: Callable[[Facts], bool]
    of: Literal["email", "sender", "message"]


class FormatVerdict(NamedTuple):
    """The decision on one format: whether it is sent and, if not, the names of the rules that fail."""

    on: bool
    why: tuple[str, ...] = ()


def _asks(format_: Format) -> Rule:
    return Rule(format_, "no_block", lambda facts: bool(facts.kinds & carried(format_)), "email")


def _wanted(format_: Format) -> Rule:
    return Rule(format_, "switched_off", lambda facts: format_ not in facts.off, "email")


def _https(format_: Format) -> Rule:
    return Rule(format_, "no_https", lambda facts: facts.https, "sender")


def _no_promotion(format_: Format) -> Rule:
    return Rule(format_, "bulk_promotion", lambda f: f.mail_class == "transactional" or f.recipients == 1, "message")


def _young(format_: Format) -> Rule:
    return Rule(format_, "too_old", lambda facts: facts.age_days <= FRESH_DAYS, "message")


RULES: tuple[Rule, ...] = (
    _wanted("kinetic"),
    _asks("kinetic"),
    Rule("kinetic", "one_tap_is_less", lambda facts: facts.kinetic_choices or "explore" in facts.kinds, "email"),
    Rule("kinetic", "html_too_large", lambda facts: facts.html_bytes <= HTML_MAX_BYTES, "email"),
    _wanted("amp"),
    _asks("amp"),
    Rule("amp", "not_in_amp", lambda facts: not facts.amp_losses, "email"),
    Rule("amp", "amp_too_large", lambda facts: facts.amp_bytes <= AMP_MAX_BYTES, "email"),
    Rule("amp", "with_invitation", lambda facts: not facts.invitation, "email"),
    _https("amp"),
    Rule("amp", "amp_not_registered", lambda facts: facts.amp_sender, "sender"),
    _young("amp"),
    _wanted("gmail"),
    _asks("gmail"),
    _no_promotion("gmail"),
    _https("gmail"),
    Rule("gmail", "gmail_not_registered", lambda facts: facts.gmail_sender, "sender"),
    _wanted("card"),
    _asks("card"),
    _no_promotion("card"),
    _https("card"),
    Rule("card", "no_originator", lambda facts: facts.card_originator, "sender"),
    _young("card"),
    _wanted("mailto"),
    _asks("mailto"),
    Rule("mailto", "no_reply_domain", lambda facts: facts.reply_domain, "sender"),
    _wanted("calendar"),
    Rule("calendar", "no_invitation", lambda facts: facts.invitation, "email"),
)


def carried(format_: str) -> frozenset[str]:
    """Return the kinds of block that a format can ask."""
    return frozenset(each.kind for each in DECLARATIONS.values() if format_ not in each.without)


@lru_cache(maxsize=512)
def decide(facts: Facts) -> dict[Format, FormatVerdict]:
    """Decide each format; html and text are always on. Cached by the facts."""
    return {format_: _verdict(format_, facts) for format_ in FORMATS}


def _verdict(format_: Format, facts: Facts) -> FormatVerdict:
    broken = tuple(rule.name for rule in RULES if rule.format == format_ and not rule.holds(facts))
    return FormatVerdict(not broken, broken)


def possible(facts: Facts) -> frozenset[Format]:
    """Return the formats that the email itself allows, before the rules of the sender and the message."""
    broken = {rule.format for rule in RULES if rule.of == "email" and not rule.holds(facts)}
    return frozenset(FORMATS) - broken


WORDS: dict[str, str] = {
    "no_block": "it has no block that this format can ask",
    "switched_off": "the email switches it off",
    "one_tap_is_less": "choosing in the mail and then sending takes two taps; [formats] kinetic = true asks for it all the same",
    "html_too_large": f"the html is over {HTML_MAX_BYTES:,} bytes, and this would add to it",
    "not_in_amp": "something in it cannot be shown in AMP; see the warnings",
    "amp_too_large": f"the AMP part is over {AMP_MAX_BYTES:,} bytes",
    "with_invitation": "a calendar invitation and AMP cannot be in one message",
    "no_https": "base_url is not https, and this format calls the server from the mail client",
    "amp_not_registered": "the sender is not registered for AMP (setting amp_registered of its stream)",
    "gmail_not_registered": "the sender is not registered for Gmail actions (setting gmail_registered of its stream)",
    "no_originator": "there is no provider id for Outlook cards (setting outlook_originator of its stream)",
    "bulk_promotion": "vendors forbid this format on promotional mail to many",
    "too_old": f"it was decided more than {FRESH_DAYS} days before it leaves, and what it asks may have passed",
    "no_reply_domain": "no domain takes answers by mail (setting reply_domain)",
    "no_invitation": "the email is no invitation ([invitation] in email.toml)",
}
