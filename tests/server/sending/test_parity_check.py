"""An email whose formats do not ask the same does not leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.blocks import Block
from builder.formats import card
from server import settings as all_settings
from server.errors import CannotDo
from server.sending import send

STARTERS = Path(__file__).parents[3] / "templates/emails"


def test_a_starter_may_leave(tmp_path: Path) -> None:
    settings = all_settings.load(str(tmp_path / "none.toml"), {})
    assert send.check(settings, STARTERS / "order-delivered").name == "order-delivered"


def test_a_format_that_asks_less_stops_the_send_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(block: Block, url: str, state: card.State) -> list[card.Json]:
        return card.buttons(block, url, state)[:0]

    monkeypatch.setitem(card.RENDERERS, "confirm", forgetful)
    with pytest.raises(CannotDo, match=r"card: .*: it is not asked"):
        send.check(all_settings.load(str(tmp_path / "none.toml"), {}), STARTERS / "order-delivered")
