"""Leaving the list: one tap on a page, or one POST of the mail client; at once, and for marketing alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.sending.mailbox import Received
from tests.journeys.conftest import Browse
from tests.journeys.pages import read, tap_in_mail
from tests.journeys.site import Site, eventually
from tests.people import CARMEN

ORDER = '{"order": {"number": "A-1042", "place": "la portería", "lines": [{"name": "Café", "quantity": 2}]}}'


@pytest.fixture
def mail(site: Site) -> Received:
    site.import_contacts(CARMEN)
    return site.send("diagnosis", CARMEN)


def test_who_unsubscribes_on_the_page_gets_nothing_more_not_even_what_is_queued(
    site: Site, mail: Received, browse: Browse, desk: Page
) -> None:
    with site.worker_resting():
        site.acto("send", "diagnosis", "--to", CARMEN.email)
        person = browse(java_script_enabled=False)
        read(person, mail)
        page = tap_in_mail(person, "Darme de baja")
        expect(page.get_by_role("heading", level=1)).to_have_text("¿Dejar de recibir correos de marketing?")
        assert site.acto("events", "--json") == ""
        page.get_by_role("button", name="Darme de baja").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Listo, te diste de baja")
    desk.goto("/outbox?state=stopped")
    expect(desk.get_by_role("row", name=CARMEN.email)).to_contain_text("Detenido")
    assert site.send("order-delivered", CARMEN, ORDER).subject == "Tu pedido A-1042 está entregado"
    assert len(site.mails(CARMEN)) == 2


@pytest.mark.parametrize("encoding", ["form", "multipart"])
def test_the_one_click_of_a_mail_client_is_enough(
    site: Site, mail: Received, browse: Browse, desk: Page, encoding: str
) -> None:
    headers = dict(mail.headers)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (address,) = re.findall(r"<(http[^>]+)>", headers["List-Unsubscribe"])
    body: dict[str, Any] = {encoding: {"List-Unsubscribe": "One-Click"}}
    client = browse().request
    reply = client.post(address, max_redirects=0, **body)
    assert reply.status == 200
    assert "set-cookie" not in reply.headers
    assert client.post(address, max_redirects=0, **body).status == 200
    site.acto("send", "diagnosis", "--to", CARMEN.email)
    assert eventually(lambda: _state(desk)) == "Detenido"
    assert len(site.mails(CARMEN)) == 1
    desk.get_by_role("link", name=CARMEN.email).first.click()
    expect(desk.get_by_text("Se dio de baja del marketing")).to_have_count(1)


def _state(desk: Page) -> str:
    """What became of the newest message, once that is decided."""
    desk.goto("/outbox")
    state = desk.locator("tbody tr .badge").first.inner_text()
    return state if state not in ("En cola", "Enviando") else ""
