"""Leads by the API: read as sales reads them, worked on as sales works on them."""

from __future__ import annotations

import pytest

from tests.server.web.api.program import Program
from tests.server.world import World


@pytest.fixture
def ana(world: World) -> str:
    """She answered, and is a lead."""
    world.post("ana", "need", "crm", gesture="pointer")
    world.add_member("sales", "bruno@example.com")
    return str(world.people["ana"]["id"])


def test_the_list_has_the_filters_of_sales_and_goes_on_where_it_ended(crm: Program, ana: str) -> None:
    crm.world.post("grace", "need", "follow_up", gesture="pointer")
    first = crm.call("list_leads", limit=1).json
    second = crm.call("list_leads", limit=1, cursor=first["next"]).json
    assert [*first["data"], *second["data"]] == crm.call("list_leads").json["data"]
    assert second["next"] is None
    assert first["data"][0]["worth"] >= second["data"][0]["worth"]
    assert [row["address"] for row in crm.call("list_leads", q="hill grace").json["data"]] == ["grace@example.org"]
    assert "dijo" in crm.call("list_leads", language="es", q="ana").json["data"][0]["reasons"][0]
    assert crm.call("list_leads", view="won").json["data"] == []
    assert crm.call("list_leads", owner="stranger@example.com").json["data"] == []


def test_a_crm_takes_plans_tags_and_wins_a_lead(crm: Program, ana: str) -> None:
    assert (
        crm.call("set_owner", ana, body={"owner": "bruno@example.com", "expected": ""}).json["owner"]
        == "bruno@example.com"
    )
    crm.call("set_next_step", ana, body={"step": "Call her", "next_on": "2027-03-01"})
    crm.call("add_note", ana, body={"text": "Prefers mornings."})
    crm.call("set_tags", ana, body={"add": ["fair", "vip"], "remove": ["vip"]})
    crm.call("set_stage", ana, body={"stage": "hot"})
    lead = crm.call("get_lead", ana).json
    told = (lead["owner"], lead["next_step"], lead["next_on"], lead["tags"], lead["stage"], lead["undecided"])
    assert told == ("bruno@example.com", "Call her", "2027-03-01", ["fair"], "hot", 0)
    assert len(crm.call("list_leads", owner="bruno@example.com", tag="fair", stage="hot").json["data"]) == 1
    won = crm.call("set_outcome", ana, body={"outcome": "won", "reason": "Signed."}).json
    assert won["outcome"] == "won"
    assert crm.call("set_outcome", ana, body={"outcome": ""}).json["outcome"] == ""
    assert crm.call("snooze", ana, body={"until": "2100-01-01"}).json["snoozed_until"] == "2100-01-01"
    with crm.world.store.read() as tx:
        assert {row["by_whom"] for row in tx.activities.of_contact(contact_id=ana) if row["kind"] == "note"} == {
            "API: CRM"
        }


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_cannot_be_done_with_a_lead_says_why(crm: Program, ana: str) -> None:
    taken = crm.call("set_owner", ana, body={"owner": "", "expected": "bruno@example.com"})
    assert taken.status_code == 200, "nobody had it, and nobody has it now"
    crm.call("set_owner", ana, body={"owner": "bruno@example.com"})
    conflict = crm.call("set_owner", ana, body={"owner": "", "expected": ""})
    assert conflict.status_code == 409 and "The owner of this lead is bruno@example.com" in conflict.json["detail"]
    wrong = [
        crm.call("set_owner", ana, body={"owner": "stranger@example.com"}),
        crm.call("set_next_step", ana, body={"step": "Call", "next_on": "soon"}),
        crm.call("add_note", ana, body={"text": " "}),
        crm.call("snooze", ana, body={"until": "never"}),
        crm.call("set_outcome", ana, body={"outcome": "lost"}),
        crm.call("set_tags", ana, body={"add": ["Big Fair"]}),
    ]
    pointers = [reply.json["errors"][0]["pointer"] for reply in wrong]
    assert pointers == ["/owner", "/next_on", "/text", "/until", "/reason", "/tag"]
    assert crm.call("get_lead", crm.world.people["grace"]["id"]).status_code == 404
