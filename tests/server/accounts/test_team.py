"""The team: invited once, let in by a link that works once, never without an admin; all of it written down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING

import pytest

from builder.tokens import USER_LINK_SECONDS, Keyring
from server.accounts import account_links, audit, roles, team, users
from server.accounts.team import LastAdmin, NotInvited, Post
from server.settings import Settings
from server.store import Store

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

ANA, LUCIA, BRUNO = "ana@lumbre.example", "lucia@clinica.example", "bruno@puertosur.example"
SECRET, OTHER = "tres barcos y un faro", "una mañana muy fría"
POST = Post(Settings(sender_name="Brújula", base_url="https://acto.example"), Keyring(["key"]))


def invite(store: Store, email: str, now: int, role: str = "sales") -> UsersRow:
    return team.invite(store, POST, ANA, email, "Lucía", role, "es", now)


def token(user: UsersRow, now: int, purpose: str = "invitation") -> str:
    return account_links.url(POST.settings, POST.keyring, purpose, user, now).rsplit("/", 1)[1]  # type: ignore[arg-type]


def row(store: Store, email: str) -> UsersRow:
    with store.read() as tx:
        found = users.by_email(tx, email)
    assert found
    return found


def find(store: Store, token: str, now: int, purpose: str = "invitation") -> UsersRow | None:
    with store.read() as tx:
        return account_links.find(tx, POST.keyring, purpose, token, now)  # type: ignore[arg-type]


def test_an_invitation_is_a_mail_with_a_link_that_works_once(store: Store, now: int) -> None:
    user = invite(store, LUCIA.upper(), now)
    with store.read() as tx:
        notice = tx.notices.by_id(id=tx.notices.newest(limit=9, offset=0)[0]["id"])
    assert notice["to_address"] == LUCIA
    assert f"https://acto.example/welcome/{token(user, now)}" in notice["text"]
    assert "ventas" in notice["text"].lower()
    found = find(store, token(user, now), now)
    assert found
    assert account_links.use(store, "invitation", found, "Lucía Ferrer", "UTC", SECRET, now + 1)
    assert account_links.use(store, "invitation", found, "Mallory", "UTC", OTHER, now) is None, "of two tabs one wins"
    assert find(store, token(user, now), now) is None
    with store.read() as tx:
        joined = users.by_email(tx, LUCIA)
        deeds = [each["what"] for each in audit.newest(tx)]
    assert joined
    assert users.check(joined, SECRET)
    assert (joined["name"], joined["role"]) == ("Lucía Ferrer", "sales")
    assert deeds == ["user.joined", "user.invited"]


@pytest.mark.parametrize("purpose", account_links.PATHS)
def test_a_link_ends_with_its_time_and_is_none_for_another_purpose(store: Store, now: int, purpose: str) -> None:
    user = invite(store, LUCIA, now)
    made, last = token(user, now, purpose), now + USER_LINK_SECONDS[purpose] * 1000  # type: ignore[index]
    other = next(each for each in account_links.PATHS if each != purpose)
    assert find(store, made, last, purpose)
    assert find(store, made, last + 1000, purpose) is None
    assert find(store, made, now, other) is None
    assert find(store, made[:-2], now, purpose) is None


def test_who_is_known_is_not_invited_and_a_second_invitation_ends_the_first(store: Store, now: int) -> None:
    first = invite(store, LUCIA, now)
    with pytest.raises(NotInvited) as caught:
        invite(store, f" {LUCIA} ", now)
    assert caught.value.why == "known"
    again = team.invite_again(store, POST, ANA, first["id"], now + 5)
    assert again
    assert find(store, token(first, now), now) is None
    assert find(store, token(again, now), now)
    assert account_links.use(store, "invitation", again, "", "UTC", SECRET, now)
    assert team.invite_again(store, POST, ANA, first["id"], now) is None, "she is here already"


@pytest.mark.parametrize(("email", "role", "why"), [("nope", "sales", "address"), (LUCIA, "boss", "role")])
def test_nobody_is_invited_to_nowhere_or_as_nothing(store: Store, now: int, email: str, role: str, why: str) -> None:
    with pytest.raises(NotInvited) as caught:
        invite(store, email, now, role)
    assert caught.value.why == why


def test_the_last_admin_stays_one_even_when_two_leave_at_once(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.add_or_reset(store, ANA, SECRET, now)
    ana = row(store, ANA)["id"]
    invite(store, BRUNO, now, "admin")  # who has not come yet hands out no roles
    for leave in (
        partial(team.set_role, store, ANA, ana, "viewer", now),
        partial(team.set_active, store, ANA, ana, False, now),
    ):
        with pytest.raises(LastAdmin):
            leave()
    users.add_or_reset(store, BRUNO, SECRET, now)
    together, looked = Barrier(2), audit.add

    def add(*words: object, **more: object) -> None:
        """On PostgreSQL both would have looked by now; whoever waits for the other's commit does not come here."""
        with suppress(BrokenBarrierError):
            together.wait(0.3)
        looked(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(audit, "add", add)
    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(team.set_role, store, ANA, row(store, who)["id"], "viewer", now) for who in (ANA, BRUNO)]
    assert sorted(type(each.exception()).__name__ for each in tries) == ["LastAdmin", "NoneType"]
    with store.read() as tx:
        assert len(users.active(tx, "users.manage")) == 1


def test_whoever_is_deactivated_is_out_and_owns_nothing_new(store: Store, now: int) -> None:
    users.add_or_reset(store, ANA, SECRET, now)
    lucia = invite(store, LUCIA, now)
    assert account_links.use(store, "invitation", lucia, "", "UTC", OTHER, now)
    before = row(store, LUCIA)
    link = token(before, now, "reset")
    assert team.set_active(store, ANA, lucia["id"], False, now)
    assert row(store, LUCIA)["session_key"] != before["session_key"]
    with store.read() as tx:
        assert not users.check(users.by_email(tx, LUCIA), OTHER)
        assert [each["email"] for each in users.active(tx)] == [ANA]
    assert find(store, link, now, "reset") is None
    assert find(store, token(row(store, LUCIA), now, "reset"), now, "reset") is None, "nor by a link made since"
    assert team.set_active(store, ANA, lucia["id"], True, now)
    assert find(store, link, now, "reset") is None, "what was ended stays ended"
    with store.read() as tx:
        assert users.check(users.by_email(tx, LUCIA), OTHER)
        assert {each["email"] for each in users.active(tx)} == {ANA, LUCIA}


def test_a_new_password_is_mailed_only_to_whoever_has_one(store: Store, now: int) -> None:
    users.add_or_reset(store, ANA, SECRET, now)
    invite(store, LUCIA, now)
    for email in (ANA, LUCIA, "nobody@example.com", "", "no address"):
        team.ask_reset(store, POST, email, "en", now)
    with store.read() as tx:
        sent = [each["to_address"] for each in tx.notices.newest(limit=9, offset=0) if "password" in each["subject"]]
    assert sent == [ANA]


def test_the_command_line_lets_an_admin_in_again(store: Store, now: int) -> None:
    users.add_or_reset(store, BRUNO, SECRET, now)
    lucia = invite(store, LUCIA, now, "viewer")
    team.set_active(store, BRUNO, lucia["id"], False, now)
    users.add_or_reset(store, LUCIA, OTHER, now)
    with store.read() as tx:
        user = users.by_email(tx, LUCIA)
    assert user
    assert users.check(user, OTHER)
    assert (user["role"], user["active"]) == (roles.ADMIN, 1)
