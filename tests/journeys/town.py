"""A site full of people who got mail and answered it, each in their own way: something of everything that can be seen."""

from __future__ import annotations

import re

from playwright.sync_api import APIRequestContext

from server.sending.mailbox import Received
from tests.journeys import database as databases
from tests.journeys.site import Site, eventually
from tests.people import ANA, BRUNO, CARMEN, EVERYBODY, GRACE, LUCIA, MATEO, Person

ORDER = '{"order": {"number": "A-1042", "place": "la portería", "lines": [{"name": "Café de origen", "quantity": 2}]}}'
SAID = {  # the options each of them pressed, in turn
    ANA: ("follow_up", "this_month", "yes"),
    GRACE: ("crm", "this_month"),
    LUCIA: ("numbers", "this_month", "three_months"),
    BRUNO: ("nothing", "no"),
}
SCANNER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
)
STATES = {  # what a mail server that refuses and a process that was killed leave behind
    LUCIA: ("failed", "refused: 550 5.1.1 no such user"),
    BRUNO: ("unknown", "worker_gone"),
}


def fill(site: Site, client: APIRequestContext) -> None:
    """`client` is what everybody browses with."""
    site.import_contacts(*EVERYBODY)
    site.acto("send", "diagnosis", "--all")
    for person in (ANA, LUCIA, BRUNO):
        site.send("feedback", person)
    site.send("order-delivered", ANA, ORDER)
    eventually(lambda: all(_diagnoses(site, person) for person in EVERYBODY))
    for link in links(diagnosis(site, BRUNO)):
        client.get(link, headers={"User-Agent": SCANNER})
    for person, values in SAID.items():
        for value in values:
            press(client, link_to(diagnosis(site, person), value), "pointer")
    press(client, link_to(diagnosis(site, MATEO), "yes"), "")
    _leave_while_mail_waits(site, client)
    _trouble(site)


def diagnosis(site: Site, person: Person) -> Received:
    """The mail that everybody got; which of a person's mails arrives first, nobody can say."""
    return _diagnoses(site, person)[0]


def _diagnoses(site: Site, person: Person) -> list[Received]:
    return [mail for mail in site.mails(person) if "/this_month" in mail.html]


def links(mail: Received) -> list[str]:
    return re.findall(r'href="(http[^"]+)"', mail.html)


def link_to(mail: Received, value: str, question: int = 0) -> str:
    """The link of an option; `question` tells apart those whose options are called the same."""
    return [link for link in links(mail) if link.endswith(f"/{value}")][question]


def press(client: APIRequestContext, link: str, gesture: str) -> None:
    """Answer on the page behind a link, with the trusted input that its script would have seen."""
    nonce = re.findall(r'name="nonce" value="([^"]+)"', client.get(link).text())[0]
    assert client.post(link, form={"nonce": nonce, "gesture": gesture}).ok


def _leave_while_mail_waits(site: Site, client: APIRequestContext) -> None:
    with site.worker_resting():
        site.acto("send", "feedback", "--to", CARMEN.email)
        (leaving,) = [link for link in links(diagnosis(site, CARMEN)) if "/u/" in link]
        assert client.post(leaving).ok


def _trouble(site: Site) -> None:
    for person, (state, reason) in STATES.items():
        databases.run(
            site.environ["ACTO_DATABASE"],
            f"UPDATE messages SET state = '{state}', reason = '{reason}' WHERE email = 'feedback'"
            f" AND contact_id = (SELECT id FROM contacts WHERE email = '{person.email}')",
        )
