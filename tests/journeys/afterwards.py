"""What answers set off, as stops of the walk: rules and their runs, tasks, webhooks, calendars, and the appointments people take."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import time as wall

from playwright.sync_api import APIRequestContext, Page

from server import settings as all_settings
from server import store as stores
from server.booking import calendars
from server.booking.calendars import Calendar
from server.flows import flow_store, reading
from server.sending.mailbox import Received
from server.settings import Settings
from server.store import Session
from server.webhooks import endpoints
from server.webhooks.endpoints import EndpointFields
from tests.journeys import database as databases
from tests.journeys.pages import read
from tests.journeys.site import ADMIN, Site, eventually
from tests.journeys.tour import Stops, at
from tests.journeys.town import links, press
from tests.people import ANA, GRACE, LUCIA, MATEO, Person

OFFER, TIME = "call-times", re.compile(r"/\d{8}t\d{4}z$")
OFFICE = ((wall(9), wall(13)), (wall(14), wall(18)))
CALENDAR = Calendar(
    *("diagnosis-call", "Llamada de diagnóstico", "America/Bogota", dict.fromkeys(range(7), OFFICE)),
    minutes=20,
    place="https://meet.example/brujula",
)
URGENT = """title = "Lo quiere este mes"
[when]
happens = "answered"
block = "when"
values = ["this_month"]
[if]
class = "marketing"
[[then]]
do = "task"
title = "Llamar a {person}"
due = "4 hours"
[[then]]
do = "alert"
to = ["ventas@brujula.example"]
[[then]]
do = "webhook"
endpoint = "crm"
[[then]]
do = "tag"
tag = "urgente"
after = "2 days"
unless = "booked"
"""
WRONG = """title = "Nota baja"
[when]
happens = "answered"
block = "recommend"
values = ["0-6"]
[[then]]
do = "chat"
endpoint = "gone"
"""
# What a receiver leaves behind that was down and then took the call.
DOWN, TOOK = '"status": 503, "ms": 812, "said": "<h1>Down</h1>"', '"status": 204, "ms": 96, "said": ""'


def prepare(site: Site) -> None:
    """Before anybody answers: a calendar of the admin's, two webhooks, and two rules, of which one names what is not there."""
    with stores.open(site.environ["ACTO_DATABASE"]) as store:
        store.write(lambda tx: _prepare(tx, all_settings.load(environ=site.environ)))


def fill(site: Site, client: APIRequestContext) -> None:
    """Four are offered a call: Ana takes a time, Grace takes one and moves it, Lucía takes one and cancels, Mateo waits."""
    for person in (ANA, GRACE, LUCIA, MATEO):
        site.send(OFFER, person)
    for place, person in enumerate((ANA, GRACE, LUCIA)):
        press(client, times(offer(site, person))[place], "pointer")
    for person, choose in ((GRACE, last(times(offer(site, MATEO)))), (LUCIA, "cancel")):
        assert client.post(appointment(site, person), form={"choice": choose}).ok
    eventually(lambda: len(letters(site, LUCIA)) == len(letters(site, GRACE)) == 2)
    now = time.time_ns() // 1_000_000
    tries = f'[{{"at": {now - 9000}, {DOWN}}}, {{"at": {now - 4000}, {TOOK}}}]'
    done = f"UPDATE effects SET state = 'done', reason = '', tries = '{tries}' WHERE kind = 'webhook' AND contact_id = "
    databases.run(site.environ["ACTO_DATABASE"], f"{done}(SELECT id FROM contacts WHERE email = '{GRACE.email}')")


def empty() -> Stops:
    """The rooms before anything has happened, and the forms as they begin."""
    return {
        "runs-empty": at("/flows/-/runs"),
        "flow-new": at("/flows/-/new"),
        "bookings-empty": at("/bookings"),
        "calendars-empty": at("/calendars"),
        "calendar-new": at("/calendars/-"),
    }


def _week_with_bookings(page: Page) -> None:
    page.goto("/bookings/week")
    if not page.locator(".week-of a").count():
        page.locator(".button[rel=next]").click()
    page.locator(".week-of").wait_for()


def rooms() -> Stops:
    """What the team sees of rules and what became of them."""
    return {
        "tasks": at("/tasks"),
        "flows": at("/flows"),
        "flow": at("/flows/urgente"),
        "flow-wrong": at("/flows/nota-baja"),
        "runs": _opened("/flows/-/runs"),
        "webhooks": at("/webhooks"),
        "webhook": _opened("/webhooks/crm"),
        "bookings": _opened("/bookings"),
        "week": _week_with_bookings,
        "calendars": at("/calendars"),
        "calendar": at("/calendars/diagnosis-call"),
        "calendar-wrong": _no_hours,
    }


def recipients(site: Site) -> Stops:
    """What somebody sees who takes a time, comes too late, moves it, cancels it; and the mails about it."""
    mine, theirs = appointment(site, ANA), times(offer(site, MATEO))
    return {
        "times-in-the-mail": lambda page: read(page, offer(site, MATEO)),
        "ask-time": at(theirs[3]),
        "ask-time-gone": at(theirs[0]),
        "booked": lambda page: _pressed(page, times(offer(site, ANA))[0]),
        "appointment": at(mine),
        "appointment-move": at(f"{mine}/{last(theirs[:6])}"),
        "appointment-taken": at(f"{mine}/{last(theirs)}"),
        "appointment-cancel": at(f"{mine}/cancel"),
        "appointment-cancelled": at(appointment(site, LUCIA)),
        "invitation": lambda page: read(page, letters(site, ANA)[0]),
        "invitation-moved": lambda page: read(page, letters(site, GRACE)[0]),
        "invitation-cancelled": lambda page: read(page, letters(site, LUCIA)[0]),
        "invitation-of-the-owner": lambda page: read(page, _of_the_owner(site)),
    }


def offer(site: Site, person: Person) -> Received:
    """The mail with the times."""
    return next(mail for mail in site.mails(person) if times(mail))


def times(mail: Received) -> list[str]:
    """The links of the times in a mail, in their order."""
    return [link for link in links(mail) if TIME.search(link)]


def last(links: list[str]) -> str:
    """The last of these times, as a form names it."""
    return links[-1].rpartition("/")[2]


def letters(site: Site, person: Person) -> list[Received]:
    """Invitations, changes and cancellations, newest first."""
    return [mail for mail in site.received(person.email) if b"text/calendar" in mail.source]


def appointment(site: Site, person: Person) -> str:
    """The page behind the mails about an appointment."""
    return eventually(lambda: [link for mail in letters(site, person) for link in links(mail) if "/b/" in link])[0]


def _prepare(tx: Session, settings: Settings) -> None:
    now = time.time_ns() // 1_000_000
    owner = tx.users.by_email(email=ADMIN)["id"]
    calendars.save(tx, replace(CALENDAR, owners=(owner,)), now)
    for name, shape in (("crm", "standard"), ("equipo", "slack")):
        endpoints.add(tx, settings, name, EndpointFields(f"https://{name}.example/hooks/acto", shape), ADMIN, now)
    tx.endpoints.switch(name="equipo", active=0, reason="gone_for_good")
    for name, text in (("urgente", URGENT), ("nota-baja", WRONG)):
        flow = reading.read(name, text).flow
        assert flow
        flow_store.save(tx, flow, ADMIN, now)


def _of_the_owner(site: Site) -> Received:
    return next(mail for mail in site.received(ADMIN) if b"text/calendar" in mail.source)


def _opened(address: str) -> Callable[[Page], object]:
    """With everything unfolded."""

    def go(page: Page) -> None:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")

    return go


def _no_hours(page: Page) -> None:
    page.goto("/calendars/diagnosis-call")
    page.locator("input[name='mon.to0']").fill("00:30")
    page.locator("main button.primary").click()
    page.get_by_role("alert").first.wait_for()


def _pressed(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("[data-chosen]").click()
    page.locator(".thanks").wait_for()
