"""The example words of a starter are found in a copy that nobody has changed, and no longer once they are replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import catalog
from server.emails import examples, starters
from tests.server.world import ROOT

FOLDER = ROOT / "templates/emails"
WITH_EXAMPLES = ("nps-after-service", "win-back", "lead-prequalification", "product-explorer", "event-rsvp")


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_a_fresh_copy_names_each_of_its_examples(name: str, tmp_path: Path) -> None:
    found = examples.left_in(starters.copy(name, "mine", tmp_path))
    assert found
    own = starters.copy(name, "mine", tmp_path)
    for words in found:
        own = {path: text.replace(words, "lo mío") for path, text in own.items()}
    assert examples.left_in(own) == []


def test_the_starters_themselves_and_an_email_of_ones_own_carry_none() -> None:
    for name in catalog.names(FOLDER):
        assert examples.left_in(catalog.collect(FOLDER / name)) == [], name
    assert examples.left_in({"x/body.mjml": "<mjml><mj-body>Hola, Ana</mj-body></mjml>"}) == []
