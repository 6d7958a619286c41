"""Segments by the API: saved, counted, and read page by page."""

from __future__ import annotations

from server.contacts import tags
from server.flows import flow_store, model
from tests.server.segments.test_saved import VIP
from tests.server.segments.test_using import RULE
from tests.server.web.api.program import Program
from tests.server.world import World


def test_a_program_saves_a_segment_counts_it_and_reads_its_people(world: World, crm: Program) -> None:
    world.store.write(lambda tx: tags.change(tx, world.people["ana"]["id"], "vip", "crm", world.now))
    made = crm.call("create_segment", body={"name": "VIP", "rule": VIP})
    assert (made.status_code, made.json["sentence"]) == (201, "Has the tag “vip”")
    segment_id = made.json["id"]
    assert crm.call("get_segment", segment_id).json == made.json == crm.call("list_segments").json["data"][0]
    assert crm.call("count_segment", segment_id).json == {"people": 1, "exact": True}
    (person,) = crm.call("list_segment_people", segment_id).json["data"]
    assert person["email"] == world.people["ana"]["email"]
    for wrong in ({"name": "vip", "rule": VIP}, {"name": "x", "rule": {"is": "sql"}}):
        assert crm.call("create_segment", body=wrong).status_code == 409
    assert crm.call("get_segment", "none").status_code == 404
    everybody = crm.call("create_segment", body={"name": "Everybody", "rule": {"all": []}}).json["id"]
    first = crm.call("list_segment_people", everybody, limit=1).json
    second = crm.call("list_segment_people", everybody, limit=1, cursor=first["next"]).json
    assert {first["data"][0]["id"], second["data"][0]["id"]} == {row["id"] for row in world.people.values()}
    assert second["next"] is None


def test_a_program_renames_archives_and_deletes_a_segment(world: World, crm: Program) -> None:
    made = crm.call("create_segment", body={"name": "VIP", "rule": VIP}, key="once").json
    assert crm.call("create_segment", body={"name": "VIP", "rule": VIP}, key="once").json == made
    renamed = crm.call("change_segment", made["id"], body={"name": "Partners"}).json
    assert (renamed["name"], renamed["rule"], renamed["archived"]) == ("Partners", VIP, False)
    everybody = crm.call("change_segment", made["id"], body={"rule": {"all": []}}).json
    assert (everybody["name"], everybody["sentence"]) == ("Partners", "Everybody")
    assert crm.call("change_segment", made["id"], body={"archived": True}).json["archived"]
    assert crm.call("list_segments").json["data"] == []
    crm.call("create_segment", body={"name": "Others", "rule": VIP})
    for wrong in ({"name": "OTHERS"}, {"rule": {"is": "sql"}}):
        assert crm.call("change_segment", made["id"], body=wrong).status_code == 409
    flow = model.of_rule("call", {**RULE, "if": {"segment": "Partners"}})
    world.store.write(lambda tx: flow_store.save(tx, flow, "crm", world.now))
    refused = crm.call("delete_segment", made["id"])
    assert refused.status_code == 409 and "the flow “call”" in refused.json["detail"]
    world.store.write(lambda tx: flow_store.remove(tx, "call", "crm", world.now))
    assert crm.call("delete_segment", made["id"]).status_code == 204
    assert crm.call("delete_segment", made["id"]).status_code == 404
    assert crm.call("change_segment", made["id"], body={}).status_code == 404
