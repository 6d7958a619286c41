"""A byte that PostgreSQL has no room for: whoever sends it is told, and nothing breaks. On each engine, at each door."""

from __future__ import annotations

from tests.server.world import World, csrf


def test_a_page_of_the_team_asked_with_it_says_no(world: World) -> None:
    admin = world.admin()
    for path in ("/leads?q=%00", "/leads?tag=a%00b", "/audit?who=%00", "/outbox?before=%00", "/leads/%00"):
        assert admin.get(path).status_code == 400, path


def test_a_form_of_the_team_with_it_changes_nothing(world: World) -> None:
    admin = world.admin()
    token = {"csrf_token": csrf(admin.get("/account"))}
    for path, fields in (
        ("/account", {"name": "A\0na", "language": "es\0", "time_zone": "UTC"}),
        ("/account/sessions/end", {"session": "\0"}),
        ("/outbox/notices/again", {"id": "\0"}),
    ):
        assert admin.post(path, data={**token, **fields}).status_code == 400, path
    form = {"email": "a\0@example.com", "password": "\0" * 20, "csrf_token": csrf(world.visitor().get("/sign-in"))}
    assert world.visitor().post("/sign-in", data=form).status_code == 400


def test_an_answer_with_it_is_kept_without_it_or_refused(world: World) -> None:
    visitor = world.visitor()
    for path in (f"/a/{world.token('ana', 'need')}", f"/not-me/{world.token('ana', 'need')}"):
        for form in (
            {"choice": "a\0b"},
            {"choice": "", "comment": "a\0b", "nonce": "a\0b", "gesture": "\0"},
            {"\0": "\0"},
        ):
            assert visitor.post(path, data=form).status_code < 500
    assert visitor.get(f"/a/{world.token('ana', 'need')}/%00").status_code < 500
    assert visitor.get("/a/%00/%00").status_code == 404
