"""A restored store tells nothing of the past by itself: what was due waits for a person, who lets it go or drops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from builder import times
from server import notices
from server.accounts import audit
from server.backup import held_work
from server.backup.held_work import NotWaiting, TooEarly
from server.booking import notifications
from server.campaigns import plans
from server.capture import confirmation
from server.cli import backup
from server.sales import digest
from server.sending import outbox
from server.web import state as web
from tests import terminal
from tests.server.backup.copying import LATER, back_up, on_its_way, restored
from tests.server.booking.place import place
from tests.server.capture.test_left_open import RULES, Visit
from tests.server.flows.acting import effects, endpoint, keep, receiving, states, work
from tests.server.flows.changing import ALERT, CALL, WEBHOOK, say
from tests.server.sales.test_digest import at, sales
from tests.server.world import HOLD_MS, World, csrf

__all__ = ["sales"]
HOUR = 60 * LATER
NEED = '[when]\nhappens = "answered"\nblock = "need"\n'
TOMORROW = '\n[[then]]\ndo = "webhook"\nendpoint = "crm"\nafter = "1 day"\n'
Restore = Callable[[World], World]


@pytest.fixture
def restore(tmp_path: Path, new_database: Callable[[str], str], engine: str) -> Iterator[Restore]:
    """Backs a world up and gives the one that was restored from it, an hour later."""
    with ExitStack() as stack:

        def make(world: World) -> World:
            source = back_up(world, tmp_path / "acto.zip")
            other = restored(world, source, new_database(engine), tmp_path / "other")
            stack.callback(other.close)
            stack.enter_context(web.driven(lambda: now_of(other)))
            return other

        yield make


def now_of(world: World) -> int:
    """Two hours after the backup: a person has come."""
    return world.now + 2 * HOUR


def due(world: World) -> dict[str, int]:
    with world.store.read() as tx:
        return held_work.due(tx, now_of(world))


def resume(world: World, *drop: str) -> dict[str, int]:
    return dict(held_work.resume(world.store, RULES, drop, "mara@example.com", now_of(world)))


def test_what_was_due_is_counted_by_kind_and_dropped_where_a_person_sees_it(world: World, restore: Restore) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + WEBHOOK + ALERT)
        say(world, "yes")
        world.store.write(lambda tx: notices.enqueue(tx, "n", "x@example.com", "Hola", "a", "b", world.now))
        office = place(world)
        world.post("grace", "slot", office.free()[0], gesture="pointer")
        campaign, other = on_its_way(world), restore(world)
        all_of_it = {"campaigns": 1, "messages": 4, "notices": 1, "effects": 2, "appointments": 1}
        assert due(other) == all_of_it == resume(other, *held_work.KINDS)
        assert not held_work.is_waiting(other.store)
        work(other, now_of(other))
        assert notifications.tell_due(other.store, other.settings, other.keyring, now_of(other)) == 0
        assert receiver.heard == []
    assert states(other) == [("webhook", "stopped", "restored"), ("alert", "stopped", "restored")]
    with other.store.read() as tx:
        assert (plans.find(tx, campaign)["state"], plans.find(tx, campaign)["reason"]) == ("paused", "restored")
        assert outbox.about(tx)["unknown"] == 4 and notices.counts(tx)["unknown"] == 1
        done = audit.last(tx, "backup.resumed")
    assert done and (done["by_whom"], done["details"]) == ("mara@example.com", {"dropped": 9})
    with pytest.raises(NotWaiting):
        resume(other)


def test_of_two_people_who_decide_at_once_one_is_heard(world: World, restore: Restore) -> None:
    other = restore(world)
    heard: list[str] = []

    def decide(who: str) -> None:
        with suppress(NotWaiting):
            held_work.resume(other.store, RULES, ["messages"] if who == "mara" else [], who, now_of(other))
            heard.append(who)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(decide, ("mara", "eva")))
    with other.store.read() as tx:
        assert (outbox.about(tx)["unknown"] == 2) == (heard == ["mara"])
    assert len(heard) == 1


def test_what_is_let_go_leaves_as_it_would_have(world: World, restore: Restore) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + WEBHOOK)
        say(world, "yes")
        office = place(world)
        world.post("grace", "slot", office.free()[0], gesture="pointer")
        other = restore(world)
        assert resume(other) == {}
        work(other, now_of(other))
        assert len(receiver.heard) == 1
    assert notifications.tell_due(other.store, other.settings, other.keyring, now_of(other)) == 1
    with other.store.read() as tx:
        assert outbox.about(tx)["queued"] == 4


def test_an_answer_that_waited_for_its_check_is_confirmed_and_tells_nobody_again(
    world: World, restore: Restore
) -> None:
    """The store that was lost had confirmed it after the backup, and called the webhook."""
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + WEBHOOK)
        keep(world, NEED + WEBHOOK, "need")
        world.post("ana", "call", "yes")
        Visit(world).report(sign="touch", viewed="1")
        world.hits("ana")
        other = restore(world)
        assert due(other)["effects"] == 2
        resume(other, "effects")
        confirmation.confirm_due(other.store, now_of(other), RULES)
        work(other, now_of(other))
        assert receiver.heard == []
        assert states(other) == [("webhook", "stopped", "restored")] * 2
        for block in ("call", "need"):
            answer = other.answer("ana", block)
            assert answer and answer["state"] == "confirmed"
        with web.driven(lambda: now_of(other) + LATER):
            say(other, "yes", "grace")
        work(other, now_of(other) + 2 * LATER)
        assert len(receiver.heard) == 1, "what happens from now on is told"


def test_what_was_planned_for_a_time_that_has_not_come_stays_planned(world: World, restore: Restore) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + TOMORROW)
        say(world, "yes")
        other = restore(world)
        assert resume(other, "effects") == {"effects": 0}
        assert states(other) == [("webhook", "planned", "")]
        work(other, other.now + 25 * HOUR)
        assert len(receiver.heard) == 1


def test_what_people_do_while_the_store_waits_is_not_of_the_past(world: World, restore: Restore) -> None:
    keep(world, CALL + ALERT)
    other = restore(world)
    with web.driven(lambda: other.now + HOUR + LATER):
        say(other, "yes")
    assert resume(other, "effects") == {"effects": 0}
    assert states(other) == [("alert", "planned", "")]


def test_effects_cannot_be_dropped_before_the_last_answer_of_the_backup_was_checked(
    world: World, restore: Restore
) -> None:
    keep(world, CALL + ALERT)
    with web.driven(lambda: world.now + HOUR - 2 * LATER):
        world.post("ana", "call", "yes")
    other = restore(world)
    checked_at = other.now + HOUR - 2 * LATER + HOLD_MS
    with pytest.raises(TooEarly) as early:
        held_work.resume(other.store, RULES, ["effects"], "mara", checked_at - 1)
    assert early.value.at == checked_at and held_work.is_waiting(other.store)
    assert held_work.resume(other.store, RULES, ["effects"], "mara", checked_at) == {"effects": 1}
    assert states(other) == [("alert", "stopped", "restored")]


def test_a_reminder_that_was_due_is_not_sent_again_and_the_next_one_is(world: World, restore: Restore) -> None:
    office = place(world, horizon_days=9)
    last = office.free()[-1]
    starts = times.slot_start(last)
    assert starts
    world.post("grace", "slot", last, gesture="pointer")
    notifications.tell_due(world.store, world.settings, world.keyring, world.now + 1000)
    other = restore(world)
    now = starts - 20 * HOUR
    with other.store.read() as tx:
        assert notifications.count_due(tx, other.now + HOUR, now) == 1
    assert held_work.resume(other.store, RULES, ["appointments"], "mara", now) == {"appointments": 1}
    assert notifications.tell_due(other.store, other.settings, other.keyring, now + 1000) == 0
    assert notifications.tell_due(other.store, other.settings, other.keyring, starts - 30 * LATER) == 1


def test_the_morning_mail_does_not_come_twice_on_the_day_of_a_restore(
    world: World, sales: str, restore: Restore
) -> None:
    other = restore(world)
    other.store.write(lambda tx: tx.restores.release(at=other.now + HOUR, by_whom="m", now=now_of(other)))
    troubled = at(other, 9)
    other.store.write(lambda tx: tx.restores.add(at=troubled - LATER, backup_at=troubled - HOUR))
    assert digest.due(other.store, other.settings, troubled) == 0
    assert digest.due(other.store, other.settings, troubled + 24 * HOUR) == 1


def test_the_page_asks_about_each_kind_and_every_page_says_that_nothing_is_sent(world: World, restore: Restore) -> None:
    other = restore(world)
    admin, viewer = other.admin(), other.member("viewer")
    assert "No sale nada hasta que alguien decida" in viewer.get("/outbox").text
    page = admin.get("/backups")
    assert "Restaurado y a la espera" in page.text and "mensajes a destinatarios" in page.text
    token = {"csrf_token": csrf(page)}
    assert admin.post("/backups/resume", data=token).status_code == 422
    assert held_work.is_waiting(other.store)
    assert admin.post("/backups/resume", data={**token, "messages": "drop"}).status_code == 302
    assert admin.post("/backups/resume", data={**token, "messages": "drop"}).status_code == 409
    assert "No sale nada" not in viewer.get("/outbox").text
    again = admin.get("/outbox")
    assert "Estaba pendiente en la copia de seguridad que se restauró" in again.text
    assert "Reenviar" in again.text or "Enviar de nuevo" in again.text


def test_the_command_lists_what_was_due_and_wants_a_word_about_each(
    world: World, restore: Restore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = restore(world)
    monkeypatch.setattr(backup, "now_ms", lambda: now_of(other))
    environ = {"ACTO_DATABASE": other.settings.database, "ACTO_KEYS_FILE": other.settings.keys_file}

    def acto(*words: str) -> terminal.Done:
        return terminal.acto(tmp_path, environ, "resume", *words)

    asked = acto()
    assert asked.returncode == 1 and "2  messages" in asked.stderr and "--let-go KIND or --drop KIND" in asked.stderr
    assert (
        "either --let-go or --drop for messages, not both" in acto("--drop", "messages", "--let-go", "messages").stderr
    )
    assert "Dropped: 2" in acto("--drop", "messages").stderr
    assert "No decision is pending" in acto("--drop", "all").stderr
    assert effects(other) == []
