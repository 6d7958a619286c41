"""Explains for a person and an email what each rule of the gate says, with its facts: “Why not me?”."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.contacts import place, zones
from server.sending import gate, gate_facts
from server.sending.gate import GateVerdict, Outcome
from server.sending.gate_facts import Asked, Candidate
from server.settings import Settings
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.suppressions import SuppressionsOfAddressRow

RULES = {  # what each rule asks for
    "campaign_stopped": "The campaign was not stopped",
    "already_sent": "The person has not had this campaign before",
    "past_deadline": "The deadline has not passed",
    "suppressed_all": "The address may get mail",
    "suppressed_marketing": "The person has not left marketing mail",
    "no_postal_address": "The email carries the sender's postal address",
    "insecure_base_url": "One-click unsubscribe works over https",
    "campaign_paused": "The campaign is not paused",
    "capped": "The person has not had too many marketing emails lately",
    "closed_hours": "The law allows advertising at this hour",
}
NOT_ASKED = {  # what it means that a rule has nothing to compare with
    "hours_off": "This installation does not apply the hours of the law: its setting marketing_hours is “any”.",
    "no_law": "Acto knows no law of this country that limits the hours of advertising.",
    "no_limit": "No limit is set.",
    "this_machine": "The links lead to this computer, where https is not needed.",
}


class Line(NamedTuple):
    """One rule: `asks` is an English sentence of RULES, `not_asked` one of NOT_ASKED for a rule without effect here, else ''."""

    outcome: Outcome
    asks: str
    not_asked: str


class Explained(NamedTuple):
    """`there` is the local time of the person; `is_assumed` tells that country or zone are those of the settings. `lately` counts
    the marketing messages that left to them in the last seven days.
    """

    candidate: Candidate
    verdict: GateVerdict
    lines: list[Line]
    suppressions: list[SuppressionsOfAddressRow]
    country: str
    zone: str
    there: datetime
    is_assumed: bool
    lately: int


def explain(tx: Session, settings: Settings, contact_id: str, mail_class: str, now: int) -> Explained | None:
    """Return what the gate says about one more email of this class to a contact now; None for an unknown contact."""
    (candidate,) = gate_facts.load(tx, settings, [Asked(contact_id, mail_class)], now)
    if candidate is None:
        return None
    contact = candidate.contact
    zone = place.zone(contact, settings)
    return Explained(
        candidate=candidate,
        verdict=gate.decide(candidate.facts),
        lines=[_line(each, candidate.facts, settings) for each in gate.outcomes(candidate.facts)],
        suppressions=tx.suppressions.of_address(address_key=contact["email_key"]),
        country=place.country(contact, settings),
        zone=zone,
        there=datetime.fromtimestamp(now / 1000, zones.of(zone)),
        is_assumed=not (contact["country"] or contact["time_zone"]),
        lately=len(tx.gate.recent(ids=jsontext.dumps([contact_id]), since_at=now - 7 * gate_facts.DAY_MS)),
    )


def _line(outcome: Outcome, facts: gate.Facts, settings: Settings) -> Line:
    missing = {
        "closed_hours": "" if facts.window else "no_law" if settings.marketing_hours == "law" else "hours_off",
        "capped": "" if facts.caps else "no_limit",
        "insecure_base_url": "this_machine" if gate.is_loopback(facts.base_url) else "",
    }
    name = missing.get(outcome.rule.name, "") if outcome.says == "goes" else ""
    return Line(outcome, RULES[outcome.rule.name], NOT_ASKED[name] if name else "")
