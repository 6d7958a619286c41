"""The effects of one endpoint, one after the other: claimed, sent, and what became of each written down at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from server import jsontext
from server.flows import corrections, executors, outcomes, team, webhook_call
from server.flows.outcomes import Effect, Gone, Stopped
from server.flows.reasons import reason
from server.http_client.client import Door
from server.settings import Settings
from server.store import Session, Store
from server.webhooks import bodies

TOGETHER_MOST = 8


class Ready(NamedTuple):
    """An effect claimed, with the endpoint and what it is to be sent, or why not."""

    effect: Effect
    stopped: Stopped | Gone | None
    endpoint: Mapping[str, Any]
    body: str


def some(store: Store, settings: Settings, door: Door, name: str, owner: str, clock: Callable[[], int]) -> bool:
    """The next few of an endpoint; whether there were any."""
    now, lease = clock(), settings.lease_seconds
    limit = max(
        1, min(TOGETHER_MOST, int(lease / door.timeout_seconds) - 1)
    )  # however slow it is, all within the lease
    claim = {"endpoint": name, "owner": owner, "now": now, "lease_until": now + lease * 1000, "limit": limit}
    claimed = store.write(lambda tx: [_ready(tx, settings, row) for row in tx.effects.claim(**claim)])
    for each in sorted(claimed, key=lambda each: (each.effect["next_attempt_at"], each.effect["id"])):
        _call(store, door, each, owner, clock)
    return bool(claimed)


def _call(store: Store, door: Door, ready: Ready, owner: str, clock: Callable[[], int]) -> None:
    effect, stopped, endpoint, body = ready
    if stopped:
        store.write(lambda tx: outcomes.finish(tx, effect, owner, stopped, clock()))
        return
    called = webhook_call.call(door, endpoint, effect["id"], body, clock())

    def write(tx: Session) -> None:
        outcomes.finish(tx, effect, owner, called.outcome, clock(), called.call)
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


def _ready(tx: Session, settings: Settings, effect: Effect) -> Ready:
    """What is sent is written down before it is: after a crash and with every later try it is the same, under the same id."""
    endpoint = tx.endpoints.by_name(name=effect["endpoint"])
    if endpoint is None:
        return Ready(effect, Stopped(reason("no_endpoint", effect["endpoint"])), {}, "")
    contact = tx.contacts.by_id(id=effect["contact_id"]) if effect["contact_id"] else None
    stopped = _stopped(tx, effect, endpoint, contact)
    if stopped or effect["body"]:
        return Ready(effect, stopped, endpoint, effect["body"])
    lead = tx.leads.by_contact(contact_id=effect["contact_id"])
    url = team.lead_url(settings, effect["contact_id"]) if contact else settings.base_url
    body = webhook_call.body(read(effect), endpoint, contact, lead, url)
    tx.effects.set_body(contact_id=effect["contact_id"], id=effect["id"], body=body)
    return Ready(effect, None, endpoint, body)


def _stopped(
    tx: Session, effect: Effect, endpoint: Mapping[str, Any], contact: Mapping[str, Any] | None
) -> Stopped | Gone | None:
    if effect["corrects"]:
        original = tx.effects.by_key(contact_id=effect["contact_id"], id=effect["corrects"])
        if not corrections.happened(original):
            return Gone(reason("nothing_to_correct"))
        if not bodies.SHAPES[endpoint["shape"]].corrects:
            return Stopped(reason("cannot_correct", bodies.SHAPES[endpoint["shape"]].title))
    if not endpoint["active"]:
        return Stopped(reason("endpoint_off", endpoint["name"]))
    if effect["contact_id"] and contact is None:
        return Stopped(reason("no_contact"))
    return None if effect["corrects"] else executors.refused(tx, effect, contact)
