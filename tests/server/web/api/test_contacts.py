"""Contacts by the API: found, added, filled in."""

from __future__ import annotations

from typing import Any

from tests.server.web.api.program import Program


def test_a_crm_adds_lucia_finds_her_and_fills_her_in(crm: Program) -> None:
    added = crm.call("upsert_contact", body={"email": "Lucia@Clinica.example", "first_name": "Lucía"}).json
    again = crm.call("upsert_contact", body={"email": "lucia@clinica.example", "company": "Clínica Ferrer"}).json
    assert again["id"] == added["id"] and again["first_name"] == "Lucía"
    assert [row["company"] for row in crm.call("list_contacts", q="clinica lucia").json["data"]] == ["Clínica Ferrer"]
    assert crm.call("list_contacts", email="LUCIA@clinica.example").json["data"][0]["id"] == added["id"]
    assert crm.call("get_contact", added["id"]).json == again
    assert crm.call("list_contacts", updated_since=again["updated_at"]).json["data"] == [again]


def test_pages_hold_everybody_once_though_others_come_meanwhile(crm: Program) -> None:
    rows = [{"email": f"person{number}@example.com"} for number in range(5)]
    assert crm.call("upsert_contacts", body={"contacts": rows}).json == {"received": 5}
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = crm.call("list_contacts", limit=2, **cursor).json
        seen += [row["email"] for row in page["data"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
        crm.call("upsert_contact", body={"email": "person0@example.com", "company": f"{len(seen)}"})
    assert sorted(seen) == sorted({"ana@example.com", "grace@example.org", *(row["email"] for row in rows)})


def test_of_many_contacts_all_are_stored_or_none(crm: Program) -> None:
    reply = crm.call("upsert_contacts", body={"contacts": [{"email": "bo@example.com"}, {"email": "nobody"}]})
    assert reply.status_code == 422
    assert reply.json["errors"][0]["pointer"] == "/contacts/1/email"
    assert crm.call("list_contacts", q="bo@example").json["data"] == []
