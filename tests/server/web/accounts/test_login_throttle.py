"""Who guesses is stopped, and locks out nobody but strangers; what the log and the activity page say of it."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.web.limits import KEYS_MAX, Limit
from tests.server.world import ADMIN, PASSWORD, World, csrf


@pytest.fixture(autouse=True)
def admin(world: World) -> None:
    world.add_admin()


def sign_in(browser: FlaskClient, password: str, email: str = ADMIN) -> TestResponse:
    form = {"email": email, "password": password, "csrf_token": csrf(browser.get("/sign-in"))}
    return browser.post("/sign-in", data=form)


def sign_out(browser: FlaskClient) -> None:
    browser.post("/sign-out", data={"csrf_token": csrf(browser.get("/leads"))})


def test_who_keeps_an_address_locked_does_not_keep_its_owner_out(world: World) -> None:
    own = world.visitor()
    assert sign_in(own, PASSWORD).status_code == 302
    sign_out(own)
    guesser = world.visitor()
    assert [sign_in(guesser, f"guess {n}").status_code for n in range(6)] == [401] * 5 + [429]
    assert sign_in(world.visitor(), PASSWORD).status_code == 429, (
        "a stranger's browser waits, with the right password too"
    )
    assert sign_in(own, PASSWORD).status_code == 302, "the browser its owner has used before does not"


def test_a_mark_of_one_user_counts_apart_for_nobody_else_and_has_five_tries_itself(world: World) -> None:
    world.add_member("sales", "lucia@example.com")
    own = world.visitor()
    sign_in(own, PASSWORD)
    sign_out(own)
    assert [sign_in(own, "guess", "lucia@example.com").status_code for _ in range(6)] == [401] * 5 + [429]
    assert [sign_in(own, "guess").status_code for _ in range(6)] == [401] * 5 + [429], "a stolen laptop"
    assert sign_in(world.visitor(), PASSWORD).status_code == 302


def test_a_flood_of_long_names_keeps_nothing(world: World) -> None:
    """One network past its limit, each time another address of fifty thousand characters."""
    browser = world.visitor()
    token = csrf(browser.get("/sign-in"))
    for number in range(80):
        form = {"csrf_token": token, "email": f"{number}" + "x" * 50_000, "password": "guess"}
        status = browser.post("/sign-in", data=form).status_code
    assert status == 429
    kept = world.app.extensions["acto"].limits["sign-in"][0]._tries
    assert len(kept) == 50
    assert sum(map(len, kept)) == 50 * 16, "bytes of names"


def test_of_many_tries_at_once_no_more_are_looked_at_than_may_be() -> None:
    limit = Limit(5, 900)
    assert [limit.take("ana", 1000) > 0 for _ in range(7)] == [False] * 5 + [True] * 2
    limit.give_back("ana")
    assert limit.take("ana", 1000) == 0
    for number in range(KEYS_MAX * 2):
        assert limit.wait_seconds(f"asked {number}", 1000) == 0
    assert len(limit._tries) == 1, "asking keeps nothing"


def test_who_came_in_and_who_was_kept_out_is_written_down_without_an_address(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            sign_in(world.visitor(), "my secret guess")
        sign_in(world.visitor(), "guess", "nobody@example.com")
        world.member("viewer").get("/team")
        world.visitor().get("/a/no.token.of.ours/2")
    said = caplog.text
    assert said.count("wrong password for user") == 6
    assert "wrong password for user unknown from 127.0.0.0" in said
    assert "team.index needs users.manage" in said
    for secret in ("my secret guess", ADMIN, "nobody@example.com", "viewer@example.com", "no.token.of.ours"):
        assert secret not in said
    log = world.admin().get("/audit?kind=user").text
    assert "demasiados intentos fallidos desde la red 127.0.0.0" in log
