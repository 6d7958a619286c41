"""Drawn histories of campaigns, a few of them; `python -m tests.campaigns` plays thousands."""

from __future__ import annotations

import pytest

from server.sending import gate_facts
from server.store import Store
from tests.campaigns.run import run


def test_nobody_gets_a_mail_that_they_should_not_and_everybody_else_gets_theirs(store: Store) -> None:
    count = run(store, 12, seed=1)
    assert count.broken == []
    assert count.messages > 50


@pytest.mark.parametrize(
    ("function", "without"), [("caps", lambda settings: ()), ("window", lambda *place: None)], ids=["caps", "hours"]
)
def test_a_gate_without_one_of_its_rules_is_found_out(
    store: Store, function: str, without: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the rule, something leaves that should not."""
    monkeypatch.setattr(gate_facts, function, without)
    assert run(store, 12, seed=1).broken != []
