"""The effects of one endpoint, one after the other: claimed, sent, and what became of each written down at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from server import jsontext
from server.flows import carrying, outcomes
from server.flows.outcomes import Effect, Stopped
from server.flows.reasons import reason
from server.outside.http import Door
from server.settings import Settings
from server.store import Session, Store
from server.webhooks import calling

TOGETHER = 8  # with a slow receiver, so many times its timeout still lies within a lease of two minutes
LEASE_MS = 180_000


def some(store: Store, settings: Settings, door: Door, name: str, owner: str, clock: Callable[[], int]) -> bool:
    """The next few of an endpoint; whether there were any."""
    now = clock()
    claimed: list[dict[str, Any]] = store.write(
        lambda tx: tx.effects.claim(endpoint=name, owner=owner, now=now, lease_until=now + LEASE_MS, limit=TOGETHER)
    )
    for effect in sorted(claimed, key=lambda row: (row["next_attempt_at"], row["id"])):
        one(store, settings, door, effect, owner, clock)
    return bool(claimed)


def one(store: Store, settings: Settings, door: Door, effect: Effect, owner: str, clock: Callable[[], int]) -> None:
    """One call. What is sent is kept with the first try, and is the same with every later one."""
    with store.read() as tx:
        stopped, endpoint, text = _ready(tx, settings, effect)
    if stopped:
        store.write(lambda tx: outcomes.finish(tx, effect, owner, stopped, clock()))
        return
    called = calling.call(door, endpoint, read(effect), text, clock())

    def write(tx: Session) -> None:
        outcomes.finish(tx, effect, owner, called.outcome, clock(), called.call, text)
        if called.off:
            tx.endpoints.switch(name=endpoint["name"], active=0, reason=reason("gone_for_good"))
            tx.effects.stop_endpoint(endpoint=endpoint["name"], reason=reason("endpoint_off", endpoint["name"]))

    store.write(write)


def read(effect: Effect) -> dict[str, Any]:
    """The effect with its JSON read."""
    return {**effect, "cause": jsontext.loads(effect["cause"]), "details": details(effect)}


def details(effect: Effect) -> dict[str, Any]:
    found: dict[str, Any] = jsontext.loads(effect["details"])
    return found


def _ready(tx: Session, settings: Settings, effect: Effect) -> tuple[Stopped | None, Mapping[str, Any], str]:
    """The endpoint and what it is to be sent, or why not."""
    endpoint = tx.endpoints.by_name(name=effect["endpoint"])
    if endpoint is None:
        return Stopped(reason("no_endpoint", effect["endpoint"])), {}, ""
    if not endpoint["active"]:
        return Stopped(reason("endpoint_off", endpoint["name"])), endpoint, ""
    contact = tx.contacts.by_id(id=effect["contact_id"]) if effect["contact_id"] else None
    if effect["contact_id"] and contact is None:
        return Stopped(reason("no_contact")), endpoint, ""
    if stopped := carrying.refused(tx, effect, contact):
        return stopped, endpoint, ""
    if effect["body"]:
        return None, endpoint, effect["body"]
    lead = tx.leads.by_contact(contact_id=effect["contact_id"])
    url = carrying.lead_url(settings, effect["contact_id"]) if contact else settings.base_url
    return None, endpoint, calling.body(read(effect), endpoint, contact, lead, url)
