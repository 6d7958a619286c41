"""The rooms of a signed-in user, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.sending import outbox
from server.store import Session
from tests.server.booking.place import place
from tests.server.world import World, csrf

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow


def test_the_lead_list_shows_who_why_and_how_warm(world: World) -> None:
    for block, choice in (("need", "follow_up"), ("when", "this_month"), ("call", "yes")):
        world.post("ana", block, choice, gesture="pointer")
    page = world.admin().get("/leads").text
    assert "Ana Díaz" in page
    assert "Ferretería Díaz" in page
    assert "Caliente" in page
    assert "Dijo «Este mes» a «" in page
    assert "urgencia +50" not in page
    assert "urgencia +50" in world.admin().get(f"/leads/{world.people['ana']['id']}").text


@pytest.mark.parametrize("typed", ["ana", "DÍAZ", "diaz", "ferretería", "ana@example"])
def test_a_lead_is_found_as_it_is_typed(world: World, typed: str) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    world.post("grace", "need", "crm", gesture="pointer")
    page = world.admin().get("/leads", query_string={"q": typed}).text
    assert "Ana Díaz" in page
    assert "Grace" not in page


@pytest.mark.parametrize("typed", ["%", "_", "nobody", "\\"])
def test_what_is_typed_is_never_a_wildcard(world: World, typed: str) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    assert "Nadie coincide" in world.admin().get("/leads", query_string={"q": typed}).text


def test_a_lead_page_says_why_and_what_happened(world: World) -> None:
    world.visitor().get(f"/a/{world.token('ana', 'need')}/crm")
    world.post("ana", "need", "crm", gesture="wheel")
    world.hits("ana")
    page = world.admin().get(f"/leads/{world.people['ana']['id']}", headers={"Accept-Language": "en"}).text
    assert "Need" in page or "Necesidad" in page
    assert "Tener a todos mis clientes en un solo lugar" in page


def test_a_persons_words_are_text_and_never_markup(world: World) -> None:
    world.store.write(lambda tx: _rename(tx, world.people["ana"]["id"], "<script>alert(1)</script>"))
    world.post("ana", "need", "crm", gesture="pointer")
    page = world.admin().get("/leads").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_unknown_lead_is_a_page_that_says_so(world: World) -> None:
    page = world.admin().get("/leads/nobody")
    assert page.status_code == 404
    assert "Esa página no existe" in page.text


def test_answers_are_those_of_one_email_newest_first_in_the_readers_words(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    before, world.sent = world.sent, {}
    office = place(world)
    world.post("grace", "slot", office.free()[0])
    page = world.member("admin").get("/answers").text
    assert "¿Qué hora te viene bien?" in page and "¿Qué te gustaría resolver primero?" not in page
    assert page.index('href="/answers?email=meeting" aria-current="true"') < page.index(
        'href="/answers?email=diagnosis"'
    )
    world.sent |= before
    world.post("grace", "need", "nothing", gesture="pointer")
    page = world.member("admin").get("/answers?email=diagnosis").text
    assert page.index("Grace Hill") < page.index("Ana Díaz"), "the newest first"
    assert page.count("¿Qué te gustaría resolver primero?") == 2, "also of Grace, who was asked in English"
    assert 'href="/reports/diagnosis"' in page


def test_answers_say_how_many_count(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    page = world.admin().get("/answers").text
    assert "¿Qué te gustaría resolver primero?" in page
    assert "1 respuesta vigente" in page


@pytest.mark.parametrize("path", ["/leads", "/answers"])
def test_an_empty_room_teaches(world: World, path: str) -> None:
    assert "Todavía no hay" in world.admin().get(path).text


def test_the_emails_room_previews_each_language_and_shows_lint(world: World) -> None:
    admin = world.admin()
    assert "diagnosis" in admin.get("/emails").text
    page = admin.get("/emails/diagnosis?language=en").text
    assert "What would you like" in page or "What do you want" in page or "?" in page
    frame = admin.get("/emails/diagnosis/html?language=en")
    assert "sandbox" in frame.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in frame.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["nope", "_shared", ".."])
def test_only_emails_of_the_folder_are_shown(world: World, name: str) -> None:
    assert world.admin().get(f"/emails/{name}").status_code == 404


def test_the_outbox_says_why_a_message_waits_or_failed(world: World) -> None:
    message = world.sent["ana"]
    world.store.write(lambda tx: _fail(tx, message, "refused: 550 no such user"))
    page = world.admin().get("/outbox").text
    assert "550 no such user" in page
    assert "Enviar de nuevo" in page


def test_a_failed_message_is_queued_again_by_a_person_once(world: World) -> None:
    message = world.sent["ana"]
    world.store.write(lambda tx: _fail(tx, message, "refused: 550"))
    admin = world.admin()
    form = {"csrf_token": csrf(admin.get("/outbox"))}
    url = f"/outbox/{message['contact_id']}/{message['id']}/again"
    assert admin.post(url, data=form).status_code == 302
    assert admin.post(url, data=form).status_code == 409
    with world.store.read() as tx:
        assert tx.messages.by_id(contact_id=message["contact_id"], id=message["id"])["state"] == "queued"


def test_the_inbox_is_there_only_where_a_local_mail_server_keeps_mail(world: World) -> None:
    assert "/inbox" not in world.admin().get("/leads").text


def _rename(tx: Session, contact_id: str, name: str) -> None:
    contact = tx.contacts.by_id(id=contact_id)
    from server.contacts import contacts

    contacts.upsert(tx, contact["email"], contact["created_at"], first_name=name)


def _fail(tx: Session, message: MessagesRow, reason: str) -> None:
    owner = "test"
    tx.messages.claim(stream="marketing", owner=owner, limit=10, now=10**14, lease_until=10**14 + 1)
    outbox.begin_attempt(tx, message, owner, 10**14, 60)
    outbox.finish(tx, message, owner, outbox.Finish("failed", reason), 10**14)
