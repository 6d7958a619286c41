"""What somebody sees of pages and buttons that their role does not open."""

from __future__ import annotations

import re

import pytest

from server.web.access import ACCESS
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # these rules ask the database for nothing


@ONE_ENGINE
def test_a_page_without_a_row_in_its_room_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = world.admin()
    assert admin.get("/outbox").status_code == 200
    monkeypatch.delitem(world.app.config[ACCESS], "outbox.index")
    assert admin.get("/outbox").status_code == 403


@ONE_ENGINE
@pytest.mark.parametrize(("language", "words"), [("es", "enviar|equipo"), ("en", "manage the team")])
def test_a_refused_page_says_what_it_needs_and_who_can_help(world: World, language: str, words: str) -> None:
    world.add_admin()
    page = world.member("sales").get("/team", headers={"Accept-Language": language})
    assert page.status_code == 403
    assert re.search(words, page.text)
    assert "admin@example.com" in page.text


@ONE_ENGINE
def test_a_button_that_a_role_may_not_press_is_not_there(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    path = f"/leads/{world.people['ana']['id']}"
    assert "overrule" in world.member("sales").get(path).text
    assert "overrule" not in world.member("viewer").get(path).text
