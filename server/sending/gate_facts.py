"""Loads the facts that the gate reads: for a whole batch of messages in three queries, from rows and settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from server import jsontext
from server.branding import brand
from server.contacts import place, public_holidays, suppressions, zones
from server.sending.gate import TEST, Cap, Facts
from server.sending.windows import LAWS, LegalHours
from server.settings import Settings
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.gate import GatePeopleRow

DAY_MS = 86_400_000


@dataclass(frozen=True)
class Asked:
    """A message that may leave, stored or only thought of. `message_id` is '' for one that does not exist yet."""

    contact_id: str
    mail_class: str
    message_id: str = ""
    purpose: str = ""
    campaign_id: str = ""
    deadline: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A contact as the gate's query returns it, with the facts of their message."""

    contact: GatePeopleRow
    facts: Facts


def load(
    tx: Session, settings: Settings, asked: Sequence[Asked], now: int, campaign: Literal["", "sending"] = ""
) -> list[Candidate | None]:
    """Return contact and facts for each message, in order; None where the contact is gone.

    `campaign` replaces the state of every campaign, for forecasts of campaigns that have not started.
    """
    ids = jsontext.dumps(sorted({each.contact_id for each in asked}))
    address = brand.current(tx, settings).address
    people = {row["id"]: row for row in tx.gate.people(ids=ids)}
    if any(each.purpose == TEST for each in asked):
        people |= {row["id"]: row for row in tx.gate.testers(ids=ids)}
    caps_ = caps(settings)
    recent = _recent(tx, ids, caps_, now)
    states = {name: campaign or _state(tx, name) for name in {each.campaign_id for each in asked if each.campaign_id}}
    sent = {name: _sent(tx, name, ids) for name in states}

    def one(each: Asked) -> Candidate | None:
        contact = people.get(each.contact_id)
        return contact and Candidate(contact, _facts(each, contact))

    def _facts(each: Asked, contact: GatePeopleRow) -> Facts:
        return Facts(
            mail_class=each.mail_class,
            suppressed=suppressions.scopes(contact["suppressed_all"], contact["suppressed_marketing"]),
            postal_address=address,
            base_url=settings.base_url,
            now=now,
            purpose=each.purpose,
            campaign=states.get(each.campaign_id, ""),
            already_sent=bool(sent.get(each.campaign_id, {}).get(each.contact_id, set()) - {each.message_id}),
            deadline=each.deadline,
            window=window(place.country(contact, settings), place.zone(contact, settings), settings.marketing_hours),
            caps=caps_,
            recent=recent.get(each.contact_id, ()),
        )

    return [one(each) for each in asked]


def of_email(tx: Session, settings: Settings, mail_class: str, now: int) -> Facts:
    """Return the facts that every message of this class shares, to learn whether the settings stop all of them."""
    return Facts(mail_class, frozenset(), brand.current(tx, settings).address, settings.base_url, now)


def caps(settings: Settings) -> tuple[Cap, ...]:
    """Return the caps that are set."""
    rows = ((settings.marketing_per_day, DAY_MS), (settings.marketing_per_week, 7 * DAY_MS))
    return tuple(Cap(most, window_ms) for most, window_ms in rows if most)


@lru_cache(maxsize=1024)
def window(country: str, zone: str, hours: str) -> LegalHours | None:
    """Return the hours of a country's law in a time zone; None where no law sets hours or the setting ignores it."""
    law = LAWS.get(country) if hours == "law" else None
    if law is None:
        return None
    return LegalHours(law, zones.of(zone), lambda day: public_holidays.is_one(country, day))


def _recent(tx: Session, ids: str, caps: Iterable[Cap], now: int) -> Mapping[str, tuple[int, ...]]:
    """Return when marketing left to each contact, newest first."""
    longest = max((cap.window_ms for cap in caps), default=0)
    found: dict[str, tuple[int, ...]] = {}
    for row in tx.gate.recent(ids=ids, since_at=now - longest) if longest else ():
        found[row["contact_id"]] = (*found.get(row["contact_id"], ()), row["begun_at"])
    return found


def _state(tx: Session, campaign_id: str) -> str:
    row = tx.campaigns.by_id(id=campaign_id)
    return row["state"] if row else ""


def _sent(tx: Session, campaign_id: str, ids: str) -> Mapping[str, set[str]]:
    """Return the messages of a campaign that have left, by contact."""
    found: dict[str, set[str]] = {}
    for row in tx.gate.sent_of_campaign(campaign_id=campaign_id, ids=ids):
        found.setdefault(row["contact_id"], set()).add(row["id"])
    return found
