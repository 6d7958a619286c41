"""Signing in, and what cannot be reached without it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from server.accounts import users
from server.web import create_app, limits
from server.web.api.table import ENDPOINTS
from server.web.limits import Limit
from tests.server.world import ADMIN, PASSWORD, World, csrf

OPEN = {"session.health", "static", "brand.colors", "brand.logo", "brand.image"} | {
    *("sign_in.ask", "sign_in.enter", "sign_in.ask_code", "sign_in.enter_code", "sign_in.choose_language"),
    *("links.forgot", "links.send", "links.ask", "links.take", "first_visit.ask", "first_visit.enter"),
}
BY_TOKEN = {"ask.page", "ask.answer", "not_me.page", "not_me.say", "unsubscribe.page", "unsubscribe.leave"} | {
    *("ask.saved", "ask.withdraw"),
    *("feeds.show", "appointments.show", "appointments.entry", "appointments.confirm", "appointments.act"),
    *("amp.answer", "amp.standing", "gmail.confirm", "cards.answer", "cards.refresh"),
    *(
        "api.describe",
        "api.nowhere",
        *(f"api.{each.name}" for each in ENDPOINTS),
    ),  # tests/server/web/api holds their keys
}
ARGUMENTS = {
    **dict.fromkeys(("contact_id", "campaign_id", "other_id", "import_id", "segment_id", "message_id"), "x"),
    "group": "goes",
    "move": "pause",
    "name": "x",
    "token": "x",
    "choice": "x",
    "filename": "x",
    "part": "html",
    "act": "take",
    "task_id": "x",
    "booking_id": "x",
    "email": "x",
    "user_id": "x",
    "key_id": "x",
    "starter": "x",
    "key": "x",
    "image_id": "x",
    "file": "x",
}


@pytest.fixture(autouse=True)
def admin(world: World) -> None:
    world.add_admin()


def test_every_room_asks_for_a_session(world: World) -> None:
    """Each route there is: a new one is inside the guard unless it is named here."""
    visitor, asked = world.visitor(), 0
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint in OPEN | BY_TOKEN:
            continue
        with world.app.test_request_context():
            given: dict[str, Any] = {name: ARGUMENTS[name] for name in rule.arguments}
            path = world.app.url_for(rule.endpoint, **given)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            reply = visitor.open(path, method=method)
            refused = reply.status_code == 400 if method == "POST" else reply.location.startswith("/sign-in")
            assert refused, f"{method} {path}"
            asked += 1
    assert asked > 10


def test_a_path_that_does_not_exist_is_inside_too(world: World) -> None:
    assert world.visitor().get("/nothing").status_code == 302


def test_signing_in_opens_the_leads_and_leads_back(world: World) -> None:
    visitor = world.visitor()
    form = {"email": ADMIN.upper(), "password": PASSWORD, "csrf_token": csrf(visitor.get("/sign-in"))}
    reply = visitor.post("/sign-in?next=/answers", data=form)
    assert reply.location == "/answers"
    assert visitor.get("/leads").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\r\nSet-Cookie: a=b",
        "/\n\\evil.example",
    ],
)
def test_signing_in_never_leads_elsewhere(world: World, target: str) -> None:
    visitor = world.visitor()
    form = {"email": ADMIN, "password": PASSWORD, "csrf_token": csrf(visitor.get("/sign-in"))}
    assert visitor.post("/sign-in", query_string={"next": target}, data=form).location == "/today"


@pytest.mark.parametrize(("email", "password"), [(ADMIN, "wrong"), ("nobody@example.com", PASSWORD), ("", "")])
def test_a_wrong_address_or_password_says_the_same(world: World, email: str, password: str) -> None:
    visitor = world.visitor()
    reply = visitor.post(
        "/sign-in", data={"email": email, "password": password, "csrf_token": csrf(visitor.get("/sign-in"))}
    )
    assert reply.status_code == 401
    assert "La dirección o la contraseña no es correcta" in reply.text
    assert visitor.get("/leads").status_code == 302


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    admin = world.admin()
    assert admin.post("/sign-out").status_code == 400
    assert admin.get("/leads").status_code == 200


def test_signing_out_ends_the_session(world: World) -> None:
    admin = world.admin()
    admin.post("/sign-out", data={"csrf_token": csrf(admin.get("/leads"))})
    assert admin.get("/leads").status_code == 302


def test_signing_out_ends_every_copy_of_the_cookie(world: World) -> None:
    admin, thief = world.admin(), world.visitor()
    cookie = admin.get_cookie("acto")
    assert cookie
    thief.set_cookie("acto", cookie.value)
    assert thief.get("/leads").status_code == 200
    admin.post("/sign-out", data={"csrf_token": csrf(admin.get("/leads"))})
    thief.set_cookie("acto", cookie.value)
    assert thief.get("/leads").status_code == 302


def test_somebody_sees_where_they_are_signed_in_and_ends_it_there(world: World) -> None:
    here, phone, old = world.admin(), world.visitor(), world.admin()
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    form = {"email": ADMIN, "password": PASSWORD, "csrf_token": csrf(phone.get("/sign-in"))}
    phone.post("/sign-in", data=form, headers={"User-Agent": agent})
    lucia = world.member("sales", "lucia@example.com")
    page = here.get("/account")
    assert "Safari · iPhone" in page.text
    assert page.text.count("Cerrar sesión en los demás") == 1
    token = {"csrf_token": csrf(page)}
    ids = re.findall(r'name="session" value="([0-9a-f]{64})"', page.text)
    assert len(ids) == 2, "all but this one"
    theirs = {"session": ids[0], "csrf_token": csrf(lucia.get("/account"))}
    assert lucia.post("/account/sessions/end", data=theirs).status_code == 409, "somebody else's"
    assert here.post("/account/sessions/end", data={**token, "session": ids[0]}).status_code == 302
    assert sorted(each.get("/leads").status_code for each in (phone, old)) == [200, 302]
    here.post("/account/sessions/end", data={**token, "session": "others"})
    assert [each.get("/leads").status_code for each in (here, phone, old, lucia)] == [200, 302, 302, 200]


def test_a_session_ends_two_weeks_after_its_last_use(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin, clock = world.admin(), {"now": world.now}
    monkeypatch.setattr("server.web.session.now_ms", lambda: clock["now"])
    for days, status in ((13, 200), (13, 200), (5, 302)):  # the last is a month after it began
        clock["now"] += days * 86_400_000
        assert admin.get("/leads").status_code == status
    other = world.admin()
    clock["now"] = world.now + 15 * 86_400_000
    assert other.get("/leads").status_code == 302


def test_a_new_password_signs_every_session_out(world: World) -> None:
    admin = world.admin()
    users.add_or_reset(world.store, ADMIN, "another good password", world.now)
    assert admin.get("/leads").status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    visitor = world.visitor()
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_behind_a_proxy_each_visitor_has_their_own_address(world: World) -> None:
    """One who guesses does not lock the others out; and over https the cookie and the forms work without a Referer."""
    settings = replace(world.settings, proxies=1, base_url="https://acto.example")
    world.app.extensions["acto"].hit_buffer.close()
    world.app = create_app(settings, world.store)
    world.add_admin()

    def tries(address: str, times: int, password: str) -> int:
        browser, proxy = world.visitor(), {"X-Forwarded-For": f"6.6.6.6, {address}", "X-Forwarded-Proto": "https"}
        page = browser.get("/sign-in", headers=proxy)
        assert page.headers["Set-Cookie"].startswith("__Host-acto=")
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert "Secure" in page.headers["Set-Cookie"]
        forms = [{"email": f"{n}@x.example" if times > 1 else ADMIN, "password": password} for n in range(times)]
        token = {"csrf_token": csrf(page)}
        return [browser.post("/sign-in", data={**form, **token}, headers=proxy).status_code for form in forms][-1]

    assert tries("198.51.100.7", 51, "guess") == 429
    assert tries("203.0.113.9", 1, PASSWORD) == 302
    assert tries("198.51.100.8", 1, PASSWORD) == 429, "the same network as the guesser"


def test_a_short_password_is_refused(world: World) -> None:
    with pytest.raises(users.WeakPassword, match="12 characters"):
        users.add_or_reset(world.store, ADMIN, "short", world.now)


def test_the_language_is_the_users_choice(world: World) -> None:
    admin = world.admin()
    assert "Respuestas" in admin.get("/leads").text
    form = {"language": "en", "next": "/leads", "csrf_token": csrf(admin.get("/leads"))}
    assert admin.post("/language", data=form).location == "/leads"
    assert "Answers" in admin.get("/leads").text


def test_the_language_is_chosen_without_leading_anybody_out(world: World) -> None:
    admin, form = world.admin(), {"language": "en", "next": "//evil.example"}
    assert admin.post("/language", data={**form, "csrf_token": csrf(admin.get("/leads"))}).location == "/today"
    visitor = world.visitor()
    form["csrf_token"] = csrf(visitor.get("/sign-in"))
    assert visitor.post("/language", data=form).location == "/sign-in"


def test_guessing_is_stopped_for_a_while_even_with_the_right_password(world: World) -> None:
    visitor = world.visitor()
    form = {"email": ADMIN, "csrf_token": csrf(visitor.get("/sign-in"))}
    assert [visitor.post("/sign-in", data={**form, "password": f"guess {n}"}).status_code for n in range(5)] == [
        401
    ] * 5
    stopped = visitor.post("/sign-in", data={**form, "password": PASSWORD})
    assert stopped.status_code == 429
    assert 800 < int(stopped.headers["Retry-After"]) <= 900
    assert "Espera 15 minutos" in stopped.text
    other = visitor.post("/sign-in", data={**form, "email": "other@example.com", "password": "guess"})
    assert other.status_code == 401


def test_a_limit_forgets_what_is_long_ago_and_holds_no_more_than_it_may() -> None:
    limit = Limit(2, 60)
    for now in (0, 1000):
        limit.note("a", now)
    assert limit.wait_seconds("a", 2000) == 58
    assert limit.wait_seconds("b", 2000) == 0
    assert limit.wait_seconds("a", 60_000) == 0
    for number in range(limits.KEYS_MAX + 5):
        limit.note(str(number), 61_000)
    assert len(limit._tries) == limits.KEYS_MAX
