"""Reaching people in one tap: telephone, WhatsApp, mail from the page; and people who rang."""

from __future__ import annotations

import email
import re
from email import policy

import pytest
from flask.testing import FlaskClient

from server import notices, tasks
from server.contacts import editing
from server.integrity import run
from server.notices import notice_queue
from server.sending import compose
from tests.server.booking.place import place
from tests.server.flows import acting, changing
from tests.server.flows.acting import keep
from tests.server.flows.changing import ALERT, CALL, MINUTE
from tests.server.world import World, csrf

MOBILE, LANDLINE = "300 123 4567", "601 345 6789"
TEL, CHAT = 'href="tel:+573001234567"', 'href="https://wa.me/573001234567"'
SPANISH = {"Accept-Language": "es"}


@pytest.fixture
def laura(world: World) -> FlaskClient:
    return world.member("sales", "laura@example.com")


@pytest.fixture
def ana(world: World) -> str:
    """A lead with a mobile number."""
    world.post("ana", "call", "yes", gesture="pointer")
    number(world, MOBILE)
    return str(world.people["ana"]["id"])


def number(world: World, typed: str) -> None:
    contact = world.people["ana"]
    details = editing.check({**editing.of_row(contact), "phone": typed}, {}, "CO")
    world.store.write(lambda tx: editing.change(tx, contact["id"], details, "Laura", world.now))


def test_a_number_stands_wherever_the_person_stands(world: World, laura: FlaskClient, ana: str) -> None:
    world.store.write(lambda tx: tasks.add(tx, "t1", ana, "Llamar", "", world.now + 1, "flow", world.now))
    for address in ("/leads", f"/leads/{ana}", "/tasks", "/today"):
        page = laura.get(address).text
        assert TEL in page and CHAT in page, address


def test_a_booking_has_the_number_of_who_comes(world: World, laura: FlaskClient) -> None:
    office = place(world)
    assert world.post("ana", "slot", office.free()[0], gesture="pointer").status_code == 200
    number(world, MOBILE)
    assert TEL in laura.get("/bookings").text


def test_a_landline_is_called_and_offers_no_whatsapp(world: World, laura: FlaskClient, ana: str) -> None:
    number(world, LANDLINE)
    page = laura.get(f"/leads/{ana}").text
    assert 'href="tel:+576013456789"' in page
    assert "wa.me" not in page


def test_an_alert_by_mail_calls_writes_and_opens_the_lead_in_one_tap(world: World) -> None:
    ana = world.people["ana"]["id"]
    number(world, MOBILE)
    keep(world, CALL + ALERT)
    changing.say(world, "yes")
    acting.work(world, world.now + MINUTE)
    with world.store.read() as tx:
        row = tx.notices.by_id(id=notices.listed(tx, None, 1)[0]["id"])
    assert row
    assert TEL in row["html"] and CHAT in row["html"] and f"/leads/{ana}" in row["html"]
    assert "+57 300 1234567" in row["text"] and "https://wa.me/573001234567" in row["text"]


def letter(world: World) -> email.message.EmailMessage:
    """The mail that was written last, as SMTP would send it."""
    with world.store.read() as tx:
        (row,) = notices.listed(tx, None, 9)
        stored = tx.notices.by_id(id=row["id"])
    assert stored
    from_ = compose.sender(world.settings, "transactional", world.keyring)
    wire = notice_queue.wire(stored, from_, world.now)
    return email.message_from_bytes(wire.data, policy=policy.default)


def test_mail_is_written_from_the_page_with_a_saved_text_and_stands_in_the_history(
    world: World, laura: FlaskClient, ana: str
) -> None:
    form = {
        "csrf_token": csrf(laura.get(f"/leads/{ana}/write")),
        "subject": "Hola {nombre}",
        "body": "Para {empresa}: <ok>",
    }
    kept = laura.post(f"/leads/{ana}/write", data={**form, "keep": ""}, follow_redirects=True).text
    (text,) = re.findall(r"write\?text=([a-z0-9]+)", kept)
    filled = laura.get(f"/leads/{ana}/write?text={text}").text
    assert 'value="Hola Ana"' in filled and "Para Ferretería Díaz: &lt;ok&gt;" in filled
    sent = {**form, "subject": "Hola Ana", "body": "Para Ferretería Díaz: <ok>", "send": ""}
    page = laura.post(f"/leads/{ana}/write", data=sent, follow_redirects=True, headers=SPANISH).text
    assert "Para Ferretería Díaz: &lt;ok&gt;" in page.partition('class="timeline"')[2]
    mail = letter(world)
    assert (mail["To"], mail["Reply-To"], mail["Subject"]) == ("ana@example.com", "laura@example.com", "Hola Ana")
    assert mail["Auto-Submitted"] is None
    assert "Para Ferretería Díaz: <ok>" in mail.get_body(("plain",)).get_content()
    assert "&lt;ok&gt;" in mail.get_body(("html",)).get_content()


def test_who_unsubscribed_is_not_written_to(world: World, laura: FlaskClient, ana: str) -> None:
    form = {"csrf_token": csrf(laura.get(f"/leads/{ana}/write")), "subject": "Hola", "body": "Hola", "send": ""}
    assert world.visitor().post(f"/u/{world.token('ana', '', 'unsubscribe')}").status_code == 200
    reply = laura.post(f"/leads/{ana}/write", data=form, headers=SPANISH)
    assert reply.status_code == 422
    assert "se dio de baja" in reply.text
    with world.store.read() as tx:
        assert notices.listed(tx, None, 9) == []


def test_free_times_of_ones_own_calendar_are_added_to_what_was_typed(world: World) -> None:
    office = place(world)
    world.post("ana", "call", "yes", gesture="pointer")
    with world.store.read() as tx:
        owner = tx.users.by_id(id=office.calendar.owners[0])
    browser, ana = world.signed_in(owner["email"]), world.people["ana"]["id"]
    form = {"csrf_token": csrf(browser.get(f"/leads/{ana}/write")), "subject": "Cita", "body": "Hola Ana:"}
    page = browser.post(f"/leads/{ana}/write", data={**form, "offer": office.calendar.name}).text
    body = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[0]
    assert body.startswith("Hola Ana:\n\n")
    assert len(re.findall(r"^- .*\d\d:\d\d", body, re.MULTILINE)) > 1


def test_a_person_who_rang_is_added_as_ones_own_lead_and_the_store_is_as_it_should_be(
    world: World, laura: FlaskClient
) -> None:
    form = {"csrf_token": csrf(laura.get("/leads/-/new")), "first_name": "Óscar", "phone": MOBILE}
    wrong = laura.post("/leads/-/new", data=form, headers=SPANISH)
    assert (wrong.status_code, 'value="Óscar"' in wrong.text) == (422, True)
    full = {**form, "email": "oscar@example.com", "note": "Quiere dos sedes"}
    page = laura.post("/leads/-/new", data=full, headers=SPANISH, follow_redirects=True).text
    assert "Óscar" in page and "Quiere dos sedes" in page and TEL in page and "Este lead es tuyo" in page
    assert "Óscar" in laura.get("/today").text
    assert [*run.check(world.store, world.now)] == []
    again = laura.post("/leads/-/new", data=full, headers=SPANISH)
    assert again.status_code == 422
    assert 'role="alert"' in again.text


def test_somebody_who_never_answered_becomes_a_lead_with_one_button(world: World, laura: FlaskClient) -> None:
    grace = str(world.people["grace"]["id"])
    form = {"csrf_token": csrf(laura.get(f"/leads/{grace}"))}
    page = laura.post(f"/leads/{grace}/begin", data=form, headers=SPANISH, follow_redirects=True).text
    assert "Este lead es tuyo" in page
    world.post("grace", "call", "yes", gesture="pointer")
    lead = world.lead("grace")
    assert lead and lead["people"] == 1 and lead["owner_id"]
