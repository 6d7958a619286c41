"""Segments where others use them: a flow that starts for their people alone, a campaign, a report."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote_plus

import pytest

from server.campaigns import audience, plans
from server.contacts import tags
from server.errors import CannotDo
from server.flows import flow_store, matching, model, references, toml, validation
from server.flows.matching import Cause
from server.flows.stored_facts import StoredFacts
from server.segments import saved
from server.store import Session, Store
from tests.server.reports.test_campaign import deliver
from tests.server.world import World

ME = "ana@example.com"
VIP: Any = {"all": [{"is": "tag", "tag": "vip"}]}
RULE = {
    "title": "",
    "when": {"happens": "answered"},
    "if": {"segment": "Clientes"},
    "then": [{"do": "tag", "tag": "x"}],
}


def clients(store: Store, now: int) -> str:
    return store.write(lambda tx: saved.add(tx, "Clientes", VIP, ME, now))["id"]


def tag(world: World, name: str) -> None:
    world.store.write(lambda tx: tags.change(tx, world.people[name]["id"], "vip", ME, world.now))


def test_a_flow_starts_only_for_the_people_of_its_segment(world: World) -> None:
    clients(world.store, world.now)
    tag(world, "ana")
    flow = model.of_rule("call", RULE)
    with world.store.read() as tx:
        assert validation.check(flow, references.of(world.settings, tx)) == []
        for name, starts in (("ana", True), ("grace", False)):
            contact_id = world.people[name]["id"]
            cause, facts = Cause("answered", contact_id, world.now), StoredFacts(tx, contact_id)
            assert list(matching.fitting([flow], cause, facts, world.now)) == [flow] * starts
        gone = model.of_rule("call", {**RULE, "if": {"segment": "Client"}})
        (mistake,) = validation.check(gone, references.of(world.settings, tx))
        assert mistake.name == "no_segment"
        assert not matching.holds(gone, StoredFacts(tx, world.people["ana"]["id"]), world.now)


def test_a_segment_that_a_flow_uses_is_renamed_and_the_flow_goes_on(world: World) -> None:
    segment_id = clients(world.store, world.now)
    kept = world.store.write(lambda tx: flow_store.save(tx, model.of_rule("call", RULE), ME, world.now))
    world.store.write(lambda tx: saved.change(tx, segment_id, "Otros “ñ”", VIP, ME, world.now))
    tag(world, "ana")
    with world.store.read() as tx:
        (active,) = flow_store.active(tx, tx.flows.stamp()).of("answered")
        assert matching.holds(active, StoredFacts(tx, world.people["ana"]["id"]), world.now)
        assert not matching.holds(active, StoredFacts(tx, world.people["grace"]["id"]), world.now)
        shown = flow_store.by_name(tx, "call")
        assert shown and shown.only == {"segment": "Otros “ñ”"}
        assert flow_store.all_of_them(tx) == [shown]
        assert validation.check(shown, references.of(world.settings, tx)) == []
    again = world.store.write(lambda tx: flow_store.save(tx, shown, ME, world.now))
    assert again.version == kept.version == 1, "a new name of the segment is no new version of the flow"
    assert 'segment = "Otros “ñ”"' in toml.write(shown)


def test_deleting_a_used_segment_is_refused_with_the_flows_and_campaigns_that_use_it(store: Store, now: int) -> None:
    segment_id = clients(store, now)
    store.write(lambda tx: flow_store.save(tx, model.of_rule("call", RULE), ME, now))
    plan = plans.Plan("diagnosis", {"segment": segment_id}, time_zone="America/Bogota")
    store.write(lambda tx: plans.add(tx, plan, ME, now))
    with pytest.raises(CannotDo) as refusal:
        store.write(lambda tx: saved.delete(tx, segment_id))
    assert "the campaign with the email “diagnosis”; the flow “call”" in str(refusal.value)
    assert "el flujo «call»" in refusal.value.sentence("es")
    other = store.write(lambda tx: saved.add(tx, "Call", VIP, ME, now))["id"]
    store.write(lambda tx: saved.delete(tx, other))


def test_a_started_campaign_keeps_the_rule_of_its_segment(world: World) -> None:
    segment_id = clients(world.store, world.now)
    tag(world, "ana")

    def fix(tx: Session) -> dict[str, Any]:
        return audience.fixed(tx, {"segment": segment_id}, world.now)

    with world.store.read() as tx:
        kept = fix(tx)
        assert audience.count(tx, {"segment": segment_id}, world.now, 9) == 1
    world.store.write(lambda tx: saved.change(tx, segment_id, "Clientes", {"all": []}, ME, world.now))
    tag(world, "grace")
    with world.store.read() as tx:
        assert kept == {"rule": VIP, "as_of": world.now}
        assert len(audience.page(tx, kept, "", 9, world.now + 1)) == 2
        assert audience.fixed(tx, kept, world.now + 9) == kept
        with pytest.raises(CannotDo):
            audience.page(tx, {"segment": "gone"}, "", 9, world.now)


def test_the_people_of_a_bar_and_those_who_kept_silent_become_a_segment(world: World) -> None:
    deliver(world)
    world.post("ana", "need", "crm", gesture="pointer")
    browser = world.member("marketer")
    for page, expected in (
        (
            "/reports/diagnosis/who?block=need&value=crm",
            [{"is": "answered", "email": "diagnosis", "question": "need", "options": ["crm"]}],
        ),
        ("/reports/diagnosis/people/silent", [{"is": "silent", "email": "diagnosis"}]),
    ):
        found = re.search(r'href="/segments/-/new\?rule=([^"]+)"', browser.get(page).text)
        assert json.loads(unquote_plus(found[1])) == {"all": expected}
    assert "/segments/-/new" not in browser.get("/reports/diagnosis/who?block=need&value=crm&state=machine").text
    assert "/segments/-/new" not in world.member("sales").get("/reports/diagnosis").text
