"""The pages of flows, runs, webhooks and tasks, as people who work with them meet them."""

from __future__ import annotations

import re

import pytest

from server.accounts import audit
from server.flows import flow_store
from tests.server.flows.acting import TASK, URGENT, effects, endpoint, keep, receiving, states, work
from tests.server.world import World, csrf

FORM = {
    "title": "Wants it this month",
    "name": "urgent",
    "when.happens": "answered",
    "when.block": "when",
    "when.values": "this_month, someday",
    "if.class": "marketing",
    "then.0.do": "task",
    "then.0.title": "Call {person}",
    "then.1.do": "alert",
    "then.1.to": "sales@example.com",
    "then.1.after": "10 minutes",
}
ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
ENGLISH = {"Accept-Language": "en"}


@ONE_ENGINE
def test_a_marketer_makes_a_flow_and_the_file_says_the_same(world: World) -> None:
    browser = world.admin()
    page = browser.get("/flows/-/new", headers=ENGLISH)
    assert browser.post("/flows", data={**FORM, "csrf_token": csrf(page)}).status_code == 302
    with world.store.read() as tx:
        flow = flow_store.by_name(tx, "urgent")
    assert flow and flow.on and flow.version == 1
    assert flow.when == {"block": "when", "values": ["this_month", "someday"]}
    assert flow.then[1] == {"do": "alert", "to": ["sales@example.com"], "after": "10 minutes"}
    world.post("ana", "when", "someday", gesture="pointer")
    assert states(world) == [("task", "planned", ""), ("alert", "planned", "")]
    again = browser.post("/flows", data={**FORM, "csrf_token": csrf(page)}, headers=ENGLISH)
    assert again.status_code == 422
    assert "There is a flow named “urgent” already" in again.text


@ONE_ENGINE
@pytest.mark.parametrize(("language", "said"), [("en", "Did you mean “when”?"), ("es", "¿Querías decir «when»?")])
def test_a_mistake_stands_beside_its_field_and_nothing_is_kept(world: World, language: str, said: str) -> None:
    browser = world.admin()
    form = {**FORM, "when.block": "wen", "csrf_token": csrf(browser.get("/flows/-/new"))}
    page = browser.post("/flows", data=form, headers={"Accept-Language": language})
    assert page.status_code == 422
    assert said in page.text
    assert '<option value="wen" selected>' in page.text
    with world.store.read() as tx:
        assert flow_store.by_name(tx, "urgent") is None


@ONE_ENGINE
def test_trying_a_flow_names_those_it_would_have_fired_for_and_keeps_nothing(world: World) -> None:
    world.post("ana", "when", "this_month", gesture="pointer")
    browser = world.admin()
    form = {**FORM, "csrf_token": csrf(browser.get("/flows/-/new"))}
    page = browser.post("/flows/-/try", data=form, headers=ENGLISH)
    assert "would have started once" in page.text and "Ana Díaz" in page.text
    more = browser.post("/flows/-/try", data={**form, "add": "tag", "more": "1"}, headers=ENGLISH)
    assert 'name="then.2.tag"' in more.text
    less = browser.post("/flows/-/try", data={**form, "remove": "0"}, headers=ENGLISH)
    assert 'name="then.1.do"' not in less.text and "sales@example.com" in less.text
    with world.store.read() as tx:
        assert tx.flows.all() == []


@ONE_ENGINE
def test_a_flow_whose_question_is_gone_says_so_in_the_list(world: World) -> None:
    keep(world, URGENT.replace('"when"', '"gone"') + TASK)
    page = world.admin().get("/flows", headers=ENGLISH)
    assert "has mistakes" in page.text


@ONE_ENGINE
def test_a_flow_for_whatever_somebody_answers_names_no_answer(world: World) -> None:
    keep(world, '[when]\nhappens = "answered"\nblock = "when"\n' + TASK, "any")
    keep(world, '[when]\nhappens = "unsubscribed"\n' + TASK, "leaves")
    browser = world.admin()
    assert "Somebody unsubscribes" in browser.get("/flows", headers=ENGLISH).text
    for path in ("/flows/any", "/flows/-/new"):
        assert not re.search(r'name="when.values" [^>]*checked', browser.get(path).text)


@ONE_ENGINE
def test_a_flow_is_switched_off_and_its_runs_say_why_and_can_be_done_after_all(world: World) -> None:
    keep(world, URGENT + TASK)
    world.post("ana", "when", "this_month", gesture="pointer")
    browser = world.admin()
    token = csrf(browser.get("/flows"))
    assert browser.post("/flows/urgent/switch", data={"on": "0", "csrf_token": token}).status_code == 302
    work(world, world.now + 60_000)
    page = browser.get("/flows/-/runs?flow=urgent&state=stopped", headers=ENGLISH)
    assert "switched off before this was due" in page.text
    (run,) = effects(world)
    form = {"contact_id": run["contact_id"], "id": run["id"], "csrf_token": token}
    assert browser.post("/flows/-/runs/again", data=form).status_code == 302
    work(world, world.now + 3_600_000)
    assert states(world) == [("task", "done", "")]
    assert browser.post("/flows/-/runs/again", data=form).status_code == 409  # what was done here is done once


@ONE_ENGINE
def test_a_webhook_is_added_tested_replayed_and_its_log_shows_what_was_sent(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        browser = world.admin()
        token = {"csrf_token": csrf(browser.get("/webhooks/crm"))}
        assert browser.post("/webhooks/crm/test", data=token).status_code == 302
        work(world, world.now + 60_000)
        page = browser.get("/webhooks/crm", headers=ENGLISH)
        assert "<strong>204</strong>" in page.text
        run = re.search(r'name="id" value="(\w+)"', page.text)
        assert run
        form = {**token, "contact_id": "", "id": run[1], "webhook": "crm"}
        assert browser.post("/flows/-/runs/again", data=form).location.endswith("/webhooks/crm")
        work(world, world.now + 120_000)
        assert [heard.headers["webhook-id"] for heard in receiver.heard] == [run[1]] * 2
        wrong = browser.post(
            "/webhooks/crm", data={**token, "url": "http://10.0.0.1/", "shape": "slack"}, headers=ENGLISH
        )
        assert wrong.status_code == 422 and "Write https:// for 10.0.0.1" in wrong.text


@ONE_ENGINE
def test_who_changed_flows_and_webhooks_stands_in_the_activity_log(world: World) -> None:
    keep(world, URGENT + TASK)
    browser = world.admin()
    token = {"csrf_token": csrf(browser.get("/flows"))}
    browser.post("/flows/urgent/switch", data={**token, "on": "0"})
    browser.post("/flows/urgent/remove", data=token)
    hook = {**token, "name": "chat", "url": "https://chat.example/k3y", "shape": "slack", "language": "en"}
    assert browser.post("/webhooks", data=hook).status_code == 302
    browser.post("/webhooks/chat", data={**hook, "url": "https://other.example/k3y"})
    browser.post("/webhooks/chat/rotate", data=token)
    for on in ("0", "1"):
        browser.post("/webhooks/chat/switch", data={**token, "on": on})
    browser.post("/webhooks/chat/remove", data=token)
    with world.store.read() as tx:
        deeds = [row["what"] for kind in ("flow", "webhook") for row in reversed(audit.newest(tx, kind=kind))]
    assert deeds == [
        *("flow.saved", "flow.off", "flow.removed", "webhook.added", "webhook.changed", "webhook.secret"),
        *("webhook.off", "webhook.on", "webhook.removed"),
    ]
    page = browser.get("/audit", headers=ENGLISH).text
    assert "changed the webhook “chat”, to other.example" in page and "k3y" not in page


@ONE_ENGINE
def test_a_task_is_done_and_reopened_and_one_is_added_by_hand(world: World) -> None:
    keep(world, URGENT + TASK)
    world.post("ana", "when", "this_month", gesture="pointer")
    work(world, world.now + 60_000)
    browser = world.member("sales")
    page = browser.get("/tasks", headers=ENGLISH)
    assert "Call Ana Díaz" in page.text
    with world.store.read() as tx:
        (task,) = tx.tasks.open(owner="", limit=9)
    form = {"contact_id": task["contact_id"], "csrf_token": csrf(page)}
    assert browser.post(f"/tasks/{task['id']}/done", data=form).status_code == 302
    assert browser.post(f"/tasks/{task['id']}/done", data=form).status_code == 409
    assert "Nothing to do" in browser.get("/tasks", headers=ENGLISH).text
    assert browser.post(f"/tasks/{task['id']}/open", data=form).status_code == 302
    added = {"title": "Write the offer", "due_on": "2026-02-30", "csrf_token": form["csrf_token"]}
    assert "This is not a date" in browser.post("/tasks", data=added, headers=ENGLISH).text
    assert browser.post("/tasks", data={**added, "due_on": "2027-02-28"}).status_code == 302
    page = browser.get("/tasks", headers=ENGLISH)
    assert "Write the offer" in page.text and "Call Ana Díaz" in page.text
