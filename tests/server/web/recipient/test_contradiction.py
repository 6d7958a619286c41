"""Who answered one thing and comes back with another is asked, and neither guessed at nor ignored."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from builder.tokens import Action
from server import capture
from server.capture import Hit
from tests.server.world import World


def page(world: World, name: str, choice: str) -> str:
    return world.visitor().get(f"/a/{world.token(name, 'need')}/{choice}").text


def press(world: World, name: str, choice: str, gesture: str) -> TestResponse:
    """A button of the page that asks whether to change."""
    form = {"choice": choice, "nonce": world.nonce(), "gesture": gesture, "asked": "1"}
    return world.visitor().post(f"/a/{world.token(name, 'need')}", data=form)


def counts(world: World, name: str) -> list[str]:
    answer = world.answer(name, "need")
    return answer["values"] if answer else []


ASKED = {
    "ana": ("¿La cambiamos a «", "Sí, cambiarla a", "No, dejar"),
    "grace": ("Change it to “", "Yes, change it to", "No, keep"),
}


@pytest.mark.parametrize("name", ["ana", "grace"])
def test_another_link_of_the_mail_asks_and_only_a_button_changes_the_answer(world: World, name: str) -> None:
    world.post(name, "need", "crm", gesture="pointer")
    asked = page(world, name, "numbers")
    assert all(words in asked for words in ASKED[name])
    assert "data-keeps" not in asked, "a page that is left open must not change what was said"
    assert press(world, name, "numbers", "pointer").status_code == 200
    assert counts(world, name) == ["numbers"]


def test_who_says_no_keeps_the_answer(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    press(world, "ana", "crm", "pointer")
    answer = world.answer("ana", "need")
    assert answer and (answer["values"], answer["changes"], answer["state"]) == (["crm"], 0, "confirmed")


def test_what_a_mail_client_vouched_for_can_be_changed_on_the_page_once_asked(world: World) -> None:
    message = world.sent["ana"]
    ids = message["contact_id"], message["id"], "need"
    hit = Hit(*ids, "answer", "POST", "crm", nonce="amp-0000000000000000", channel="amp", vouched="amp")
    rules = world.app.extensions["acto"].rules
    capture.receive(world.store, Action("answer", *ids, 0), ("crm",), hit, rules, world.now)
    unasked = world.post("ana", "need", "numbers", gesture="pointer")
    assert counts(world, "ana") == ["crm"]
    assert "¿La cambiamos a" in unasked.text, "what was kept is asked about, and not a dead end"
    press(world, "ana", "numbers", "pointer")
    assert counts(world, "ana") == ["numbers"]


def test_a_form_without_any_touch_changes_nothing_even_when_asked_and_says_why(world: World) -> None:
    """A scanner posts the first form of every page it finds, seconds after the person."""
    world.post("ana", "need", "crm", gesture="pointer")
    reply = press(world, "ana", "numbers", "")
    assert counts(world, "ana") == ["crm"]
    assert "No pudimos comprobar que fueras tú" in reply.text


def test_what_a_form_alone_said_is_not_held_against_a_person(world: World) -> None:
    """It may have been a scanner: one tap is still enough, and nobody is told of an answer they never gave."""
    world.post("ana", "need", "crm")
    asked = page(world, "ana", "numbers")
    assert "¿La cambiamos" not in asked
    world.post("ana", "need", "numbers", gesture="touch")
    assert counts(world, "ana") == ["numbers"]


def test_the_same_link_again_is_no_contradiction(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    assert "¿La cambiamos" not in page(world, "ana", "crm")
