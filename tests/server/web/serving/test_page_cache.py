"""Pages that are answered in front of Flask from a copy: they are the pages that Flask gives, each with its own reader's data."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from server.contacts import contacts, erase
from server.sending import send
from server.web import create_app
from server.web.page_cache import PageCache
from server.web.serving import cached_answer_page
from tests.server.world import World

OWN = re.compile(r'(name="nonce" value=")[^"]+|(/(?:a|u|n)/)[\w.~-]+')  # what differs between two visits of one person
SAME = {"Date", "Set-Cookie", "Content-Length"}


def opened(world: World, name: str = "ana", block: str = "need", choice: str = "crm") -> TestResponse:
    return world.visitor().get(f"/a/{world.token(name, block)}/{choice}")


def in_flask(world: World, monkeypatch: pytest.MonkeyPatch, *what: str) -> TestResponse:
    """The same link with nothing in front of Flask and no copy."""
    with monkeypatch.context() as patch:
        patch.setattr(cached_answer_page, "is_link", lambda environ: False)
        world.app.extensions["acto"].page_cache._kept.clear()
        return opened(world, *what)


def luis(world: World) -> World:
    """Somebody else with the same mail in the same language."""
    row = ("luis@example.com", world.now, "Luis", "Rojas", "Ferretería Rojas", "es")
    world.people["luis"] = world.store.write(lambda tx: contacts.upsert(tx, *row))
    source = send.check(world.settings, Path(world.settings.templates_dir) / "diagnosis")
    send.queue(world.store, source, [world.people["luis"]], world.now)
    with world.store.read() as tx:
        world.sent["luis"] = tx.messages.of_contact(contact_id=world.people["luis"]["id"])[0]
    return world


def plain(reply: TestResponse) -> tuple[int, str, dict[str, str]]:
    headers = {name: value for name, value in reply.headers.items() if name not in SAME}
    return reply.status_code, OWN.sub(r"\1\2", reply.text), headers


@pytest.mark.parametrize("block", ["need", "process", "when", "call"])
def test_a_copy_is_the_page_that_flask_gives(world: World, monkeypatch: pytest.MonkeyPatch, block: str) -> None:
    email = world.app.extensions["acto"]
    choice = {"need": "crm", "process": "4", "when": "someday", "call": "no"}[block]
    first = plain(in_flask(world, monkeypatch, "ana", block, choice))
    assert email.page_cache._kept and plain(opened(world, "ana", block, choice)) == first


def test_a_copy_holds_nothing_of_who_came_before(world: World) -> None:
    opened(luis(world), "ana")
    page = opened(world, "luis").text
    assert world.token("luis", "need") in page and world.token("ana", "need") not in page
    assert "l***@" in page and "a***@" not in page
    nonces = {re.findall(r'name="nonce" value="([^"]+)"', opened(world, "luis").text)[0] for _ in range(3)}
    assert len(nonces) == 3


def test_a_form_is_stored_once_and_thanked_from_a_copy(world: World) -> None:
    luis_too = luis(world)
    pages = [luis_too.post(name, "need", "crm").text for name in ("ana", "luis")]
    assert [OWN.sub(r"\1\2", page).replace("l***@", "a***@") for page in pages] == [OWN.sub(r"\1\2", pages[0])] * 2
    assert world.token("luis", "need") in pages[1] and world.token("ana", "need") not in pages[1]
    assert [len(world.events(name)) for name in ("ana", "luis")] == [1, 1]


def test_an_answered_question_and_an_erased_person_have_no_copy(world: World) -> None:
    opened(world)
    world.post("ana", "need", "numbers", gesture="pointer")
    assert "numbers" in opened(world).text.split("</h1>")[1][:900]
    world.store.write(lambda tx: erase.erase(tx, world.people["ana"]["id"]))
    assert opened(world).status_code == 404


@pytest.mark.parametrize("way", ["link", "form", "tap"])
def test_a_link_that_is_asked_too_often_is_refused_by_every_door(world: World, way: str) -> None:
    world.app.extensions["acto"].hit_buffer.close()
    world.app = create_app(replace(world.settings, message_requests=3), world.store)
    path, headers = f"/a/{world.token('ana', 'need')}", {"Accept": "application/json"} if way == "tap" else {}

    def ask() -> int:
        if way == "link":
            return world.visitor().get(f"{path}/crm").status_code
        form = {"choice": "crm", "nonce": world.nonce(), "gesture": "pointer" if way == "tap" else ""}
        return world.visitor().post(path, data=form, headers=headers).status_code

    assert [ask() for _ in range(5)] == [200, 200, 200, 429, 429]


def test_a_hole_is_escaped_and_an_empty_one_has_a_page_of_its_own() -> None:
    copies = PageCache()

    def render(holes: dict[str, str]) -> str:
        return f"<p>{holes['token']}</p>{'<a>' if holes['leave'] else ''}{holes['leave']}"

    first = copies.page(("page",), {"token": "a", "leave": "b"}, render)  # type: ignore[arg-type]
    assert first == "<p>a</p><a>b"
    assert copies.of(("page",), {"token": "<x>", "leave": "y"}) == "<p>&lt;x&gt;</p><a>y"
    assert copies.of(("page",), {"token": "a", "leave": ""}) is None
    assert copies.page(None, {"token": "<x>", "leave": ""}, render) == "<p><x></p>"  # type: ignore[arg-type]
    assert copies.of(None, {"token": "a", "leave": "b"}) is None
