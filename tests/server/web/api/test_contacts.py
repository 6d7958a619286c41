"""Contacts by the API: found, added, filled in."""

from __future__ import annotations

from typing import Any

import pytest

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


FULL = {
    "email": "lucia@clinica.example",
    "phone": "300 123 4567",
    "whatsapp": "+34 612 345 678",
    "country": "CO",
    "time_zone": "America/Bogota",
    "tags": ["vip", "fair"],
    "fields": {"job": "Gerente", "size": "20"},
}


@pytest.mark.parametrize("many", [False, True])
def test_telephone_place_tags_and_own_fields_go_in_and_come_out(crm: Program, many: bool) -> None:
    def put(body: dict[str, Any]) -> dict[str, Any]:
        if many:
            assert crm.call("upsert_contacts", body={"contacts": [body]}).json == {"received": 1}
        else:
            crm.call("upsert_contact", body=body)
        (row,) = crm.call("list_contacts", email="lucia@clinica.example").json["data"]
        return {name: row[name] for name in FULL}

    stored = {**FULL, "phone": "+573001234567", "whatsapp": "+34612345678", "tags": ["fair", "vip"]}
    assert put(FULL) == stored
    assert put({"email": "LUCIA@clinica.example", "phone": "", "company": "Clínica"})["phone"] == "+573001234567"
    changed = put({"email": "lucia@clinica.example", "tags": [], "fields": {"job": "", "area": "Compras"}})
    assert (changed["tags"], changed["fields"]) == ([], {"area": "Compras", "size": "20"})


def test_each_value_that_is_none_is_named_and_nothing_is_stored(crm: Program) -> None:
    wrong = {
        "phone": "12",
        "whatsapp": "x",
        "country": "ZZ",
        "time_zone": "Bogota",
        "tags": ["Not a tag"],
        "fields": {"9": "x"},
    }
    for name, value in wrong.items():
        reply = crm.call("upsert_contact", body={"email": "bo@example.com", name: value})
        assert [each["pointer"] for each in reply.json["errors"]] == [f"/{name}"], reply.text
    body = {"contacts": [{"email": "bo@example.com"}, {"email": "al@example.com", **wrong}, {"email": "nobody"}]}
    reply = crm.call("upsert_contacts", body=body)
    pointers = {each["pointer"] for each in reply.json["errors"]}
    assert pointers == {*(f"/contacts/1/{name}" for name in wrong), "/contacts/2/email"}
    assert crm.call("list_contacts", q="example.com bo").json["data"] == []


def test_of_two_rows_with_one_address_the_later_one_counts(crm: Program) -> None:
    rows = [{"email": "bo@example.com", "tags": [tag], "fields": {tag: "x"}} for tag in ("one", "two")]
    crm.call("upsert_contacts", body={"contacts": rows})
    (row,) = crm.call("list_contacts", email="bo@example.com").json["data"]
    assert (row["tags"], row["fields"]) == (["two"], {"one": "x", "two": "x"})


def test_there_are_no_more_names_of_fields_than_a_template_can_use(crm: Program) -> None:
    for part in range(2):
        names = {f"f{part}_{number}": "x" for number in range(30)}
        reply = crm.call("upsert_contact", body={"email": f"bo{part}@example.com", "fields": names})
    assert reply.status_code == 422 and "more than 50 fields" in reply.json["detail"]
    assert crm.call("list_contacts", email="bo1@example.com").json["data"] == []
