"""What people answered, as a program reads it, and an answer that was given by telephone."""

from __future__ import annotations

from tests.server.web.api.program import Program


def test_a_call_centre_records_what_ana_said_and_sales_sees_a_lead(crm: Program) -> None:
    given = {"message_id": crm.world.sent["ana"]["id"], "block": "need", "values": ["crm"]}
    reply = crm.call("record_answer", body=given, key="call-17").json
    assert (reply["answer"]["values"], reply["answer"]["state"], reply["kept"]) == (["crm"], "confirmed", False)
    assert crm.call("record_answer", body=given, key="call-17").json == reply
    events = crm.call("list_events").json["data"]
    assert [(row["channel"], row["grade"], row["address"]) for row in events] == [
        ("api", "authenticated", "ana@example.com")
    ]
    lead = crm.call("get_lead", crm.world.people["ana"]["id"]).json
    assert lead["need"] > 0 and "en un solo lugar" in lead["reasons"][0]


def test_an_answer_that_cannot_be_is_refused_and_nothing_is_stored(crm: Program) -> None:
    message = crm.world.sent["ana"]["id"]
    wrong = crm.call("record_answer", body={"message_id": message, "block": "need", "values": ["a horse"]})
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/values")
    for body in ({"message_id": message, "block": "nothing"}, {"message_id": "x", "block": "need"}):
        assert crm.call("record_answer", body={**body, "values": ["crm"]}).status_code == 404
    assert crm.call("list_events").json["data"] == []


def test_a_program_that_keeps_its_cursor_reads_each_event_once(crm: Program) -> None:
    for name in ("ana", "grace"):
        crm.world.post(name, "need", "crm", gesture="pointer")
    first = crm.call("list_events", limit=1).json
    second = crm.call("list_events", limit=1, cursor=first["next"]).json
    assert [page["data"][0]["address"] for page in (first, second)] == ["ana@example.com", "grace@example.org"]
    assert second["next"] is None
    ana = crm.world.people["ana"]["id"]
    assert len(crm.call("list_events", contact_id=ana, email="diagnosis").json["data"]) == 1
    assert crm.call("list_events", email="another").json["data"] == []
    assert crm.call("list_events", since="2100-01-01T00:00:00Z").json["data"] == []


def test_answers_are_filtered_and_paged(crm: Program) -> None:
    for block, value in (("need", "crm"), ("need", "follow_up"), ("when", "this_month")):
        crm.world.post("ana", block, value, gesture="pointer")
    first = crm.call("list_answers", limit=1).json
    rest = crm.call("list_answers", cursor=first["next"]).json
    assert [row["block"] for row in first["data"] + rest["data"]] == ["need", "when"]
    assert [row["values"] for row in crm.call("list_answers", block="need", email="diagnosis").json["data"]] == [
        ["follow_up"]
    ]
    assert crm.call("list_answers", state="machine").json["data"] == []


def test_reading_people_stands_in_the_activity_log_once_an_hour(crm: Program) -> None:
    for _ in range(3):
        crm.call("list_answers")
    with crm.world.store.read() as tx:
        log = [
            (row["by_whom"], row["subject"]) for row in tx.audit.newest(by_whom="", kind="data.%", before="~", limit=9)
        ]
    assert log == [("API: CRM", "answers")]
