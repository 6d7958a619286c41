"""Every page there is, as stops of a walk: for whoever has to judge all of them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys import campaigning, contacting, segmenting, selling, writing
from tests.journeys.pages import lead, read
from tests.journeys.site import PASSWORD, Site
from tests.journeys.town import diagnosis, link_to, links
from tests.people import ANA, BRUNO, CARMEN, GRACE, LUCIA, MATEO

STATES = (
    "-empty",
    "-wrong",
    "-nobody",
    "-mine",
    "-unfinished",
)  # how a stop is called that shows a page in another state
Stops = dict[str, Callable[[Page], object]]  # a name, and how to get there


def empty() -> Stops:
    """The rooms before anything has happened, and what stands where nothing is."""
    names = (
        "leads",
        "contacts",
        "segments",
        "campaigns",
        "marketing",
        "tasks",
        "reports",
        "answers",
        "flows",
        "webhooks",
        "outbox",
        "inbox",
    )
    rooms = {f"{room}-empty": at(f"/{room}") for room in names}
    return {
        **rooms,
        "not-found": at("/nothing"),
        "gone": at("/a/x"),
        "sign-in": at("/sign-in"),
        "sign-in-wrong": _wrong,
        "forgot": at("/forgot"),
        "sign-in-link-used": at("/start/x"),
    }


def rooms(site: Site) -> Stops:
    """What somebody in sales or at the controls sees in a town full of people."""
    return {
        "leads": at("/leads"),
        "leads-nobody": at("/leads?q=zzz"),
        "leads-mine": at("/leads?view=mine"),
        "qualification": _what_if,
        "lead-hot": lambda page: lead(page, ANA.name),
        "lead-scanned": lambda page: lead(page, BRUNO.name),
        "lead-changed": lambda page: lead(page, LUCIA.name),
        "lead-waiting": lambda page: lead(page, MATEO.name),
        "reports": at("/reports"),
        "report": at("/reports/diagnosis"),
        "compare": at("/reports/compare?a=diagnosis&b=feedback"),
        "who": at("/reports/diagnosis/who?block=when&value=this_month"),
        "answers": at("/answers"),
        "outbox": at("/outbox"),
        "inbox": at("/inbox"),
        "mail": at(f"/inbox/{site.mails(ANA)[0].name}"),
        **contacting.stops(),
        **selling.stops(),
        **campaigning.stops(),
        **segmenting.stops(),
    }


def team() -> Stops:
    """What somebody at the controls sees of the team and of themselves."""
    return {
        "team": _invites,
        "account": _wrong_password,
        "second-step": _scan,
        "devices": at("/account/devices"),
        "keys": _makes_a_key,
        "activity": at("/audit"),
        "backups": at("/backups"),
        "menu": _opens_the_menu,
    }


def previews() -> Stops:
    """What a marketer sees of emails: the list, every format, and one with errors."""
    return {
        "emails": at("/emails"),
        "email": at("/emails/diagnosis?language=en&width=phone"),
        "email-kinetic": at("/emails/product-explorer?format=kinetic&scheme=dark"),
        "email-gmail": at("/emails/order-delivered?format=gmail"),
        "email-card": at("/emails/product-explorer?format=card&width=phone"),
        "email-text": at("/emails/event-rsvp?format=text&scheme=dark"),
        "email-by-mail": at("/emails/nps-after-service?format=mailto&known=recommend:3"),
        "email-calendar": at("/emails/event-rsvp?format=calendar"),
        "email-amp-alone": at("/emails/meeting-booking/amp"),
        "email-kinetic-alone": at("/emails/product-explorer/kinetic"),
        "email-longest-name": at("/emails/diagnosis?person=longest"),
        "email-right-to-left": at("/emails/diagnosis?person=right-to-left&scheme=dark"),
        "email-unfinished": at("/emails/unfinished"),
        **writing.stops(),
    }


def recipients(site: Site) -> Stops:
    """What people see who answer: in the mail, on its pages, and when something is wrong."""
    ana, grace, carmen = (diagnosis(site, person) for person in (ANA, GRACE, CARMEN))
    feedback = next(mail for mail in site.mails(ANA) if "taller" in mail.subject)
    delivered = next(mail for mail in site.mails(ANA) if "A-1042" in mail.subject)
    stars, call, out = (
        link_to(delivered, "4"),
        link_to(grace, "yes"),
        next(link for link in links(carmen) if "/u/" in link),
    )
    return {
        "in-the-mail": lambda page: read(page, ana),
        "ask": at(link_to(ana, "three_months")),
        "ask-unmarked": at(link_to(ana, "crm").rsplit("/", 1)[0]),
        "ask-stars": at(stars),
        "ask-stars-kept": lambda page: _kept(page, stars),
        "ask-nps": at(link_to(feedback, "9")),
        "ask-faces": at(link_to(feedback, "4", question=1)),
        "ask-ces": at(link_to(feedback, "7", question=1)),
        "ask-many": at(link_to(feedback, "stock")),
        "ask-unknown": at(link_to(ana, "crm").rsplit("/", 1)[0] + "/other"),
        "ask-english": at(call),
        "thanks-english": lambda page: _pressed(page, call),
        "thanks-next": lambda page: _pressed(page, link_to(feedback, "9")),
        "unsubscribe": at(out),
        "unsubscribed": lambda page: _left(page, out),
    }


def at(address: str) -> Callable[[Page], object]:
    return lambda page: page.goto(address)


def _wrong(page: Page) -> None:
    page.goto("/sign-in")
    page.locator("input[name=email]").fill("nobody@brujula.example")
    page.locator("input[name=password]").fill("not the password")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()


def _what_if(page: Page) -> None:
    page.goto("/qualification")
    page.locator("input[name=hot_worth]").fill("200")
    page.locator("button[name=preview]").click()
    page.locator("#moves").wait_for()


def _invites(page: Page) -> None:
    """The second time the address is known, and the page says so."""
    page.goto("/team")
    page.locator("input[name=email]").fill("lucia.ferrer@brujula.example")
    page.locator("input[name=name]").fill("Lucía Ferrer")
    page.locator("input[name=role][value=sales]").check()
    page.locator("form[action='/team/invite'] button").click()
    page.locator(".people li").nth(1).wait_for()


def _wrong_password(page: Page) -> None:
    page.goto("/account")
    form = page.locator("form[action='/account/password']")
    form.locator("input[name=password]").fill("not the password")
    form.locator("input[name=new]").fill("una mañana muy fría")
    form.locator("button").click()
    page.get_by_role("alert").wait_for()


def _scan(page: Page) -> None:
    page.goto("/account")
    form = page.locator("form[action='/account/second-step']")
    form.locator("input[name=password]").fill(PASSWORD)
    form.locator("button").click()
    page.locator(".qr").wait_for()


def _makes_a_key(page: Page) -> None:
    page.goto("/keys")
    page.locator("input[name=name]").fill("CRM")
    for scope in ("contacts:read", "leads:read"):
        page.locator(f"input[value='{scope}']").check()
    page.locator("form[action='/keys'] button").click()
    page.locator(".secret").wait_for()


def _opens_the_menu(page: Page) -> None:
    page.goto("/reports")  # its menu covers no button of the page
    page.locator("header .me").click()
    page.locator("#me").wait_for()


def _kept(page: Page, link: str) -> None:
    page.goto(link)
    page.locator(".keep").wait_for()


def _left(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button").click()
    page.locator(".thanks").wait_for()


def _pressed(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("[data-chosen]").click()
    page.locator(".thanks").wait_for()
