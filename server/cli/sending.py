"""Queues one email for one person or for all contacts: the work of `acto send`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from server.campaigns import contents, expanding, plans, steps
from server.campaigns.plans import Plan
from server.cli import language, segments
from server.contacts import contacts
from server.contacts.addresses import BadAddress
from server.emails import homes
from server.errors import CannotDo
from server.sending import send as sender
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow
    from server.store.queries.contacts import ContactsRow

BY_WHOM = "acto send"
NOBODY = "There are no contacts yet. `acto import contacts FILE.csv` imports them."


def send(
    store: Store,
    settings: Settings,
    email: str,
    address: str | None,
    segment: str | None,
    data: str | None,
    now: int,
    progress: Callable[[int, int], None],
) -> int:
    """Queue the email and return the number of messages. Raises CannotDo and BrokenTemplate.

    It goes to an address, to the people of a segment, or without both to everybody.
    """
    given = _data(data)
    if address is None:
        audience = _segment(store, segment) if segment else {"everybody": True}
        plan = Plan(email, audience, data=given, time_zone=settings.default_time_zone)
        return _to_many(store, settings, plan, now, progress)
    with store.read() as tx:
        source = sender.check_files(settings, email, homes.find(tx, settings, email))
        contents.refuse_forbidden(tx, settings, source, language.current(), now)
    return sender.queue(store, source, [_one(store, address, now)], now, given, progress=progress)


def _to_many(store: Store, settings: Settings, plan: Plan, now: int, progress: Callable[[int, int], None]) -> int:
    """Start a campaign at once, without the minute for undoing it that a page gives, and expand it here.

    A worker that runs meanwhile may expand a part of it; interrupted, it expands the rest.
    """
    nobody = NOBODY if "everybody" in plan.audience else steps.NOBODY
    ready = steps.check(store, settings, plan, language.current(), now, 0, nobody)

    def write(tx: Session) -> CampaignsRow:
        campaign_id = plans.add(tx, ready.plan, BY_WHOM, now)
        return steps.begin(tx, settings, campaign_id, ready, BY_WHOM, now, others=False)

    started = store.write(write)
    campaign = started["id"]
    while not started["expanded"]:
        expanding.advance(store, settings, now, pages=1)
        with store.read() as tx:
            started = plans.find(tx, campaign)
            progress(sum(row["total"] for row in tx.campaigns.states(id=campaign)), started["people"])
        if not started["expanded"] and started["state"] not in ("scheduled", "sending"):
            raise CannotDo(
                steps.NOT_NOW[started["state"]]
            )  # somebody paused or stopped it, or it could not be expanded
    return started["people"]


def _segment(store: Store, name: str) -> dict[str, Any]:
    with store.read() as tx:
        return {"segment": segments.find(tx, name)["id"]}


def _one(store: Store, address: str, now: int) -> ContactsRow:
    try:
        return store.write(lambda tx: contacts.find(tx, address) or contacts.upsert(tx, address, now))
    except BadAddress as error:
        raise CannotDo(f"{error}") from error


def _data(text: str | None) -> dict[str, Any]:
    try:
        data = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        raise CannotDo(f"--data is not JSON: {error}.") from error
    if not isinstance(data, dict):
        raise CannotDo('--data must be a JSON object, like {"order": {"number": "A-17"}}.')
    return data
