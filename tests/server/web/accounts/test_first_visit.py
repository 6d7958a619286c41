"""The first visit: a sign-in page without accounts, the link that the demo prints, and the mail that its inbox begins with."""

from __future__ import annotations

from dataclasses import replace

import pyotp
import pytest

from builder.tokens import USER_LINK_SECONDS
from server.accounts import account_links, users
from server.booking import availability
from server.sending import compose, local_mail, mailbox
from tests.server.sending.working import wait_for, working
from tests.server.world import ADMIN, World, csrf


@pytest.fixture
def link(world: World) -> str:
    """The path of a fresh link for the admin."""
    world.add_admin()
    return fresh(world, world.now)


def fresh(world: World, at: int) -> str:
    with world.store.read() as tx:
        user = users.by_email(tx, ADMIN)
    assert user
    made = account_links.url(world.settings, world.keyring, "sign_in", user, at)
    return made.removeprefix(world.settings.base_url)


def test_a_server_without_accounts_says_how_to_make_the_first(world: World) -> None:
    def page() -> str:
        return world.visitor().get("/sign-in", headers={"Accept-Language": "en"}).text

    assert "There is no account yet" in page()
    assert "acto admin you@example.com" in page()
    world.add_admin()
    assert "acto admin" not in page()


def test_looking_at_the_link_uses_nothing_up_and_its_button_signs_in_once(world: World, link: str) -> None:
    for scanner in (world.visitor(), world.visitor()):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
        assert scanner.get("/leads").status_code == 302, "a look signs nobody in"
    newcomer, second = world.visitor(), world.visitor()
    late = {"csrf_token": csrf(second.get(link))}
    reply = newcomer.post(link, data={"csrf_token": csrf(newcomer.get(link))})
    assert reply.location == "/inbox"
    assert newcomer.get("/inbox").status_code == 200
    assert second.post(link, data=late).status_code == 404, "it was used in the meantime"
    assert second.get(link).status_code == 404
    assert second.get("/leads").status_code == 302


def test_who_came_in_by_the_link_and_opens_it_again_is_led_on(world: World, link: str) -> None:
    newcomer = world.visitor()
    newcomer.post(link, data={"csrf_token": csrf(newcomer.get(link))})
    assert newcomer.get(link).location == "/inbox"


def test_the_button_without_its_page_signs_nobody_in(world: World, link: str) -> None:
    assert world.visitor().post(link).status_code == 400
    assert world.visitor().get(link).status_code == 200, "and uses nothing up"


def test_an_old_link_says_how_to_get_a_new_one(world: World, link: str) -> None:
    stale = fresh(world, world.now - (USER_LINK_SECONDS["sign_in"] + 60) * 1000)
    page = world.visitor().get(stale, headers={"Accept-Language": "en"})
    assert page.status_code == 404
    assert "start it again" in page.text


def test_a_server_that_other_machines_reach_knows_no_such_link(world: World, link: str) -> None:
    state = world.app.extensions["acto"]
    public = replace(world.settings, base_url="https://acto.example.com")
    world.app.extensions["acto"] = replace(state, settings=public)
    assert world.visitor().get(link).status_code == 404
    world.app.extensions["acto"] = state
    assert world.visitor().get(link).status_code == 200


def test_a_link_for_a_new_password_does_not_sign_in(world: World, link: str) -> None:
    with world.store.read() as tx:
        user = users.by_email(tx, ADMIN)
    assert user
    reset = account_links.url(world.settings, world.keyring, "reset", user, world.now)
    assert world.visitor().get(f"/start/{reset.rpartition('/')[2]}").status_code == 404


def test_who_asks_for_codes_is_asked_for_one(world: World, link: str) -> None:
    with world.store.read() as tx:
        user = users.by_email(tx, ADMIN)
    assert user
    secret = pyotp.random_base32()
    world.store.write(lambda tx: tx.users.set_totp(id=user["id"], secret=secret, totp_step=0))
    browser = world.visitor()
    reply = browser.post(link, data={"csrf_token": csrf(browser.get(link))})
    assert reply.location.startswith("/sign-in/code")
    assert browser.get("/leads").status_code == 302
    code = pyotp.TOTP(secret).at(world.now // 1000)
    reply = browser.post(reply.location, data={"csrf_token": csrf(browser.get(reply.location)), "code": code})
    assert reply.location == "/inbox"


@pytest.mark.parametrize(("asked", "kept"), [("en-GB", "en"), ("es-CO", "es")])
def test_a_user_without_a_language_gets_that_of_the_browser_and_keeps_it(
    world: World, link: str, asked: str, kept: str
) -> None:
    browser, headers = world.visitor(), {"Accept-Language": asked}
    browser.post(link, data={"csrf_token": csrf(browser.get(link, headers=headers))}, headers=headers)
    with world.store.read() as tx:
        user = users.by_email(tx, ADMIN)
    assert user and user["language"] == kept
    other, again = {"Accept-Language": "es" if kept == "en" else "en"}, fresh(world, world.now)
    browser.post(again, data={"csrf_token": csrf(browser.get(again, headers=other))}, headers=other)
    with world.store.read() as tx:
        user = users.by_email(tx, ADMIN)
    assert user and user["language"] == kept


@pytest.mark.parametrize(("language", "name", "words"), [("en", "grace", "Start here"), ("es", "ana", "Empieza aquí")])
def test_the_inbox_begins_with_a_mail_in_the_language_of_the_visitor_until_it_is_answered(
    world: World, language: str, name: str, words: str
) -> None:
    arrived = arrive(world)
    admin, headers = world.admin(), {"Accept-Language": language}
    mail = f"/inbox/{arrived[world.sent[name]['id']]}"
    page = admin.get("/inbox", headers=headers).text
    assert words in page
    assert f'class="button primary" href="{mail}"' in page
    assert admin.get("/inbox/first", headers=headers).location == mail
    assert f"/leads/{world.people[name]['id']}" in admin.get(mail, headers=headers).text
    assert "/inbox/first" in admin.get("/leads", headers=headers).text, "an empty page leads there"
    world.post(name, "call", "yes", gesture="touch")
    assert words not in admin.get("/inbox", headers=headers).text
    assert admin.get("/inbox/first", headers=headers).location == "/inbox"


def arrive(world: World) -> dict[str, str]:
    """Both mails leave for the inbox of this machine, over SMTP; gives the name of each there, by its message."""
    inbox = world.app.extensions["acto"].inbox_dir
    with local_mail.running(inbox) as port:
        stream = replace(world.settings.streams["marketing"], smtp_url=f"smtp://127.0.0.1:{port}")
        settings = replace(world.settings, streams={**world.settings.streams, "marketing": stream})
        write = compose.composer(world.store, settings, world.keyring, availability.write_down)
        with working(world.store, settings, write, clock=lambda: world.now):
            wait_for(lambda: outcome(world) == {"sent"})
    return {mail.message_id: mail.name for mail in mailbox.newest(inbox)}


def outcome(world: World) -> set[str]:
    with world.store.read() as tx:
        return {row["state"] for row in tx.messages.recent(before="~", tests="yes", limit=9)}
