"""Each number of a report has its people behind it: as many as the number says."""

from __future__ import annotations

from itertools import count

from server import email_versions
from server.reports import people
from server.sending import outbox, send
from server.sending.outbox import Finish
from tests.server.reports.test_campaign import deliver, told
from tests.server.world import World

NUMBERS = (
    "sent",
    "delivered",
    "failed",
    "silent",
    "departed",
    "answered",
    "qualified",
    "won",
    "booked",
    *people.DOUBTS,
)


def everybody(world: World, group: str) -> list[str]:
    found: list[str] = []
    with world.store.read() as tx:
        for page in count(1):
            rows = people.listed(tx, "diagnosis", group, page)
            found += [each.name for each in rows[: people.PAGE]]
            if len(rows) <= people.PAGE:
                return found
    raise AssertionError("a page follows for ever")


def agree(world: World) -> None:
    found = told(world)
    assert {name: len(everybody(world, name)) for name in NUMBERS} == {name: getattr(found, name) for name in NUMBERS}


def test_each_number_has_as_many_people(world: World) -> None:
    deliver(world)
    agree(world)
    assert everybody(world, "silent") == everybody(world, "delivered") != []
    world.post("ana", "call", "yes", gesture="pointer")
    agree(world)
    world.post("grace", "need", "crm")
    agree(world)
    assert everybody(world, "answered") == ["Ana Díaz"]
    assert len(everybody(world, "waiting")) == 1


def test_one_who_leaves_by_a_mail_is_counted_for_it(world: World) -> None:
    assert told(world).departed == 0
    world.visitor().post(f"/u/{world.token('ana', '', 'unsubscribe')}", data={"List-Unsubscribe": "One-Click"})
    assert told(world).departed == 1
    assert everybody(world, "departed") == ["Ana Díaz"]
    agree(world)


def test_a_person_with_a_failed_and_a_delivered_message_is_counted_once_as_delivered(world: World) -> None:
    deliver(world, Finish("failed"))
    assert (told(world).sent, told(world).delivered, told(world).failed) == (2, 0, 2)
    agree(world)
    ana = world.sent["ana"]
    with world.store.read() as tx:
        source = email_versions.source(tx, ana["version_id"])
    again = send.intent(source, world.people["ana"], {}, "0" * 20)
    world.store.write(lambda tx: outbox.enqueue(tx, again, world.now))
    deliver(world)
    assert (told(world).sent, told(world).delivered, told(world).failed) == (2, 1, 1)
    agree(world)
