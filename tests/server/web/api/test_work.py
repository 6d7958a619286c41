"""Tasks, messages and webhooks by the API."""

from __future__ import annotations

from server import reasons
from server.contacts import suppressions
from tests.server.flows.acting import endpoint, receiving, work
from tests.server.web.api.program import Program


def test_a_task_is_made_found_done_and_opened_again(crm: Program) -> None:
    ana = crm.world.people["ana"]["id"]
    crm.world.add_member("sales", "bruno@example.com")
    given = {
        "title": "Send the offer",
        "due_at": "2027-03-01T10:00:00-05:00",
        "owner": "Bruno@example.com",
        "contact_id": ana,
    }
    made = crm.call("add_task", body=given).json
    assert (made["due_at"], made["owner"], made["by_whom"]) == (
        "2027-03-01T15:00:00.000Z",
        "bruno@example.com",
        "API: CRM",
    )
    other = crm.call("add_task", body={"title": "Water the plants", "due_at": "2027-01-01T00:00:00Z"}).json
    pages = [crm.call("list_tasks", limit=1).json]
    pages.append(crm.call("list_tasks", limit=1, cursor=pages[0]["next"]).json)
    assert [page["data"][0]["id"] for page in pages] == [other["id"], made["id"]]
    assert [row["id"] for row in crm.call("list_tasks", contact_id=ana, owner="bruno@example.com").json["data"]] == [
        made["id"]
    ]
    assert crm.call("set_task_done", made["id"], body={"done": True}).json["done_by"] == "API: CRM"
    assert [row["id"] for row in crm.call("list_tasks", state="done").json["data"]] == [made["id"]]
    assert crm.call("set_task_done", made["id"], body={"done": False}).json["done_at"] is None
    assert crm.call("get_task", "x").status_code == 404
    assert (
        crm.call("add_task", body={**given, "owner": "stranger@example.com"}).json["errors"][0]["pointer"] == "/owner"
    )
    assert crm.call("add_task", body={**given, "contact_id": "nobody"}).status_code == 404
    assert (
        crm.call("add_task", body={**given, "due_at": "2027-03-01T10:00:00"}).json["errors"][0]["pointer"] == "/due_at"
    )


def test_a_shop_sends_an_email_once_and_reads_what_became_of_it(crm: Program) -> None:
    given = {"email": "diagnosis", "to": "lucia@clinica.example"}
    queued = crm.call("send_message", body=given, key="order-17")
    assert queued.status_code == 202 and queued.json["state"] == "queued"
    assert crm.call("send_message", body=given, key="order-17").json == queued.json
    found = crm.call("list_messages", contact_id=queued.json["contact_id"]).json["data"]
    assert found == [queued.json] == crm.call("list_messages", limit=1, state="queued").json["data"]
    key = {"contact_id": queued.json["contact_id"], "id": queued.json["id"]}
    assert crm.call("send_again", key["id"]).status_code == 409, "what waits needs no second push"
    crm.world.store.write(lambda tx: suppressions.unsubscribe(tx, key["contact_id"], key["id"], crm.world.now))
    stopped = crm.call("get_message", key["id"]).json
    assert (stopped["state"], stopped["reason"]) == ("stopped", reasons.sentence("unsubscribed"))
    assert crm.call("send_again", key["id"]).json["state"] == "queued", "the gate says no again when its turn comes"


def test_an_email_that_cannot_be_sent_says_why(crm: Program) -> None:
    for body, pointer in (
        ({"email": "nothing", "to": "ana@example.com"}, "/email"),
        ({"email": "diagnosis", "to": "ana"}, "/to"),
        ({"email": "diagnosis", "to": "ana@example.com", "data": []}, "/data"),
    ):
        reply = crm.call("send_message", body=body)
        assert (reply.status_code, reply.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_webhook_is_added_changed_tested_and_removed_and_shows_its_secret_once(crm: Program) -> None:
    given = {"name": "crm", "url": "https://crm.example.com/hooks", "header": "X-Key: s3cret"}
    made = crm.call("add_webhook", body=given)
    assert made.status_code == 201 and made.json["secret"].startswith("whsec_")
    shown = crm.call("get_webhook", "crm")
    assert "whsec_" not in shown.text and "s3cret" not in shown.text and shown.json["header_name"] == "X-Key"
    assert crm.call("list_webhooks").json["data"] == [shown.json]
    changed = crm.call("change_webhook", "crm", body={"active": False, "shape": "slack"}).json
    assert (changed["active"], changed["shape"], changed["url"]) == (False, "slack", given["url"])
    assert crm.call("change_webhook", "crm", body={"language": "en"}).json["language"] == "en"
    assert crm.call("rotate_secret", "crm").json["secret"] != made.json["secret"]
    assert crm.call("test_webhook", "crm").status_code == 202
    with crm.world.store.read() as tx:
        assert tx.effects.is_due(endpoint="crm", now=2**52)
    assert crm.call("add_webhook", body=given).json["errors"][0]["pointer"] == "/name"
    inside = crm.call("add_webhook", body={**given, "name": "b", "url": "http://127.0.0.1/"})
    assert inside.json["errors"][0]["pointer"] == "/url"
    assert crm.call("change_webhook", "crm", body={"header": "Host: evil"}).json["errors"][0]["pointer"] == "/header"
    assert crm.call("remove_webhook", "crm").status_code == 204
    assert crm.call("get_webhook", "crm").status_code == 404


def test_a_webhooks_calls_are_read_newest_first_with_every_try(crm: Program) -> None:
    with receiving() as receiver:
        receiver.replies = [(503, {}, b"down")]
        endpoint(crm.world, receiver.url)
        for _ in range(2):
            crm.call("test_webhook", "crm")
        work(crm.world, crm.world.now + 60_000)
        first = crm.call("list_webhook_calls", "crm", limit=1).json
        second = crm.call("list_webhook_calls", "crm", limit=1, cursor=first["next"]).json
        (down,) = crm.call("list_webhook_calls", "crm", state="planned").json["data"]
        (done,) = crm.call("list_webhook_calls", "crm", state="done").json["data"]
    assert {first["data"][0]["id"], second["data"][0]["id"]} == {down["id"], done["id"]} and second["next"] is None
    assert [(each["status"], each["said"]) for each in down["tries"]] == [(503, "down")] and down["next_try_at"]
    assert (done["type"], done["tries"][0]["status"], done["next_try_at"]) == ("test", 204, None)
    assert "503 instead of 2xx" in down["reason"]
    assert crm.call("list_webhook_calls", "nobody").status_code == 404
