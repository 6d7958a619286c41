"""A grade says how sure we are that a person did it, and why."""

from __future__ import annotations

import pytest

from server.capture import Hit
from server.capture.evidence import grade


def hit(method: str, gesture: str = "") -> Hit:
    return Hit("contact", "message", "need", "answer", method, gesture=gesture)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_fetching_is_never_an_answer(method: str) -> None:
    assert grade(hit(method, "pointer")).name == "fetched"


def test_a_post_alone_is_not_a_person() -> None:
    assert grade(hit("POST")) == ("posted", ("no_gesture",))


@pytest.mark.parametrize("gesture", ["pointer", "touch", "wheel", "key"])
def test_trusted_input_before_a_post_is_a_person(gesture: str) -> None:
    assert grade(hit("POST", gesture)) == ("gestured", (f"gesture_{gesture}",))


def test_a_scroll_proves_nothing() -> None:
    assert grade(hit("POST", "scroll")).name == "posted"
