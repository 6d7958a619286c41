"""Push notices as a phone and its push service get them: encrypted, signed, once, and no more once the phone is gone."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag

from server import notices
from server.capture import merging
from server.contacts import erase
from server.http_client.client import Door
from server.push import devices, keys
from server.push.worker import RETRY_AFTER_MS
from server.store import Session
from tests.server.capture.test_merging import details
from tests.server.flows import acting
from tests.server.push.phone import Phone, add, vapid, work
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
ALERT = 'title = "Hot"\n[when]\nhappens = "stage"\nstage = "hot"\n[[then]]\ndo = "alert"\nto = ["sales@example.com"]\n'
LUZ, SALES, READER = "luz@example.com", "sales@example.com", "viewer@example.com"


def becomes_hot(world: World, name: str = "ana") -> None:
    for block, choice in (("need", "crm"), ("when", "this_month"), ("call", "yes")):
        assert world.post(name, block, choice, gesture="pointer").status_code == 200
    assert world.lead(name)["stage"] == "hot"


@pytest.fixture
def team(world: World) -> World:
    for email, role in ((LUZ, "sales"), (SALES, "sales"), (READER, "viewer")):
        world.add_member(role, email)
    return world


def states(world: World, name: str = "ana") -> list[tuple[str, str, str]]:
    with world.store.read() as tx:
        rows = tx.pushes.of_contact(contact_id=world.people[name]["id"])
    return [(row["cause"], row["state"], row["reason"].partition(":")[0]) for row in rows]


def test_a_hot_lead_reaches_the_phone_once_encrypted_for_it_and_signed_by_us(team: World) -> None:
    with acting.receiving() as service, acting.receiving() as other:
        phone = Phone(service)
        add(team, SALES, phone)
        add(team, READER, Phone(other))
        becomes_hot(team)
        acting.keep(team, ALERT)
        for at in (1_000, 2_000, 60_000):
            work(team, team.now + at)
        (heard,) = service.heard
        assert other.heard == [], "somebody who does not work on leads gets no notice of them"
    notice = phone.read(heard)
    assert notice["title"] in ("Hot lead: Ana Díaz · Ferretería Díaz", "Lead caliente: Ana Díaz · Ferretería Díaz")
    assert notice["url"] == f"/leads/{team.people['ana']['id']}"
    assert notice["body"].startswith(("Dijo", "Said")), "the one fact that decides"
    assert b"Ana" not in heard.body
    assert heard.headers["Content-Encoding"] == "aes128gcm" and int(heard.headers["TTL"]) > 0
    public, claims = vapid(heard)
    assert public == keys.read(team.settings).public
    assert claims["aud"] == service.url.removesuffix("/hook") and claims["sub"].startswith("mailto:")
    assert 0 < claims["exp"] - team.now // 1000 <= 24 * 3600
    assert states(team) == [("hot", "sent", "")]


def test_another_phone_cannot_read_it(team: World) -> None:
    with acting.receiving() as service:
        add(team, SALES, Phone(service))
        becomes_hot(team)
        work(team, team.now + 1_000)
        with pytest.raises(InvalidTag):
            Phone(service).read(service.heard[0])


@ONE_ENGINE
def test_an_alert_of_a_flow_and_the_hot_lead_are_one_notice(team: World) -> None:
    acting.keep(team, ALERT)
    with acting.receiving() as service:
        add(team, SALES, Phone(service))
        becomes_hot(team)
        acting.work(team, team.now + 60_000)
        work(team, team.now + 60_000)
        assert len(service.heard) == 1
        with team.store.read() as tx:
            assert notices.counts(tx)["queued"] == 1, "the email of the alert leaves as before"


@ONE_ENGINE
def test_an_alert_of_another_cause_reaches_its_reader_too(team: World) -> None:
    acting.keep(team, acting.URGENT + '[[then]]\ndo = "alert"\nto = ["luz@example.com"]\n')
    with acting.receiving() as service:
        phone = Phone(service)
        add(team, LUZ, phone)
        team.post("ana", "when", "this_month", gesture="pointer")
        acting.work(team, team.now + 60_000)
        work(team, team.now + 60_000)
        assert [phone.read(each)["title"].partition(":")[0] for each in service.heard] in (["Alert"], ["Alerta"])


@ONE_ENGINE
def test_the_owner_alone_gets_the_notice_of_their_lead(team: World) -> None:
    with acting.receiving() as mine, acting.receiving() as theirs:
        add(team, LUZ, Phone(mine))
        add(team, SALES, Phone(theirs))
        team.post("ana", "need", "crm", gesture="pointer")
        contact = team.people["ana"]["id"]
        with team.store.read() as tx:
            owner = tx.users.by_email(email=LUZ)["id"]
        team.store.write(lambda tx: tx.leads.assign(contact_id=contact, owner_id=owner, now=team.now))
        becomes_hot(team)
        work(team, team.now + 1_000)
        assert (len(mine.heard), len(theirs.heard)) == (1, 0)


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_removed(team: World, status: int) -> None:
    with acting.receiving() as service:
        service.replies = [(status, {}, b"")]
        device = add(team, SALES, Phone(service))
        becomes_hot(team)
        work(team, team.now + 1_000)
        becomes_hot(team, "grace")
        work(team, team.now + 2_000)
        assert len(service.heard) == 1
    with team.store.read() as tx:
        assert tx.push_devices.by_id(id=device) is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_push_service_in_trouble_is_tried_again_and_given_up_in_the_end(team: World, status: int) -> None:
    with acting.receiving() as service:
        service.replies = [(status, {"Retry-After": "20"}, b"")] * (len(RETRY_AFTER_MS) + 1)
        add(team, SALES, Phone(service))
        becomes_hot(team)
        at = team.now + 1_000
        for wait in (20_000, *RETRY_AFTER_MS[1:], 0):
            work(team, at)
            work(team, at + wait - 1)
            at += wait
        assert len(service.heard) == len(RETRY_AFTER_MS) + 1
        work(team, at + 86_400_000)
        assert len(service.heard) == len(RETRY_AFTER_MS) + 1
    assert states(team) == [("hot", "failed", "refused_status")]


@ONE_ENGINE
def test_a_private_address_is_not_called(team: World) -> None:
    with acting.receiving() as service:
        phone = Phone(service)
        add(team, SALES, phone)
        team.store.write(lambda tx: _secure(tx, devices.id_of(service.url)))
        becomes_hot(team)
        work(team, team.now + 1_000, Door())
        assert service.heard == [] and states(team) == [("hot", "failed", "private_address")]


def _secure(tx: Session, device_id: str) -> None:
    row = tx.push_devices.by_id(id=device_id)
    tx.push_devices.remove(user_id=row["user_id"], id=device_id)
    kept = {"user_id": row["user_id"], "p256dh": row["p256dh"], "auth": row["auth"], "name": row["name"]}
    tx.push_devices.put(id=device_id, endpoint="https://127.0.0.1/x", now=1, **kept)


@ONE_ENGINE
def test_what_was_queued_before_a_restore_is_dropped(team: World) -> None:
    with acting.receiving() as service:
        add(team, SALES, Phone(service))
        becomes_hot(team)
        team.store.write(lambda tx: tx.restores.add(at=team.now + 500_000, backup_at=team.now))
        work(team, team.now + 600_000)
        assert service.heard == [] and states(team) == [("hot", "dropped", "")]


@ONE_ENGINE
def test_an_erased_person_leaves_no_notice(team: World) -> None:
    with acting.receiving() as service:
        add(team, SALES, Phone(service))
        becomes_hot(team)
        team.store.write(lambda tx: erase.erase(tx, team.people["ana"]["id"]))
        work(team, team.now + 1_000)
        assert service.heard == [] and states(team) == []


def test_two_contacts_of_one_person_who_both_became_hot_leave_one_notice_for_each_phone(team: World) -> None:
    with acting.receiving() as service:
        add(team, SALES, Phone(service))
        becomes_hot(team)
        becomes_hot(team, "grace")
        ids = (team.people["ana"]["id"], team.people["grace"]["id"])
        team.store.write(lambda tx: merging.merge_contacts(tx, *ids, details(team, "ana"), SALES, "Mara", team.now))
        assert states(team) == [("hot", "queued", "")] and states(team, "grace") == []
        work(team, team.now + 1_000)
        assert len(service.heard) == 1
