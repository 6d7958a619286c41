"""Sends the due effects of one endpoint, one after another, and stores the outcome of each at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from server.flows import corrections, executors, outcomes, team, webhook_call, words
from server.flows.outcomes import EffectGone, Stopped
from server.http_client.client import Door
from server.reasons import reason
from server.settings import Settings
from server.store import Session, Store
from server.webhooks import bodies

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.effects import EffectsRow
    from server.store.queries.endpoints import EndpointsRow

TOGETHER_MOST = 8


class Ready(NamedTuple):
    """A claimed effect with its endpoint and body, or why it is not sent."""

    effect: EffectsRow
    stopped: Stopped | EffectGone | None
    endpoint: EndpointsRow | None
    body: str


def some(store: Store, settings: Settings, door: Door, name: str, owner: str, clock: Callable[[], int]) -> bool:
    """Send the next few effects of an endpoint; return whether there were any."""
    now, lease = clock(), settings.lease_seconds
    limit = max(
        1, min(TOGETHER_MOST, int(lease / door.timeout_seconds) - 1)
    )  # few enough to end within the lease, even with time-outs
    claimed = store.write(lambda tx: _claim(tx, settings, name, owner, now, limit))
    for each in sorted(claimed, key=lambda each: (each.effect["next_attempt_at"], each.effect["id"])):
        _call(store, door, each, owner, clock)
    return bool(claimed)


def _claim(tx: Session, settings: Settings, name: str, owner: str, now: int, limit: int) -> list[Ready]:
    until = now + settings.lease_seconds * 1000
    rows = tx.effects.claim(endpoint=name, owner=owner, now=now, lease_until=until, limit=limit)
    return [_ready(tx, settings, row) for row in rows]


def _call(store: Store, door: Door, ready: Ready, owner: str, clock: Callable[[], int]) -> None:
    effect, stopped, endpoint, body = ready
    if stopped or endpoint is None:
        stopped = stopped or _no_endpoint(effect)
        store.write(lambda tx: outcomes.finish(tx, effect, owner, stopped, clock()))
        return
    called = webhook_call.call(door, endpoint, effect["id"], body, clock())

    def write(tx: Session) -> None:
        outcomes.finish(tx, effect, owner, called.outcome, clock(), called.call)
        if called.off:
            tx.endpoints.switch(name=endpoint["name"], active=0, reason=reason("gone_for_good"))
            tx.effects.stop_endpoint(endpoint=endpoint["name"], reason=reason("endpoint_off", endpoint["name"]))

    store.write(write)


def _ready(tx: Session, settings: Settings, effect: EffectsRow) -> Ready:
    """Store the body before it is sent, so that after a crash and on every retry the call has the same body and id."""
    endpoint = tx.endpoints.by_name(name=effect["endpoint"])
    if endpoint is None:
        return Ready(effect, _no_endpoint(effect), None, "")
    contact = tx.contacts.by_id(id=effect["contact_id"]) if effect["contact_id"] else None
    stopped = _stopped(tx, effect, endpoint, contact)
    if stopped or effect["body"]:
        return Ready(effect, stopped, endpoint, effect["body"])
    lead = tx.leads.by_contact(contact_id=effect["contact_id"])
    url = team.lead_url(settings, effect["contact_id"]) if contact else settings.base_url
    body = webhook_call.body(words.read(effect), endpoint, contact, lead, url)
    tx.effects.set_body(contact_id=effect["contact_id"], id=effect["id"], body=body)
    return Ready(effect, None, endpoint, body)


def _no_endpoint(effect: EffectsRow) -> Stopped:
    return Stopped(reason("no_endpoint", effect["endpoint"]))


def _stopped(
    tx: Session, effect: EffectsRow, endpoint: EndpointsRow, contact: ContactsRow | None
) -> Stopped | EffectGone | None:
    if effect["corrects"]:
        original = tx.effects.by_key(contact_id=effect["contact_id"], id=effect["corrects"])
        if not corrections.happened(original):
            return EffectGone(reason("nothing_to_correct"))
        if not bodies.SHAPES[endpoint["shape"]].corrects:
            return Stopped(reason("cannot_correct", bodies.SHAPES[endpoint["shape"]].title))
    if not endpoint["active"]:
        return Stopped(reason("endpoint_off", endpoint["name"]))
    if effect["contact_id"] and contact is None:
        return Stopped(reason("no_contact"))
    return None if effect["corrects"] else executors.refused(tx, effect, contact)
