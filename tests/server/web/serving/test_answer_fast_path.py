"""What the page's script sends on a person's first touch, and what it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from server.web import create_app
from tests.server.world import World


def tap(world: World, token: str, **changes: str) -> TestResponse:
    form = {"choice": "crm", "nonce": world.nonce(), "gesture": "pointer", **changes}
    return world.visitor().post(f"/a/{token}", data=form, headers={"Accept": "application/json"})


def test_a_tap_saves_and_says_whether_more_is_asked(world: World) -> None:
    reply = tap(world, world.token("ana", "need"))
    assert (reply.status_code, reply.json) == (200, {"saved": True, "kept": False, "values": ["crm"], "left": 3})
    answer = world.answer("ana", "need")
    assert answer and (answer["values"], answer["state"]) == (["crm"], "confirmed")


def test_a_tap_after_a_stronger_answer_says_what_was_kept(world: World) -> None:
    world.post("ana", "need", "numbers", gesture="pointer")
    reply = tap(world, world.token("ana", "need"), gesture="")
    assert reply.json and (reply.json["kept"], reply.json["values"]) == (True, ["numbers"])


@pytest.mark.parametrize(
    ("changes", "status"), [({"nonce": "short"}, 400), ({"choice": "nope"}, 422), ({"choice": ""}, 422)]
)
def test_a_tap_that_is_no_answer_saves_nothing(world: World, changes: dict[str, str], status: int) -> None:
    reply = tap(world, world.token("ana", "need"), **changes)
    assert (reply.status_code, reply.json) == (status, {"saved": False})
    assert world.answer("ana", "need") is None


@pytest.mark.parametrize("token", ["garbage", "a" * 5000, ""])
def test_a_tap_on_a_link_that_does_not_work_is_404(world: World, token: str) -> None:
    assert tap(world, token).status_code in (404, 302)  # without any token it is no tap, and everything else is inside
    assert world.events("ana") == []


def test_a_tap_has_the_headers_of_a_recipients_page(world: World) -> None:
    headers = tap(world, world.token("ana", "need")).headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_a_huge_tap_is_refused_before_it_is_read(world: World) -> None:
    assert tap(world, world.token("ana", "need"), gesture="x" * 100_000).status_code == 413


def test_a_multipart_form_that_wants_json_gets_the_page(world: World) -> None:
    """Only what our script sends is a tap; whatever else is posted is answered as a form is."""
    reply = world.visitor().post(
        f"/a/{world.token('ana', 'need')}",
        data={"choice": "crm", "nonce": world.nonce()},
        content_type="multipart/form-data",
        headers={"Accept": "application/json"},
    )
    assert reply.status_code == 200
    assert "<h1>" in reply.text


def test_behind_a_proxy_a_tap_is_its_senders_and_not_the_proxys(world: World) -> None:
    """What a proxy of ours did not write is what somebody wants us to believe."""
    world.app.extensions["acto"].hit_buffer.close()
    world.app = create_app(replace(world.settings, proxies=1), world.store)
    data = {"choice": "crm", "nonce": world.nonce(), "gesture": "pointer"}
    headers = {"Accept": "application/json", "X-Forwarded-For": "6.6.6.6, 198.51.100.7"}
    assert world.visitor().post(f"/a/{world.token('ana', 'need')}", data=data, headers=headers).status_code == 200
    assert [hit["network"] for hit in world.hits("ana")] == ["198.51.100.0/24"]
