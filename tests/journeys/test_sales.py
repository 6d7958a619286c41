"""Sales at work: an answer arrives while the list is open; the lead is taken, noted, put off, won; the report shows it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.journeys.conftest import DESKTOP, PHONE, Browse
from tests.journeys.pages import read, tap_in_mail
from tests.journeys.site import Site
from tests.people import ANA, GRACE, Person

WORDS: dict[str, dict[str, str]] = {
    "es": {
        "tap": "Sí, hablemos",
        "news": "acaba de responder",
        "take": "Tomarlo",
        "mine": "Este lead es tuyo.",
        "step": "Próximo paso",
        "day": "Día",
        "save": "Guardar el paso",
        "note": "Nota",
        "add": "Agregar la nota",
        "saved": "Próximo paso guardado",
        "month": "En un mes",
        "snoozed": "Aplazados",
        "back": "Mostrarlo ya",
        "why": "¿Por qué?",
        "won": "Ganado",
        "amount": "Valor en COP",
    },
    "en": {
        "tap": "Yes, let’s talk",
        "news": "just answered",
        "take": "Take it",
        "mine": "This lead is yours.",
        "step": "Next step",
        "day": "Day",
        "save": "Save the step",
        "note": "Note",
        "add": "Add the note",
        "saved": "Next step saved",
        "month": "In a month",
        "snoozed": "Snoozed",
        "back": "Show it again now",
        "why": "Why?",
        "won": "Won",
        "amount": "Amount in COP",
    },
}


@pytest.mark.parametrize(
    ("running", "language", "screen", "person"),
    [("sqlite", "es", PHONE, ANA), ("postgresql", "en", DESKTOP, GRACE)],
    indirect=["running"],
    ids=["phone-sqlite", "desk-postgresql"],
)
def test_from_an_answer_to_a_customer(
    site: Site, browse: Browse, session: StorageState, language: str, screen: dict[str, Any], person: Person
) -> None:
    say = WORDS[language]
    site.import_contacts(person)
    mail = site.send("diagnosis", person)
    desk = browse(**screen, storage_state=session, locale={"es": "es-CO", "en": "en-GB"}[language])
    desk.goto("/leads")
    expect(desk.locator(".empty")).to_be_visible()
    reader = browse()
    read(reader, mail)
    page = tap_in_mail(reader, say["tap"])
    page.get_by_role("button", name=say["tap"]).click()
    expect(desk.get_by_role("status")).to_contain_text(f"{person.name} {say['news']}")
    desk.get_by_role("link", name=person.name).click()
    _works(desk, say)
    desk.goto("/reports/diagnosis")
    expect(desk.get_by_role("row", name=say["won"])).to_contain_text("1")


def _works(desk: Page, say: dict[str, str]) -> None:
    desk.get_by_role("button", name=say["take"], exact=True).click()
    expect(desk.get_by_text(say["mine"])).to_be_visible()
    desk.get_by_label(say["step"]).fill("Call about <the> diagnosis")
    desk.get_by_label(say["day"], exact=True).fill("2099-11-30")
    desk.get_by_role("button", name=say["save"]).click()
    expect(desk.locator("#toast")).to_contain_text(say["saved"])
    _open(desk, "note")
    desk.get_by_role("textbox", name=say["note"], exact=True).fill("Decides in March")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".timeline")).to_contain_text("Decides in March")
    _open(desk, "later")
    desk.get_by_role("button", name=say["month"]).click()
    expect(desk.locator("[data-snoozed]")).to_be_visible()
    desk.goto("/leads?view=snoozed")
    expect(desk.locator(".leads")).to_contain_text("Call about <the> diagnosis")
    desk.locator(".leads a").first.click()
    desk.get_by_role("button", name=say["back"]).click()
    expect(desk.locator("[data-snoozed]")).to_have_count(0)
    _open(desk, "end")
    desk.get_by_label(say["why"]).fill("Signed for a year")
    desk.get_by_label(say["amount"]).fill("12.000.000" if say["won"] == "Ganado" else "12,000,000")
    desk.locator("#end").get_by_role("button", name=say["won"], exact=True).click()
    expect(desk.locator("h1 .badge")).to_have_text(say["won"])
    expect(desk.locator("[data-outcome]")).to_contain_text("Signed for a year")
    expect(desk.locator("[data-outcome]")).to_contain_text(re.compile(r"12[.,]000[.,]000"))


def _open(desk: Page, sheet: str) -> None:
    """Opens a sheet from the bar of a phone; on a desktop it is part of the page."""
    button = desk.locator(f"#bar [popovertarget={sheet}]")
    if button.is_visible():
        button.click()


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
def test_a_lead_is_found_taken_and_noted_by_keyboard_alone(site: Site, browse: Browse, session: StorageState) -> None:
    site.import_contacts(ANA)
    reader = browse()
    read(reader, site.send("diagnosis", ANA))
    page = tap_in_mail(reader, "Este mes")
    page.get_by_role("button", name="Este mes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guardado. ¡Gracias!")
    desk = browse(storage_state=session)
    desk.goto("/leads")
    expect(desk.get_by_role("link", name=ANA.name)).to_be_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(ANA.name)
    desk.keyboard.press("t")
    expect(desk.get_by_text("Este lead es tuyo.")).to_be_visible()
    desk.keyboard.press("c")
    desk.keyboard.type("Prefiere las mañanas")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".timeline")).to_contain_text("Prefiere las mañanas")
