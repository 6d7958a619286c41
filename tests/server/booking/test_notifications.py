"""Both are told: invitations, changes, reminders, each with an entry that every calendar reads alike; and the page behind the link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import vobject
from icalendar import Calendar

from builder import times
from builder.formats import calendar
from builder.formats.calendar import Meeting, Method
from builder.mime import Address
from server import jsontext, notices
from server.booking import notifications, reservations
from server.booking.reservations import Guest
from server.contacts import erase
from server.flows import dryrun
from server.store import Store
from tests import node
from tests.server.booking.place import BOGOTA, MADRID, Place, at, place
from tests.server.flows.acting import effects, flow, keep
from tests.server.world import World

if TYPE_CHECKING:
    from server.store.queries.notices import NoticesRow

HOLD = 300_000
CALL = '[[then]]\ndo = "task"\ntitle = "Prepare {question}"\n'


@pytest.fixture
def office(world: World) -> Place:
    return place(world, place="Calle 10, piso 2")


@pytest.fixture(scope="module")
def thunderbird() -> Iterator[node.Checker]:
    checker = node.Checker("invite.mjs")
    yield checker
    checker.close()


def work(office: Place, now: int) -> None:
    notifications.Appointments(office.world.store, office.world.settings, office.world.keyring)(now)


def mails(store: Store) -> list[NoticesRow]:
    """Every notice put so far, oldest first, with what it says."""
    with store.read() as tx:
        rows = [tx.notices.by_id(id=row["id"]) for row in notices.listed(tx, None, 100)]
    return sorted(rows, key=lambda row: row["id"])


def to(office: Place, address: str) -> list[NoticesRow]:
    return [mail for mail in mails(office.world.store) if mail["to_address"] == address]


def entry(mail: NoticesRow) -> Any:
    (attached,) = notices.rows.attached(mail)
    calendar = Calendar.from_ical(attached.data)
    assert calendar["method"] == attached.method
    return calendar.walk("VEVENT")[0]


def confirmed(office: Place, name: str, value: str) -> None:
    assert office.world.post(name, "slot", value, gesture="pointer").status_code == 200
    with office.world.store.read() as tx:
        row = tx.answers.of_message(
            contact_id=office.world.people[name]["id"], message_id=office.world.sent[name]["id"]
        )[0]
    office.world.store.write(lambda tx: tx.answers.confirm(contact_id=row["contact_id"], now=row["confirm_at"]))


def test_nobody_is_told_before_the_answer_is_a_persons_for_sure(office: Place) -> None:
    office.world.post("ana", "slot", office.free()[0])
    work(office, office.world.now + 1000)
    assert mails(office.world.store) == []


def test_ana_and_lucia_have_it_in_their_calendars_moved_and_cancelled_from_the_mail(office: Place) -> None:
    first, second, *_ = office.free()
    confirmed(office, "ana", first)
    for _ in range(2):
        work(office, office.world.now + 1000)
    (invitation,), (told,) = to(office, "ana@example.com"), to(office, "lucia@example.com")
    assert invitation["subject"].startswith("Reservada: Llamada de diagnóstico, ")
    event = entry(invitation)
    assert times.slot_value(int(event["dtstart"].dt.timestamp() * 1000)) == first and event["sequence"] == 0
    assert event["attendee"].params["rsvp"] == "TRUE" and event["location"] == "Calle 10, piso 2"
    assert entry(told)["uid"] == event["uid"] and "Ana Díaz" in entry(told)["summary"]

    link = re.search(r"https?://\S+(/b/\S+)", invitation["text"])
    assert link
    visitor = office.world.visitor()
    page = visitor.get(link[1])
    assert page.status_code == 200 and f"{link[1]}/{second}" in page.text and 'lang="es"' in page.text
    assert "¿Cambiar la hora de tu cita?" in visitor.get(f"{link[1]}/{second}").text
    assert office.booked("ana") == [first], "GET asks"
    assert "Tu cita ya tiene su nueva hora" in visitor.post(link[1], data={"choice": second}).text
    assert office.booked("ana") == [second]
    work(office, office.world.now + 2000)
    moved = entry(to(office, "ana@example.com")[1])
    assert (moved["uid"], moved["sequence"]) == (event["uid"], 1)
    assert "¿Cancelar esta cita?" in visitor.get(f"{link[1]}/cancel").text
    assert "Tu cita está cancelada" in visitor.post(link[1], data={"choice": "cancel"}).text
    work(office, office.world.now + 3000)
    gone = entry(to(office, "ana@example.com")[2])
    assert (gone["uid"], gone["sequence"], gone["status"]) == (event["uid"], 2, "CANCELLED")
    assert len(to(office, "lucia@example.com")) == 3 and office.booked("ana") == []
    assert visitor.post(link[1], data={"choice": second}).status_code == 200 and office.booked("ana") == [second]


def test_a_link_moves_nothing_to_a_time_that_is_gone_and_says_which_are_free(office: Place) -> None:
    first, second, *_ = office.free()
    confirmed(office, "ana", first)
    work(office, office.world.now + 1000)
    link = re.search(r"https?://\S+(/b/\S+)", to(office, "ana@example.com")[0]["text"])
    assert link
    confirmed(office, "grace", second)
    visitor = office.world.visitor()
    assert "Esa hora ya no está libre. Estas sí:" in visitor.get(f"{link[1]}/{second}").text
    assert visitor.post(link[1], data={"choice": second}).status_code == 409
    assert office.booked("ana") == [first]
    assert visitor.get(link[1][:-3] + "AAA").status_code == 404


def test_who_is_erased_frees_the_time_and_the_owner_hears_of_it_without_a_name(office: Place) -> None:
    first = office.free()[0]
    confirmed(office, "ana", first)
    work(office, office.world.now + 1000)
    (told,) = to(office, "lucia@example.com")
    office.world.store.write(lambda tx: erase.erase(tx, office.world.people["ana"]["id"]))
    assert first in office.free()
    for _ in range(2):
        work(office, office.world.now + 2000)
    (off,) = to(office, "lucia@example.com")  # what named her went with her
    gone = entry(off)
    assert (gone["uid"], gone["sequence"], gone["status"]) == (entry(told)["uid"], 1, "CANCELLED")
    assert "Ana" not in off["text"] + off["html"] + gone.to_ical().decode() and "ana@" not in off["attachments"]
    assert to(office, "ana@example.com") == []


def test_flows_wait_for_what_becomes_of_an_appointment(office: Place) -> None:
    for what in ("booked", "moved", "cancelled"):
        keep(office.world, f'[when]\nhappens = "{what}"\ncalendar = "call"\n{CALL}', what)
    keep(office.world, f'[when]\nhappens = "booked"\ncalendar = "other"\n{CALL}', "other")
    first, second, *_ = office.free()
    confirmed(office, "ana", first)
    for step, value in enumerate((first, second, "none"), 1):
        confirmed(office, "ana", value)
        for _ in range(2):
            work(office, office.world.now + step * 1000)
    planned = {each["flow"]: each["state"] for each in effects(office.world)}
    assert planned == {"booked": "gone", "moved": "gone", "cancelled": "planned"}
    cause = jsontext.loads(effects(office.world)[0]["cause"])
    assert cause["question"] == "Llamada de diagnóstico" and "hora de Bogotá" in cause["labels"][0]
    with office.world.store.read() as tx:
        would = {what: len([*dryrun.would(tx, flow(f'[when]\nhappens = "{what}"\n{CALL}'), 0)]) for what in planned}
    assert would == {"booked": 1, "moved": 1, "cancelled": 1}


def test_a_machines_booking_is_given_back_and_nobody_hears_of_it(office: Place) -> None:
    first = office.free()[0]
    office.world.post("ana", "slot", first)
    sent = office.world.sent["ana"]
    with office.world.store.read() as tx:
        (row,) = tx.answers.of_message(contact_id=sent["contact_id"], message_id=sent["id"])
    kept: Any = {name: value for name, value in row.items() if name != "superseded"} | {"state": "machine"}
    office.world.store.write(lambda tx: tx.answers.put(**kept))
    work(office, office.world.now + 1000)
    assert office.booked("ana") == [] and first in office.free() and mails(office.world.store) == []


def test_a_reminder_comes_the_day_before_and_the_hour_before_and_each_once(office: Place) -> None:
    office.change(horizon_days=9)
    last = office.free()[-1]
    starts = times.slot_start(last)
    assert starts
    confirmed(office, "grace", last)
    for before_minutes in (3000, 2999, 1439, 1438, 59, 58, 1):
        work(office, starts - before_minutes * 60_000)
    subjects = [mail["subject"].partition(":")[0] for mail in to(office, "grace@example.org")]
    assert sorted(subjects) == ["Recordatorio", "Recordatorio", "Reservada"]


@pytest.mark.parametrize("when", ["2027-01-15T09:00", "2027-07-15T09:00"], ids=["winter", "summer"])
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_three_calendars_read_the_same_invitation(
    thunderbird: node.Checker, now: int, when: str, method: Method
) -> None:
    """icalendar, Thunderbird's ical.js and vobject; Madrid's clock differs by an hour between the two days."""
    starts = at(when, MADRID)
    moment = datetime.fromtimestamp(starts / 1000, MADRID)
    wire = calendar.document(
        Meeting("x@example.com", "Llamada: «Ana», 1; 2", moment, 45, "Calle 1", sequence=3),
        Address("Norte", "calendar@in.example.com"),
        Address("Ana Díaz", "ana@example.com"),
        now,
        method,
    )
    event: Any = Calendar.from_ical(wire).walk("VEVENT")[0]
    ours = (
        str(event["uid"]),
        int(event["dtstart"].dt.timestamp()),
        int(event["dtend"].dt.timestamp()),
        str(event["summary"]),
    )
    read = thunderbird.ask(wire)
    theirs = (read["uid"], read["start"], read["end"], read["title"])
    third = vobject.readOne(wire).vevent
    last = (
        third.uid.value,
        *(int(each.value.astimezone(UTC).timestamp()) for each in (third.dtstart, third.dtend)),
        third.summary.value,
    )
    assert ours == theirs == last == ("x@example.com", starts // 1000, starts // 1000 + 45 * 60, "Llamada: «Ana», 1; 2")
    assert third.sequence.value == "3" and read["method"] == method


def test_who_is_booked_by_hand_is_told_too(office: Place) -> None:
    start = times.slot_start(office.free()[0])
    assert start and BOGOTA
    guest = Guest(office.world.people["grace"]["id"], "en")
    assert (
        office.world.store.write(
            lambda tx: reservations.book(tx, office.calendar, guest, start, "lucia", office.world.now)
        )
        == ""
    )
    work(office, office.world.now + 1000)
    assert to(office, "grace@example.org")[0]["subject"].startswith("Booked: ")


def test_a_report_counts_who_comes_and_not_who_cancelled(office: Place) -> None:
    first, second, *_ = office.free()
    confirmed(office, "ana", first)
    confirmed(office, "grace", second)
    with office.world.store.read() as tx:
        assert sum(row["people"] for row in tx.reports.booked(email="meeting", by="")) == 2
        own = tx.bookings.of_contact(contact_id=office.world.people["ana"]["id"])[0]
    office.world.store.write(lambda tx: reservations.cancel(tx, own, "lucia", office.world.now))
    with office.world.store.read() as tx:
        assert [row["people"] for row in tx.reports.booked(email="meeting", by="")] == [1]
