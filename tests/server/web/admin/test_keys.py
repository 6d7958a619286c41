"""Keys for programs: made on a page that shows them once, asked for by the API's guard, never in a log."""

from __future__ import annotations

import logging
import re
from types import SimpleNamespace

import pytest
from flask import Blueprint, g
from werkzeug.test import TestResponse

from server.web import app
from server.web.api import key
from tests.server.world import World, csrf


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world with a small API."""
    room = Blueprint("tiny", __name__, url_prefix="/tiny")
    room.get("/leads", endpoint="leads")(lambda: {"by": g.key.name})
    room.get("/unlisted", endpoint="unlisted")(dict)
    key.guard(room, {"tiny.leads": "leads:read"})
    monkeypatch.setattr(app, "API_ROOMS", (SimpleNamespace(room=room),))
    world.app.extensions["acto"].hit_buffer.close()
    world.app = app.create_app(world.settings, world.store)
    return world


def made(world: World, *scopes: str) -> str:
    admin = world.admin()
    form = {"csrf_token": csrf(admin.get("/keys")), "name": "CRM", "scopes": list(scopes), "days": "30"}
    page = admin.post("/keys", data=form)
    found = re.search(r"<code>(acto_[\w-]{43})</code>", page.text)
    assert found
    assert found[1] not in admin.get("/keys").text, "it is shown once"
    return found[1]


def ask(world: World, secret: str, path: str = "/tiny/leads") -> TestResponse:
    return world.visitor().get(path, headers={"Authorization": f"Bearer {secret}"})


def test_a_program_comes_in_with_its_key_and_its_scope_alone(api: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = made(api, "leads:read", "contacts:read")
    assert ask(api, secret).json == {"by": "CRM"}
    assert ask(api, secret, "/tiny/unlisted").status_code == 403
    other = ask(api, made(api, "contacts:read"))
    assert other.status_code == 403
    assert "leads:read" in other.json["detail"]
    assert "insufficient_scope" in other.headers["WWW-Authenticate"]
    for wrong in ("", "acto_x", secret[:-1]):
        assert ask(api, wrong).status_code == 401
    assert api.visitor().get("/tiny/leads").status_code == 401
    assert secret[12:] not in caplog.text
    with api.store.read() as tx:
        assert tx.api_keys.newest()[1]["last_used_at"] > 0


def test_a_revoked_key_is_out(api: World) -> None:
    secret, admin = made(api, "leads:read"), api.admin()
    page = admin.get("/keys")
    path = re.search(r'action="(/keys/\w+/revoke)"', page.text)
    assert path
    assert admin.post(path[1], data={"csrf_token": csrf(page)}).status_code == 302
    assert ask(api, secret).status_code == 401
    assert "revocó la clave" in admin.get("/audit?kind=key").text


def test_guessing_keys_is_stopped(api: World) -> None:
    secret = made(api, "leads:read")
    replies = [ask(api, f"acto_{number}").status_code for number in range(key.GUESSES[0] + 1)]
    assert replies == [401] * key.GUESSES[0] + [429]
    assert ask(api, secret).status_code == 200, "a neighbour’s mistake shuts nobody out"


def test_a_guard_of_a_scope_that_is_none_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no such scope: everything"):
        key.guard(Blueprint("x", __name__), {"x.y": "everything"})
