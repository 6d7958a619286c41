"""The morning mail to sales."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from server.contacts import contacts
from server.qualify import leads
from server.sales import digest, inbox, work
from server.store import Session
from tests.server.world import World

if TYPE_CHECKING:
    from server.store.queries.notices import NoticesRow


def at(world: World, hour: int, zone: str = "America/Bogota") -> int:
    """That hour of today, there."""
    now = datetime.fromtimestamp(world.now / 1000, ZoneInfo(zone))
    return int(now.replace(hour=hour, minute=0).timestamp() * 1000)


@pytest.fixture
def sales(world: World) -> str:
    """Somebody in Bogotá who works on leads, and a lead that nobody has."""
    world.add_admin()
    world.post("ana", "when", "this_month", gesture="pointer")
    with world.store.read() as tx:
        user = tx.users.everybody()[0]
    world.store.write(
        lambda tx: tx.users.set_profile(id=user["id"], name="Laura", language="es", time_zone="America/Bogota")
    )
    return str(user["id"])


def test_sales_reads_in_the_morning_where_they_are_whom_nobody_has_once_a_day(world: World, sales: str) -> None:
    sent = [digest.due(world.store, world.settings, at(world, hour)) for hour in (5, 8, 9, 15)]
    assert sent == [0, 1, 0, 0]
    (mail,) = written(world, sales, at(world, 8))
    assert "1 lead para hoy" in mail["subject"]
    assert "Nadie los lleva todavía" in mail["text"] and "Ana Díaz" in mail["text"]
    assert "urgencia +50" in mail["html"]


def test_what_is_due_is_named_with_its_step_and_what_is_others_is_not(world: World, sales: str) -> None:
    ana, eight = world.people["ana"]["id"], at(world, 8)
    day = datetime.fromtimestamp(eight / 1000, ZoneInfo("America/Bogota")).date().isoformat()
    world.store.write(lambda tx: work.assign(tx, ana, sales, "Laura", world.now))
    world.store.write(lambda tx: work.plan(tx, ana, "Llamar por la propuesta", day, "Laura", world.now))
    assert digest.due(world.store, world.settings, eight) == 1
    (mail,) = written(world, sales, eight)
    assert "Te toca hoy" in mail["text"] and "Llamar por la propuesta" in mail["text"]
    assert "Nadie" not in mail["text"]


def test_what_is_due_is_named_however_many_other_leads_of_theirs_are_worth_more(world: World, sales: str) -> None:
    ana, eight = world.people["ana"]["id"], at(world, 8)
    said: Any = {"state": "confirmed", "answered_at": 1, "email": "e", "block": "b", "question": "?", "kind": "choose"}
    points = '[{"label": "x", "interest": 100, "need": 100, "urgency": 0}]'

    def crowd(tx: Session) -> None:
        for number in range(inbox.PAGE + 5):
            other = contacts.upsert(tx, f"p{number}@example.net", world.now)["id"]
            leads.qualify(tx, other, [said | {"answered_at": eight, "points": points}], eight)
            work.assign(tx, other, sales, "Laura", eight)
        work.assign(tx, ana, sales, "Laura", eight)
        work.plan(tx, ana, "Llamar por la propuesta", "2026-01-02", "Laura", eight)

    world.store.write(crowd)
    assert digest.due(world.store, world.settings, eight) == 1
    assert "Llamar por la propuesta" in written(world, sales, eight)[0]["text"]


def test_a_mail_that_does_not_name_everybody_says_that_there_are_more(world: World, sales: str) -> None:
    eight = at(world, 8)
    said: Any = {
        "state": "confirmed",
        "answered_at": eight,
        "email": "e",
        "block": "b",
        "question": "?",
        "kind": "choose",
    }
    points = '[{"label": "x", "interest": 100, "need": 100, "urgency": 0}]'

    def crowd(tx: Session) -> None:
        for number in range(digest.MOST):  # and Ana
            other = contacts.upsert(tx, f"p{number}@example.net", world.now)["id"]
            leads.qualify(tx, other, [said | {"points": points}], eight)

    world.store.write(crowd)
    assert digest.due(world.store, world.settings, eight) == 1
    assert f"Más de {digest.MOST} leads para hoy" in written(world, sales, eight)[0]["subject"]


def test_nothing_to_say_is_no_mail(world: World, sales: str) -> None:
    world.store.write(lambda tx: work.assign(tx, world.people["ana"]["id"], "somebody-else", "Pedro", world.now))
    assert digest.due(world.store, world.settings, at(world, 8)) == 0


def written(world: World, user_id: str, now: int) -> list[NoticesRow]:
    day = datetime.fromtimestamp(now / 1000, ZoneInfo("America/Bogota")).date().isoformat()
    with world.store.read() as tx:
        row = tx.notices.by_id(id=f"digest-{user_id}-{day}")
    return [row] if row else []
