"""Stores flows with all of their versions, and caches the active ones until a flow changes.

A stored flow refers to its segment by id, so that the segment can be renamed; `by_name` and `all_of_them` return its current name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.accounts import audit
from server.flows import model, table
from server.flows.model import Flow
from server.segments import saved
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.flows import FlowsRow


class Active(NamedTuple):
    """The active flows, by their trigger."""

    by_trigger: Mapping[str, tuple[Flow, ...]]

    def of(self, happens: str) -> tuple[Flow, ...]:
        """Return the active flows with this trigger."""
        return self.by_trigger.get(happens, ())


NONE = Active({})
_held: dict[str, Active] = {}  # a stamp belongs to one state of one store, so that a cached entry never becomes stale
_HELD_MOST = 64


def active(tx: Session, stamp: str | None) -> Active:
    """Return the active flows; `stamp` is the store's current one, the key of the cache."""
    if not stamp:
        return NONE
    found = _held.get(stamp)
    if found is None:
        if len(_held) >= _HELD_MOST:
            _held.clear()
        found = _held[stamp] = _by_trigger(map(of_row, tx.flows.active()))
    return found


def save(tx: Session, flow: Flow, by_whom: str, now: int) -> Flow:
    """Store a flow. A new version is added only if its rule changed."""
    row = tx.flows.by_name(name=flow.name)
    rule = jsontext.dumps(_by_id(tx, flow).rule)
    version = tx.flows.last_version(name=flow.name) or 0
    if row is None or row["rule"] != rule:
        version += 1
        tx.flows.add_version(name=flow.name, version=version, rule=rule, by_whom=by_whom, now=now)
        audit.add(tx, by_whom, "flow.saved", flow.name, now, version=version)
    tx.flows.put(name=flow.name, version=version, active=int(flow.on), rule=rule, by_whom=by_whom, now=now)
    _changed(tx, now)
    return model.of_rule(flow.name, flow.rule, version, on=flow.on)


def switch(tx: Session, name: str, on: bool, by_whom: str, now: int) -> bool:
    """Switch a flow on or off; False for an unknown flow. Off: nothing new is planned, and planned effects are stopped when due."""
    changed = tx.flows.switch(name=name, active=int(on), by_whom=by_whom, now=now)
    _changed(tx, now)
    if changed:
        audit.add(tx, by_whom, "flow.on" if on else "flow.off", name, now)
    return changed == 1


def remove(tx: Session, name: str, by_whom: str, now: int) -> bool:
    """Remove a flow; its versions and runs are kept."""
    removed = tx.flows.remove(name=name)
    _changed(tx, now)
    if removed:
        audit.add(tx, by_whom, "flow.removed", name, now)
    return removed == 1


def by_name(tx: Session, name: str) -> Flow | None:
    """Return the flow of this name; None without one."""
    row = tx.flows.by_name(name=name)
    return _as_named(tx, of_row(row)) if row else None


def all_of_them(tx: Session) -> list[Flow]:
    """Return all flows, active or not."""
    return [_as_named(tx, of_row(row)) for row in tx.flows.all()]


def sending(tx: Session, email: str) -> list[Flow]:
    """Return the flows that send this email, active or not."""
    return [
        flow
        for flow in all_of_them(tx)
        if any(each["do"] in table.MAILS and each.get("email") == email for each in flow.then)
    ]


def of_row(row: FlowsRow) -> Flow:
    """Make a flow of a stored row, with the id of its segment."""
    return model.of_rule(row["name"], jsontext.loads(row["rule"]), row["version"], on=row["active"] == 1)


def _by_id(tx: Session, flow: Flow) -> Flow:
    """Put the id of the segment in place of its name; a name without a segment stays, and validation reports it."""
    row = saved.by_name(tx, flow.only["segment"]) if flow.only.get("segment") else None
    return replace(flow, only={**flow.only, "segment": row["id"]}) if row else flow


def _as_named(tx: Session, flow: Flow) -> Flow:
    """Put the name of the segment in place of its id."""
    row = tx.segments.by_id(id=flow.only["segment"]) if flow.only.get("segment") else None
    return replace(flow, only={**flow.only, "segment": row["name"]}) if row else flow


def _changed(tx: Session, now: int) -> None:
    tx.flows.set_stamp(stamp=new_id(now))


def _by_trigger(flows: Iterable[Flow]) -> Active:
    found: dict[str, tuple[Flow, ...]] = {}
    for flow in flows:
        found[flow.happens] = (*found.get(flow.happens, ()), flow)
    return Active(found)
