"""How somebody comes into the team, forgets a password, asks for codes, and is shown out: by the pages and mails themselves."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace

import pyotp
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.accounts import passwords, sessions
from server.web.accounts import sign_in
from tests.server.world import ADMIN, PASSWORD, World, csrf

LUCIA, SECRET = "lucia@clinica.example", "tres barcos y un faro"


def post(browser: FlaskClient, path: str, page: str = "", **fields: str) -> TestResponse:
    return browser.post(path, data={"csrf_token": csrf(browser.get(page or path)), **fields})


def mailed(world: World, to: str) -> str:
    """The path of the link in the newest notice."""
    with world.store.read() as tx:
        ids = [each["id"] for each in tx.notices.newest(limit=9, offset=0) if each["to_address"] == to]
        text = tx.notices.by_id(id=ids[0])["text"]
    found = re.search(r"https?://[^/]+(/\S+)", text)
    assert found
    return found[1]


def joined(world: World, role: str = "sales") -> FlaskClient:
    """Lucía is invited and comes in."""
    invited = {"email": LUCIA, "name": "Lucía", "role": role, "language": "es"}
    assert post(world.admin(), "/team/invite", "/team", **invited).status_code == 302
    browser = world.visitor()
    reply = post(browser, mailed(world, LUCIA), name="Lucía\nFerrer", time_zone="America/Bogota", password=SECRET)
    assert reply.location == {"sales": "/today", "marketer": "/marketing"}.get(role, "/leads")
    return browser


def code_of(world: World, secret: str) -> str:
    """What an authenticator shows where the time is the world's."""
    return pyotp.TOTP(secret).at(world.now // 1000)


def signed_in(world: World, password: str) -> TestResponse:
    return post(world.visitor(), "/sign-in", email=LUCIA, password=password)


def test_somebody_invited_comes_in_by_mail_and_works_in_their_role(world: World) -> None:
    browser = joined(world)
    page = browser.get("/leads").text
    assert "Lucía Ferrer" in page
    assert "Ventas" in page
    assert browser.get("/team").status_code == 403
    assert 'value="America/Bogota" selected' in browser.get("/account").text
    link = mailed(world, LUCIA)
    assert world.visitor().get(link).status_code == 404, "the link worked once"
    team = world.admin().get("/team").text
    assert "Lucía Ferrer" in team
    assert "Estuvo" in team
    assert post(world.admin(), "/team/invite", "/team", email=LUCIA, role="sales").status_code == 422


def test_opening_an_invitation_changes_nothing_and_a_weak_password_says_why(world: World) -> None:
    post(world.admin(), "/team/invite", "/team", email=LUCIA, role="sales", language="en")
    link, browser = mailed(world, LUCIA), world.visitor()
    for _ in range(3):
        assert "Welcome to the team" in browser.get(link).text
    weak = post(browser, link, name="Lucía", password="contraseña2027")
    assert weak.status_code == 422
    assert "easy to guess" in weak.text
    assert browser.get(link).status_code == 200


def test_a_forgotten_password_is_set_anew_and_ends_every_session(world: World) -> None:
    browser = joined(world)
    with world.visitor() as visitor, closing(post(visitor, "/forgot", email=LUCIA.upper())) as reply:
        known = re.sub(r'value="[^"]+"', "", reply.text)
    with world.visitor() as visitor, closing(post(visitor, "/forgot", email="nobody@example.com")) as reply:
        assert re.sub(r'value="[^"]+"', "", reply.text) == known, "nobody learns who is in the team"
    link = mailed(world, LUCIA)
    assert link.startswith("/reset/")
    assert post(world.visitor(), link, password="una mañana muy fría").location == "/today"
    assert browser.get("/leads").status_code == 302
    assert signed_in(world, SECRET).status_code == 401
    assert signed_in(world, "una mañana muy fría").location == "/today"
    assert world.visitor().get(link).status_code == 404


def test_nobody_is_flooded_with_mail(world: World) -> None:
    visitor = world.visitor()
    token = csrf(visitor.get("/forgot"))
    replies = [visitor.post("/forgot", data={"csrf_token": token, "email": LUCIA}).status_code for _ in range(4)]
    assert replies == [200, 200, 200, 429]


def test_who_is_deactivated_is_out_at_the_next_step(world: World) -> None:
    browser, admin = joined(world), world.admin()
    with world.store.read() as tx:
        lucia = tx.users.by_email(email=LUCIA)["id"]
    assert browser.get("/leads").status_code == 200
    assert post(admin, f"/team/{lucia}/active", "/team", active="0").status_code == 302
    assert browser.get("/leads").status_code == 302
    assert signed_in(world, SECRET).status_code == 401
    assert "dio de baja a lucia" in admin.get("/audit?kind=user").text


def test_a_role_taken_away_closes_its_pages_at_once(world: World) -> None:
    browser, admin = joined(world, "marketer"), world.admin()
    with world.store.read() as tx:
        lucia, me = (tx.users.by_email(email=each)["id"] for each in (LUCIA, ADMIN))
    assert browser.get("/outbox").status_code == 200
    post(admin, f"/team/{lucia}/role", "/team", role="sales")
    assert browser.get("/outbox").status_code == 403
    last = post(admin, f"/team/{me}/role", "/team", role="viewer")
    assert last.status_code == 422
    assert "Tiene que haber alguien" in last.text
    assert post(admin, f"/team/{lucia}/role", "/team", role="boss").status_code == 404


def test_codes_are_asked_for_after_the_password_and_each_works_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = joined(world)
    wrong = post(browser, "/account/second-step", "/account", password="not hers")
    assert wrong.status_code == 422
    own = pyotp.random_base32()
    borrowed = post(browser, "/account/second-step/on", "/account", secret=own, code=code_of(world, own))
    assert borrowed.status_code == 302, "a borrowed browser brings a secret of its own, and not the password"
    assert "With codes" not in world.admin().get("/team").text
    assert post(browser, "/account/second-step/on", "/account", code=code_of(world, own)).status_code == 302
    scan = post(browser, "/account/second-step", "/account", password=SECRET)
    assert "data:image/svg+xml" in scan.text
    shown = re.search(r"<code>((?:[A-Z2-7]{4} ){8})</code>", scan.text)
    assert shown
    secret = shown[1].replace(" ", "")
    clock = {"now": world.now}
    for module in ("accounts.own_account", "accounts.sign_in", "session"):
        monkeypatch.setattr(f"server.web.{module}.now_ms", lambda: clock["now"])

    def code() -> str:
        return pyotp.TOTP(secret).at(clock["now"] // 1000)

    on = post(browser, "/account/second-step/on", "/account", code=code())
    recovery = re.findall(r"<code>(\S{8}-\S{8})</code>", on.text)
    assert len(recovery) == 8
    visitor = world.visitor()
    assert post(visitor, "/sign-in?next=/account", "/sign-in", email=LUCIA, password=SECRET).location.startswith(
        "/sign-in/code"
    )
    assert visitor.get("/leads").status_code == 302, "half in is out"
    assert post(visitor, "/sign-in/code", code=code()).status_code == 401, "used when it was switched on"
    clock["now"] += 60_000
    assert post(visitor, "/sign-in/code?next=/account", "/sign-in/code", code=code()).location == "/account"
    again = world.visitor()
    post(again, "/sign-in", email=LUCIA, password=SECRET)
    assert post(again, "/sign-in/code", code=recovery[0].upper()).location == "/today"
    slow = world.visitor()
    post(slow, "/sign-in", email=LUCIA, password=SECRET)
    clock["now"] += sign_in.CODE_WITHIN_MS + 1
    assert slow.get("/sign-in/code").status_code == 302, "the password is asked for again"


def test_where_codes_are_asked_of_everyone_nothing_opens_before_they_are_set_up(world: World) -> None:
    browser = joined(world)
    asked = replace(world.settings, second_step="everyone")
    world.app.extensions["acto"] = replace(world.app.extensions["acto"], settings=asked)
    for path in ("/leads", "/tasks", "/reports"):
        assert browser.get(path).location == "/account"
    page = browser.get("/account")
    assert "Configura abajo el segundo paso" in page.text
    form = {"csrf_token": csrf(page), "name": "x"}
    assert browser.post("/tasks", data=form).location == "/account", "nor does a form"
    scan = post(browser, "/account/second-step", "/account", password=SECRET)
    shown = re.search(r"<code>((?:[A-Z2-7]{4} ){8})</code>", scan.text)
    assert shown
    code = code_of(world, shown[1].replace(" ", ""))
    assert post(browser, "/account/second-step/on", "/account", code=code).status_code == 200
    assert browser.get("/leads").status_code == 200
    assert "Configura abajo" not in browser.get("/account").text


def test_guessing_codes_is_stopped_even_with_the_right_one(world: World) -> None:
    browser = joined(world)
    with world.store.read() as tx:
        lucia = tx.users.by_email(email=LUCIA)["id"]
    secret = pyotp.random_base32()
    world.store.write(lambda tx: tx.users.set_totp(id=lucia, secret=secret, totp_step=0))
    visitor = world.visitor()
    post(visitor, "/sign-in", email=LUCIA, password=SECRET)
    token = csrf(visitor.get("/sign-in/code"))
    tries = [visitor.post("/sign-in/code", data={"csrf_token": token, "code": f"{n:06}"}).status_code for n in range(5)]
    assert tries == [401] * 5
    right = {"csrf_token": token, "code": code_of(world, secret)}
    assert visitor.post("/sign-in/code", data=right).status_code == 429
    link = world.visitor()
    post(link, "/forgot", email=LUCIA).close()
    done = post(world.visitor(), mailed(world, LUCIA), password="una mañana muy fría")
    assert done.status_code == 200
    assert "Se te pedirá un código" in done.text, "a stolen mailbox is no second step"
    assert browser.get("/leads").status_code == 302


def test_an_account_is_its_owners(world: World) -> None:
    browser = joined(world)
    saved = post(browser, "/account", name="Lucía F.", language="en", time_zone="America/Bogota")
    assert saved.status_code == 302
    page = browser.get("/account").text
    assert "Your account" in page
    assert "Lucía F." in page
    for bad in ({"language": "xx", "time_zone": "UTC"}, {"language": "es", "time_zone": "../../etc/passwd"}):
        assert post(browser, "/account", name="x", **bad).status_code == 400
    other = world.signed_in(LUCIA)
    assert post(browser, "/account/password", "/account", password=SECRET, new="short").status_code == 422
    assert (
        post(browser, "/account/password", "/account", password="wrong", new="una mañana muy fría").status_code == 422
    )
    assert post(browser, "/account/password", "/account", password=SECRET, new="una mañana muy fría").status_code == 302
    assert browser.get("/account").status_code == 200, "this session goes on"
    assert other.get("/account").status_code == 302, "the others do not"


def test_a_session_ends_after_a_month_however_busy(world: World) -> None:
    admin = world.admin()
    with admin.session_transaction() as session, world.store.read() as tx:
        me = tx.users.by_email(email=ADMIN)["id"]
        began = world.now - 31 * 86_400_000
        session["name"] = world.store.write(lambda tx: sessions.begin(tx, me, "", "", began))
        world.store.write(
            lambda tx: tx.sessions.seen(
                id=sessions.id_of(session["name"]), network="", at=world.now, before_at=world.now
            )
        )
    assert admin.get("/leads").status_code == 302


def test_the_command_line_password_signs_in(world: World) -> None:
    world.add_admin()
    assert post(world.visitor(), "/sign-in", email=ADMIN, password=PASSWORD).location == "/today"
    assert not passwords.verify("", PASSWORD)
