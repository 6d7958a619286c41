"""From the rule to the calendar: a marketer makes a flow in the browser, a person answers, sales is alerted and has its task, the person
takes a time in the next email, moves it and cancels it, and both have each change in their calendars.
"""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from functools import partial
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, StorageState, expect

from server.sending.mailbox import Received
from tests.journeys.conftest import DESKTOP, PHONE, Browse
from tests.journeys.pages import read, tap_in_mail
from tests.journeys.site import ADMIN, Site, eventually
from tests.people import ANA, GRACE, Person

SALES = "ventas@brujula.example"
Words = Mapping[str, str]
WORDS: dict[str, Words] = {
    "es": {
        "locale": "es-CO",
        "appointment": "Cómo se llama la cita",
        "name": "Su nombre en los correos",
        "save": "Guardar",
        "make": "Crear un flujo",
        "title": "Título",
        "other": "Otras direcciones",
        "question": "a la pregunta",
        "yes answer": "Sí, hablemos",
        "task": "Qué hay que hacer",
        "also": "Y además",
        "add": "Agregar",
        "alert": "Avisar por correo",
        "offer": "Ofrecer una cita por correo",
        "with": "Con el correo",
        "saved": "El flujo está guardado",
        "yes": "Sí, hablemos",
        "answered": "contestó «Sí, hablemos»",
        "done": "Hecha: Llamar a",
        "call": "Llamar a {person}",
        "thanks": "Guardado. ¡Gracias!",
        "booked": "Tu hora está reservada",
        "offered": "¿Cuándo hablamos?",
        "change": "Cambiar la hora o cancelar",
        "move": "Sí, cambiarla",
        "moved": "Tu cita ya tiene su nueva hora",
        "cancel": "Cancelar esta cita",
        "sure": "Sí, cancelarla",
        "cancelled": "Tu cita está cancelada",
        "nobody": "No hay citas",
        "of late": "por su cuenta",
    },
    "en": {
        "locale": "en-GB",
        "appointment": "What the appointment is called",
        "name": "Its name in emails",
        "save": "Save",
        "make": "Make a flow",
        "title": "Title",
        "other": "Other addresses",
        "question": "to the question",
        "yes answer": "Yes, let’s talk",
        "task": "The work to do",
        "also": "And also",
        "add": "Add",
        "alert": "Send an alert by email",
        "offer": "Offer an appointment by email",
        "with": "With the email",
        "saved": "The flow is saved",
        "yes": "Yes, let’s talk",
        "answered": "contestó «Yes, let’s talk»",  # sales is no user of Acto: the first language
        "done": "Done: Call",
        "call": "Call {person}",
        "thanks": "Saved. Thank you.",
        "booked": "Your time is reserved",
        "offered": "When shall we talk?",
        "change": "Change the time or cancel",
        "move": "Yes, move it",
        "moved": "Your appointment has its new time",
        "cancel": "Cancel this appointment",
        "sure": "Yes, cancel it",
        "cancelled": "Your appointment is cancelled",
        "nobody": "Nobody is booked",
        "of late": "by themselves",
    },
}


@pytest.mark.parametrize(
    ("running", "language", "screen", "person"),
    [("sqlite", "es", PHONE, ANA), ("postgresql", "en", DESKTOP, GRACE)],
    indirect=["running"],
    ids=["phone-sqlite", "desk-postgresql"],
)
def test_from_an_answer_to_an_appointment_and_out_of_it_again(
    site: Site, browse: Browse, session: StorageState, language: str, screen: dict[str, Any], person: Person
) -> None:
    say = WORDS[language]
    site.import_contacts(person)
    desk = browse(**screen, storage_state=session, locale=say["locale"])
    _makes_a_calendar(desk, say)
    _makes_a_flow(desk, say)
    reader = browse(**screen)
    read(reader, site.send("diagnosis", person))
    _answers(tap_in_mail(reader, say["yes"]), say["yes"], say["thanks"])
    (alert,) = eventually(lambda: site.received(SALES))
    assert f"{person.name} {say['answered']}" in alert.subject
    desk.goto("/tasks")
    desk.get_by_role("button", name=f"{say['done']} {person.name}").click()
    _takes_a_time(reader, _offer(site, person, say), say)
    first = _entries(site, person, "REQUEST", 0)
    read(reader, _invitation(site, person))
    reader.get_by_role("link", name=say["change"]).click()
    _moves(reader, say)
    second = _entries(site, person, "REQUEST", 1)
    assert second["uid"] == first["uid"] and second["dtstart"].dt != first["dtstart"].dt
    reader.get_by_role("link", name=say["cancel"]).click()
    reader.get_by_role("button", name=say["sure"]).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(say["cancelled"])
    gone = _entries(site, person, "CANCEL", 2)
    assert (gone["uid"], gone["dtstart"].dt) == (first["uid"], second["dtstart"].dt)
    desk.goto("/bookings")
    expect(desk.get_by_role("heading", name=say["nobody"])).to_be_visible()
    expect(desk.locator(".bookings").last).to_contain_text(say["of late"])


def _makes_a_calendar(desk: Page, say: Words) -> None:
    """On working days, with themselves, as the form begins."""
    desk.goto("/calendars/-")
    desk.get_by_label(say["appointment"]).fill("Llamada de diagnóstico")
    desk.get_by_label(say["name"]).fill("diagnosis-call")
    desk.locator("select[name=time_zone]").select_option("America/Bogota")
    desk.get_by_role("button", name=say["save"]).click()
    expect(desk.locator(".times .time").first).to_be_visible()


def _makes_a_flow(desk: Page, say: Words) -> None:
    desk.goto("/flows")
    desk.get_by_role("main").get_by_role("link", name=say["make"]).first.click()
    desk.locator("input[name=title]").fill("Let’s talk")
    desk.get_by_label(say["question"]).select_option("call")
    desk.get_by_role("checkbox", name=say["yes answer"]).check()
    desk.get_by_label(say["task"]).fill(say["call"])
    _adds(desk, say, "alert")
    desk.get_by_label(say["other"]).fill(SALES)
    _adds(desk, say, "offer")
    desk.get_by_label(say["with"]).select_option("call-times")
    desk.get_by_role("button", name=say["save"], exact=True).last.click()
    expect(desk.get_by_role("status")).to_contain_text(say["saved"])


def _adds(desk: Page, say: Words, effect: str) -> None:
    desk.get_by_label(say["also"]).select_option(say[effect])
    desk.get_by_role("button", name=say["add"], exact=True).click()
    expect(desk.get_by_role("heading", name=say[effect])).to_be_visible()


def _answers(page: Page, answer: str, thanks: str) -> None:
    page.get_by_role("button", name=answer).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(thanks)
    page.close()


def _takes_a_time(reader: Page, mail: Received, say: Words) -> None:
    """The first one that stands in the mail."""
    read(reader, mail)
    time = reader.locator("a[href*='/a/']").first.inner_text()
    _answers(tap_in_mail(reader, time), time, say["booked"])


def _moves(reader: Page, say: Words) -> None:
    reader.locator(".options.times a").first.click()
    reader.get_by_role("button", name=say["move"]).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(say["moved"])


def _offer(site: Site, person: Person, say: Words) -> Received:
    return eventually(lambda: [mail for mail in site.mails(person) if mail.subject == say["offered"]])[0]


def _invitation(site: Site, person: Person) -> Received:
    return next(mail for mail in site.received(person.email) if b"text/calendar" in mail.source)


def _entries(site: Site, person: Person, method: str, sequence: int) -> Any:
    """What both have in their calendars now: the same event, of which the person's is given."""
    hers, theirs = (eventually(partial(_entry, site, to, method, sequence)) for to in (person.email, ADMIN))
    assert all(hers[name] == theirs[name] for name in ("uid", "dtstart", "dtend"))
    return hers


def _entry(site: Site, address: str, method: str, sequence: int) -> Any:
    for mail in site.received(address):
        for part in message_from_bytes(mail.source).walk():
            if part.get_content_type() == "text/calendar":
                calendar = Calendar.from_ical(part.get_payload(decode=True))  # type: ignore[arg-type]
                (event,) = calendar.walk("VEVENT")
                if (calendar["method"], event["sequence"]) == (method, sequence):
                    return event
    return None
