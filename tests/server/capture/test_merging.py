"""Two contacts of one person become one: links, answers, mail and refusals of both are the kept one's."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from server.capture.merging import merge_contacts
from server.contacts import contacts, editing, erase, merge, suppressions
from server.errors import CannotDo
from server.sales import work
from tests.server.sending.messages import queue, state
from tests.server.world import World


def details(world: World, name: str, **changes: str) -> editing.Details:
    with world.store.read() as tx:
        row = tx.contacts.by_id(id=world.people[name]["id"])
    return editing.check({**editing.of_row(row), **changes}, {}, "CO")


def join(world: World, kept: str = "ana", merged: str = "grace", **changes: str) -> None:
    given = details(world, kept, **changes)
    ids = world.people[kept]["id"], world.people[merged]["id"]
    world.store.write(lambda tx: merge_contacts(tx, *ids, given, "lucia@example.com", "Lucía", world.now))


def test_every_table_with_rows_about_a_person_is_moved() -> None:
    tests = {"testers", "test_answers"}  # under an id of their own, which no contact has
    assert set(merge.TABLES) | {"contacts"} | tests == set(erase.TABLES)


def test_a_link_of_the_merged_contact_still_answers_and_the_answer_is_the_kept_ones(world: World) -> None:
    link = f"/a/{world.token('grace', 'need')}"
    world.post("grace", "need", "crm", gesture="pointer")
    join(world)
    kept = world.people["ana"]["id"]
    page = world.visitor().get(f"{link}/follow_up")
    form = {"choice": ["follow_up"], "nonce": re.search(r'name="nonce" value="([^"]+)"', page.text)[1], "asked": "1"}
    assert world.visitor().post(link, data={**form, "gesture": "pointer"}).status_code == 200
    assert world.hits("grace") == [] and {row["contact_id"] for row in world.hits("ana")} == {kept}
    with world.store.read() as tx:
        rows = tx.answers.of_contact(contact_id=kept)
        assert [(row["message_id"], row["value"], row["changes"]) for row in rows] == [
            (world.sent["grace"]["id"], '["follow_up"]', 1)
        ]
        assert contacts.by_id(tx, world.people["grace"]["id"])["id"] == kept
    assert world.lead("ana")["people"] + world.lead("ana")["waiting"] == 1 and world.lead("grace") is None


def test_an_old_unsubscribe_link_stops_the_mail_of_the_kept_contact(world: World) -> None:
    link = f"/u/{world.token('grace', '', 'unsubscribe')}"
    join(world)
    assert world.visitor().get(link).status_code == 200
    assert world.visitor().post(link).status_code == 200
    with world.store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == {"marketing"}


def test_both_answers_to_one_email_count_once_and_the_later_one_wins(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    world.post("grace", "need", "follow_up", gesture="pointer")
    join(world)
    with world.store.read() as tx:
        rows = tx.answers.of_contact(contact_id=world.people["ana"]["id"])
    assert [(row["value"], row["superseded"]) for row in rows] == [('["crm"]', 1), ('["follow_up"]', 0)]


@pytest.mark.parametrize("refused", ["ana", "grace"])
def test_a_refusal_of_either_holds_for_the_address_that_is_kept(world: World, refused: str) -> None:
    world.store.write(
        lambda tx: suppressions.add(tx, world.people[refused]["email_key"], "marketing", "unsubscribed", world.now)
    )
    join(world, email="Grace@example.org")
    with world.store.read() as tx:
        kept = tx.contacts.by_id(id=world.people["ana"]["id"])
        assert kept["email"] == "Grace@example.org"
        assert suppressions.covers(tx, kept["email_key"]) == {"marketing"}


def test_an_email_that_waits_for_both_leaves_once_and_another_one_is_not_lost(world: World) -> None:
    ana, grace, now = world.people["ana"]["id"], world.people["grace"]["id"], world.now
    mine, copy = queue(world.store, ana, now), queue(world.store, grace, now)
    order = queue(world.store, grace, now, email="order", mail_class="transactional")
    join(world)
    assert state(world.store, ana, mine) == ("queued", "")
    assert state(world.store, ana, copy) == ("stopped", "merged")
    assert state(world.store, ana, order) == ("queued", "")


def test_a_message_that_is_leaving_is_waited_for(world: World) -> None:
    message = world.sent["grace"]
    world.store.write(
        lambda tx: tx.messages.claim(
            stream=message["stream"], owner="w", now=world.now, lease_until=world.now + 9, limit=9
        )
    )
    key: dict[str, Any] = {"contact_id": message["contact_id"], "id": message["id"], "owner": "w"}
    world.store.write(lambda tx: tx.messages.begin_attempt(**key, lease_until=world.now + 9, now=world.now))
    with pytest.raises(CannotDo, match="Try again in a minute"):
        join(world)
    with world.store.read() as tx:
        assert tx.contacts.by_id(id=message["contact_id"])["email"] == "grace@example.org"


def test_what_is_added_later_under_the_old_address_is_the_kept_contact(world: World) -> None:
    join(world)
    row = world.store.write(lambda tx: contacts.upsert(tx, "GRACE@example.org", world.now, company="New"))
    assert (row["id"], row["email"], row["company"]) == (world.people["ana"]["id"], "ana@example.com", "New")


def test_a_chain_of_merges_leads_to_the_last_one(world: World) -> None:
    world.people["mateo"] = world.store.write(lambda tx: contacts.upsert(tx, "mateo@example.com", world.now))
    join(world, "ana", "grace")
    join(world, "mateo", "ana")
    assert world.visitor().get(f"/a/{world.token('grace', 'need')}/crm").status_code == 200
    with world.store.read() as tx:
        assert contacts.by_id(tx, world.people["grace"]["id"])["id"] == world.people["mateo"]["id"]


def test_tags_own_fields_and_the_work_of_sales_are_kept_from_both(world: World) -> None:
    for name in ("ana", "grace"):
        world.post(name, "need", "crm", gesture="pointer")
        world.store.write(lambda tx, name=name: work.tag(tx, world.people[name]["id"], f"of-{name}", "Mara", world.now))  # type: ignore[misc]
    world.store.write(lambda tx: work.plan(tx, world.people["grace"]["id"], "Call", "2027-03-02", "Mara", world.now))
    join(world)
    lead = world.lead("ana")
    assert (lead["tags"], lead["next_step"]) == (",of-ana,of-grace,", "Call")
    with world.store.read() as tx:
        assert tx.contacts.by_id(id=world.people["ana"]["id"])["tags"] == lead["tags"]


def test_a_tap_that_races_with_the_merge_is_never_lost(world: World) -> None:
    with ThreadPoolExecutor(2) as pool:
        tap = pool.submit(world.post, "grace", "need", "crm", gesture="pointer")
        merging = pool.submit(join, world)
        merging.result()
        assert tap.result().status_code == 200
    with world.store.read() as tx:
        assert [row["value"] for row in tx.answers.of_contact(contact_id=world.people["ana"]["id"])] == ['["crm"]']
        assert tx.answers.of_contact(contact_id=world.people["grace"]["id"]) == []


def test_strangers_are_recognised(world: World) -> None:
    def row(**given: str) -> Any:
        return {"first_name": "", "last_name": "", "email_key": "a@gmail.com", "phone": "", "whatsapp": "", **given}

    ana = row(first_name="Ana", last_name="Díaz")
    assert merge.strangers(ana, row(first_name="Grace", last_name="Hill"))
    assert not merge.strangers(ana, row(first_name="ana", last_name="DIAZ", email_key="x@y.example"))
    assert not merge.strangers(row(email_key="a@firm.example"), row(email_key="b@firm.example"))
    assert not merge.strangers(row(phone="+573001234567"), row(whatsapp="+573001234567"))
