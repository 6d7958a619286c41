"""Every starter, sent with its own sample, carries through to what its words promise, in both languages and on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from builder import catalog, emails
from builder.tokens import Action
from server import capture
from server.booking import availability, calendars, notifications
from server.booking.calendars import Calendar
from server.capture.open_questions import open_questions
from server.cli.story.appointments import CALENDAR
from server.errors import CannotDo
from server.flows import flow_store, reading, references, validation
from server.sending import send
from server.sending.compose import composer
from server.sending.preparing import prepare
from server.sending.transport import Wire
from tests.server.booking.place import OFFICE
from tests.server.flows.acting import work
from tests.server.world import ROOT, World

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow

FOLDER = ROOT / "templates/emails"
FLOWS = (
    ROOT / "templates/samples/flows/wants-to-talk.toml",
    *sorted((ROOT / "templates/samples/starter-flows").glob("*")),
)
MINUTE = 60_000


class Promise(NamedTuple):
    """What an answer sets off: the block, the option (its first when empty), and the kinds of effects that are done then."""

    block: str = ""
    option: str = ""
    effects: tuple[str, ...] = ()


PROMISES = {  # what the words of each starter say will happen
    "appointment-reminder": Promise("attend", "cancel", ("task",)),
    "csat-after-support": Promise("solved", "no", ("task",)),
    "diagnosis": Promise("call", "", ("alert", "tag", "task")),
    "double-opt-in": Promise("subscribe", "", ("tag",)),
    "event-rsvp": Promise("coming", "", ("tag", "task")),
    "lead-prequalification": Promise("start", "", ("task",)),
    "meeting-booking": Promise("slot"),  # the booking and its invitation are looked at by themselves
    "nps-after-service": Promise("recommend", "", ("task",)),
    "order-confirmation": Promise("address", "no", ("task",)),
    "order-delivered": Promise("arrived", "no", ("task",)),
    "password-reset": Promise(),
    "product-explorer": Promise("next", "", ("task",)),
    "shipping-notice": Promise("leave_at", "", ("task",)),
    "win-back": Promise("bring_back", "", ("task",)),
}
each_language = pytest.mark.parametrize("name", ["ana", "grace"])  # she reads Spanish, and she English
each_starter = pytest.mark.parametrize("email", sorted(PROMISES))


@pytest.fixture
def office(world: World) -> World:
    """The flows of the starters are on, and Lucía's calendar is open."""
    for path in FLOWS:
        flow = reading.read(path.stem, path.read_text(encoding="utf-8")).flow
        assert flow
        world.store.write(lambda tx, flow=flow: flow_store.save(tx, flow, "lucia@example.com", world.now))  # type: ignore[misc]
    world.add_member("sales", "lucia@example.com")
    with world.store.read() as tx:
        lucia = str(tx.users.by_email(email="lucia@example.com")["id"])
    hours = dict.fromkeys(range(7), OFFICE)
    made = Calendar(
        CALENDAR.name, "Primera reunión", "America/Bogota", hours, owners=(lucia,), place="https://meet.example/x"
    )
    world.store.write(lambda tx: calendars.save(tx, made, world.now))
    return world


def deliver(world: World, email: str, name: str) -> MessagesRow:
    """The mail is queued with its sample, and written as it leaves; what is asked is kept as `world.sent` of the person."""
    source = send.check(world.settings, FOLDER / email)
    send.queue(world.store, source, [world.people[name]], world.now, source.sample["data"])
    with world.store.read() as tx:
        rows = tx.messages.of_contact(contact_id=world.people[name]["id"])
    message = next(row for row in rows if row["email"] == email)
    world.sent[name] = message
    (prepared,) = prepare(
        world.store,
        world.settings,
        composer(world.store, world.settings, world.keyring, availability.write_down),
        [message],
        world.now,
    )
    assert isinstance(prepared.step, Wire), prepared.step
    return message


def asked(world: World, email: str, name: str) -> Iterator[str]:
    """The questions that the person meets, one page after the other, until there is none."""
    message = world.sent[name]
    language = message["language"]
    names = list(emails.compile(catalog.read(FOLDER / email), language).blocks)
    block: str | None = names[0] if names else None
    while block:
        yield block
        with world.store.read() as tx:
            found = capture.find(tx, Action("answer", message["contact_id"], message["id"], block, 0), now=world.now)
            rows = tx.answers.of_contact(contact_id=message["contact_id"])
        assert found
        block = next(iter(open_questions(found, rows, world.now)), None)


def first(world: World, block: str, name: str) -> str:
    """The first option as it stands on the page; some words for a question that takes text."""
    message = world.sent[name]
    with world.store.read() as tx:
        found = capture.find(tx, Action("answer", message["contact_id"], message["id"], block, 0), now=world.now)
    assert found, block
    return "Con gusto" if found.block.limit else found.block.options[0].value


def done(world: World, name: str) -> set[str]:
    with world.store.read() as tx:
        rows = tx.effects.of_contact(contact_id=world.people[name]["id"])
    return {row["kind"] for row in rows if row["state"] == "done" and row["counts"] and not row["corrects"]}


@each_language
@each_starter
def test_each_first_option_carries_through_to_what_the_words_promise(office: World, email: str, name: str) -> None:
    deliver(office, email, name)
    pressed = []
    for block in asked(office, email, name):
        assert office.post(name, block, first(office, block, name), gesture="pointer").status_code == 200, block
        pressed.append(block)
    promise = PROMISES[email]
    assert promise.block in [*pressed, ""] and bool(pressed) == bool(promise.block)
    if promise.option:
        assert office.post(name, promise.block, promise.option, gesture="pointer").status_code == 200
    notifications.tell_due(office.store, office.settings, office.keyring, office.now + MINUTE)
    work(office, office.now + MINUTE)
    assert set(promise.effects) <= done(office, name)


@each_language
def test_the_booking_starter_books_and_invites_and_what_is_taken_back_is_cancelled(office: World, name: str) -> None:
    deliver(office, "meeting-booking", name)
    contact_id = office.people[name]["id"]
    assert office.post(name, "slot", first(office, "slot", name), gesture="pointer").status_code == 200
    notifications.tell_due(office.store, office.settings, office.keyring, office.now + MINUTE)
    with office.store.read() as tx:
        (booking,) = tx.bookings.of_contact(contact_id=contact_id)
        notices = {row["to_address"]: tx.notices.by_id(id=row["id"]) for row in tx.notices.newest(limit=9, offset=0)}
    assert (booking["state"], booking["calendar"]) == ("booked", "first-meeting")
    invitation = notices[office.people[name]["email"]]
    assert "text/calendar" in invitation["attachments"] and "REQUEST" in invitation["attachments"]
    assert office.post(name, "slot", "none", gesture="pointer").status_code == 200
    notifications.tell_due(office.store, office.settings, office.keyring, office.now + 2 * MINUTE)
    work(office, office.now + 2 * MINUTE)
    with office.store.read() as tx:
        (booking,) = tx.bookings.of_contact(contact_id=contact_id)
    assert booking["state"] == "cancelled"
    assert done(office, name) == {"task"}, "somebody writes with other times"


def test_an_email_that_books_is_not_sent_without_its_calendar(world: World) -> None:
    source = send.check(world.settings, FOLDER / "meeting-booking")
    with pytest.raises(CannotDo, match="books in the calendar “first-meeting”, which does not exist"):
        send.queue(world.store, source, [world.people["ana"]], world.now, source.sample["data"])


def test_an_email_that_books_waits_while_its_calendar_has_no_free_time(office: World) -> None:
    source = send.check(office.settings, FOLDER / "meeting-booking")
    with office.store.read() as tx:
        calendar = calendars.by_name(tx, "first-meeting")
    assert calendar
    off = frozenset(datetime.fromtimestamp(office.now / 1000 + day * 86_400, calendar.zone).date() for day in range(40))
    office.store.write(lambda tx: calendars.save(tx, replace(calendar, days_off=off), office.now))
    send.queue(office.store, source, [office.people["ana"]], office.now, source.sample["data"])
    with office.store.read() as tx:
        rows = tx.messages.of_contact(contact_id=office.people["ana"]["id"])
    message = next(row for row in rows if row["email"] == "meeting-booking")
    (prepared,) = prepare(
        office.store,
        office.settings,
        composer(office.store, office.settings, office.keyring, availability.write_down),
        [message],
        office.now,
    )
    assert not isinstance(prepared.step, Wire)
    assert (prepared.step.state, prepared.step.reason) == ("queued", "no_times: first-meeting")


def test_the_flows_of_the_starters_name_what_there_is(world: World) -> None:
    with world.store.read() as tx:
        known = references.of(world.settings, tx)
    for path in FLOWS:
        flow, mistakes = reading.read(path.stem, path.read_text(encoding="utf-8"))
        assert flow and not mistakes
        assert not validation.check(flow, known), path.name


def test_every_starter_has_its_promise_above() -> None:
    assert set(PROMISES) == set(catalog.names(FOLDER))


def test_no_sample_has_passed_before_2037() -> None:
    """Its calendar is that of 2026, so weekdays and dates in words hold."""
    for path in Path(FOLDER).glob("*/sample.json"):
        assert not any(f'"20{year}-' in path.read_text(encoding="utf-8") for year in range(26, 37)), path
