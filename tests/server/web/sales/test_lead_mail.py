"""The email as the person saw it, on the lead's page."""

from __future__ import annotations

import re

import pytest

from tests.server.world import World


def pages(world: World, role: str = "sales") -> tuple[str, str]:
    """The page of Ana's email, and the email itself."""
    browser, message = world.member(role), world.sent["ana"]
    address = f"/leads/{message['contact_id']}/mails/{message['id']}"
    assert address in browser.get(f"/leads/{message['contact_id']}").text or message["state"] == "queued"
    return browser.get(address).text, browser.get(f"{address}/html").text


@pytest.mark.parametrize("role", ["sales", "viewer"])
def test_sales_reads_the_email_as_the_person_saw_it_with_the_pressed_answer_marked(world: World, role: str) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    page, mail = pages(world, role)
    assert "Tener a todos mis clientes en un solo lugar" in page
    (marked,) = re.findall(r"<a\b[^>]* data-pressed[^>]*>(.*?)</a>", mail, re.DOTALL)
    assert "Tener a todos mis clientes" in marked
    assert re.search(r"\bAna\b", mail)


def test_no_link_of_the_email_leads_anywhere_so_that_nobody_answers_for_the_person(world: World) -> None:
    _, mail = pages(world)
    assert not re.search(r"<a\b[^>]*\shref=", mail, re.IGNORECASE)
    assert "/a/" not in re.sub(r"<style.*?</style>", "", mail, flags=re.DOTALL)
    assert "/u/" not in mail


def test_an_email_to_somebody_else_is_not_found_below_this_lead(world: World) -> None:
    browser, ana = world.member("sales"), world.people["ana"]["id"]
    for part in ("", "/html"):
        assert browser.get(f"/leads/{ana}/mails/{world.sent['grace']['id']}{part}").status_code == 404
