"""Expands due campaigns into messages, page by page, and moves the messages of paused, resumed and stopped ones: the worker's hook.

A page is one transaction that also advances the campaign, so that a killed worker loses and repeats nothing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from server import email_versions, jsontext
from server.campaigns import audience, plans
from server.contacts import place
from server.reasons import reason
from server.sending import gate, gate_facts
from server.sending.gate import NEVER
from server.sending.gate_facts import Asked, Candidate
from server.settings import Settings
from server.store import Session, Store, StoreUnavailable, first_id

if TYPE_CHECKING:
    from builder.catalog import EmailSource
    from server.store.queries.campaigns import CampaignsRow
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesEnqueueManyValues

PAGE = 250  # people a transaction: an answer hardly waits for it
PAGES = 20  # a second, at most
MOVED = 2000  # messages a transaction that are paused, resumed or stopped
ANSWERS_MS, AGAIN_MS = 30 * 86_400_000, 600_000  # a campaign that has ended is counted for so long, and so often
QUICK_MS, SLOW_MS, MANY = 2_000, 15_000, 50_000  # between two counts, for more than MANY people the slower one
log = logging.getLogger("acto.campaigns")
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def hook(store: Store, settings: Settings) -> Callable[[int], None]:
    """Return the periodic job of the worker, `job(now)`."""
    return lambda now: advance(store, settings, now)


def advance(store: Store, settings: Settings, now: int, pages: int = PAGES) -> None:
    """Expand what is due, move what was paused, resumed or stopped, and count."""
    with store.read() as tx:
        due, working, stopped = tx.campaigns.to_expand(now=now), tx.campaigns.in_work(), tx.campaigns.to_stop(limit=9)
        ended = tx.campaigns.to_count_again(since_at=now - ANSWERS_MS, counted_at=now - AGAIN_MS, limit=3)
    for campaign in due:
        _expand_or_pause(store, settings, campaign, now, pages)
    for campaign in working:
        move(store, campaign)
        _count(store, campaign, now)
    for campaign in ended:
        count(store, campaign, now)
    for row in stopped:
        with store.read() as tx:
            stopped_one = plans.find(tx, row["id"])
        move(store, stopped_one)
        _count(store, stopped_one, now)


def count(store: Store, campaign: CampaignsRow, now: int) -> None:
    """Count the messages by state and the people who answered, and end a campaign whose last message is final."""
    with store.read() as tx:
        counts = {row["state"]: row["total"] for row in tx.campaigns.states(id=campaign["id"])}
        answered = tx.campaigns.answered(id=campaign["id"])
    people = sum(counts.values()) if campaign["expanded"] else max(campaign["people"], sum(counts.values()))

    def write(tx: Session) -> None:
        tx.campaigns.count(
            id=campaign["id"], counts=jsontext.dumps(counts | {"answered": answered}), people=people, now=now
        )
        tx.campaigns.finish(id=campaign["id"], now=now)

    store.write(write)


def counted(store: Store, campaign: CampaignsRow, now: int) -> CampaignsRow:
    """Count now, and return the campaign as it is then."""
    count(store, campaign, now)
    with store.read() as tx:
        return plans.find(tx, campaign["id"])


def message_id(campaign_id: str, starts_at: int, contact_id: str) -> str:
    """Return the id of a campaign's message to a contact, always the same, so that no repetition makes a second one."""
    digest = int.from_bytes(hashlib.sha256(f"{campaign_id}/{contact_id}".encode()).digest()[:8], "big")
    return first_id(starts_at)[:10] + "".join(_LETTERS[digest >> 5 * at & 31] for at in range(10))


def _expand_or_pause(store: Store, settings: Settings, campaign: CampaignsRow, now: int, pages: int) -> None:
    """Expand a campaign; one that cannot be expanded is paused with the reason and does not hold up the others."""
    try:
        _expand(store, settings, campaign, now, pages)
    except StoreUnavailable:
        raise
    except Exception as error:
        log.exception("campaign %s could not be expanded", campaign["id"])
        why = reason("cannot", error)
        store.write(lambda tx: tx.campaigns.hold_up(id=campaign["id"], reason=why, now=now))


def _expand(store: Store, settings: Settings, campaign: CampaignsRow, now: int, pages: int) -> None:
    with store.read() as tx:
        source = email_versions.source(tx, campaign["version_id"])
    for _ in range(pages):
        advanced = _page(store, settings, campaign, source, now)
        if advanced is None:
            return
        campaign = advanced


def _page(
    store: Store, settings: Settings, campaign: CampaignsRow, source: EmailSource, now: int
) -> CampaignsRow | None:
    """Expand the next page; None after the last one, and when the campaign has changed meanwhile."""
    with store.read() as tx:
        people = audience.page(tx, jsontext.loads(campaign["rule"]), campaign["after_id"], PAGE, now)
        known = gate_facts.load(tx, settings, [_asked(campaign, each) for each in people], now, campaign="sending")
    rows = [_row(settings, campaign, source, each, now) for each in known if each is not None]
    last = people[-1]["id"] if people else campaign["after_id"]
    is_last = len(people) < PAGE

    def write(tx: Session) -> bool:
        advanced = tx.campaigns.expand(
            id=campaign["id"],
            after_id=campaign["after_id"],
            last_id=last,
            expanded=int(is_last),
            starts_at=campaign["starts_at"] or 0,
            version_id=campaign["version_id"],
            now=now,
        )
        if advanced and rows:
            tx.messages.enqueue_many(rows=rows)
        return bool(advanced)

    if not store.write(write) or is_last:
        return None
    return {**campaign, "after_id": last, "state": "sending"}


def _asked(campaign: CampaignsRow, contact: ContactsRow) -> Asked:
    return Asked(contact["id"], campaign["mail_class"], campaign_id=campaign["id"], deadline=campaign["deadline_at"])


def _row(
    settings: Settings, campaign: CampaignsRow, source: EmailSource, known: Candidate, now: int
) -> MessagesEnqueueManyValues:
    """Return the message with what the gate says of the moment at which it is due."""
    contact = known.contact
    due = plans.due_at(plans.of(campaign), place.zone(contact, settings), now)
    verdict = gate.decide(gate.at(known.facts, due))
    waits = verdict if isinstance(verdict, gate.Wait) else None
    stops = verdict if isinstance(verdict, gate.Stop) else None
    return {
        "contact_id": contact["id"],
        "id": message_id(campaign["id"], campaign["starts_at"] or 0, contact["id"]),
        "email": campaign["email"],
        "version_id": campaign["version_id"],
        "language": source.speaks(contact["language"]),
        "mail_class": campaign["mail_class"],
        "stream": campaign["stream"],
        "topic": source.topic,
        "data": campaign["data"],
        "recipients": campaign["people"],
        "campaign_id": campaign["id"],
        "deadline_at": campaign["deadline_at"],
        "state": "stopped" if stops else "queued",
        "reason": stops.reason if stops else waits.reason if waits else "own_hour" if due > now else "",
        "next_attempt_at": waits.until_ms if waits else due,
        "now": now,
    }


def move(store: Store, campaign: CampaignsRow) -> None:
    """Park, unpark or stop up to MOVED of its queued messages, as its state asks; harmless to repeat."""
    if campaign["state"] == "stopped":
        store.write(lambda tx: tx.campaigns.stop_messages(id=campaign["id"], limit=MOVED))
    elif campaign["state"] == "paused":
        store.write(lambda tx: tx.campaigns.park(id=campaign["id"], never=NEVER, limit=MOVED))
    elif campaign["state"] == "sending":
        with store.read() as tx:
            parked = tx.campaigns.parked(id=campaign["id"], never=NEVER)
        if parked:
            store.write(lambda tx: tx.campaigns.unpark(id=campaign["id"], never=NEVER, limit=MOVED))


def _count(store: Store, campaign: CampaignsRow, now: int) -> None:
    """Count when the last count is old; a large campaign is counted less often, because counting reads all its messages."""
    if campaign["state"] != "scheduled" and now - campaign["counted_at"] >= (
        SLOW_MS if campaign["people"] > MANY else QUICK_MS
    ):
        count(store, campaign, now)
