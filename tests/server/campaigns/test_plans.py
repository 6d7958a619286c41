"""A plan is stored in one form, and nothing that cannot be read is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.campaigns import audience, plans, steps
from server.campaigns.plans import Plan
from server.errors import CannotDo
from tests.server.world import World

PLAN = Plan("diagnosis", time_zone="America/Bogota")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
KINDS = st.sampled_from([*audience.KINDS, "as_of", "sql"])


@given(st.dictionaries(KINDS, VALUES, max_size=3) | VALUES)
def test_an_audience_has_exactly_one_kind_or_is_refused(drawn: Any) -> None:
    """Two kinds would be counted as one and sent to the other, past the second person who has to approve."""
    try:
        found = audience.checked(drawn)
    except CannotDo:
        return
    assert len(found) == 1
    assert audience.kind(found) in found


@pytest.mark.parametrize(
    "wrong",
    [
        {"foo": 1},
        {"everybody": False},
        {"everybody": 1},
        {"unanswered": {"a": 1}},
        {"unanswered": ["x"]},
        {"unanswered": "c", "segment": "s"},
        {"rule": {"all": []}, "as_of": "x"},
        {"rule": {"is": "nope"}},
        {},
        [],
        "everybody",
    ],
)
def test_what_is_no_audience_is_never_stored(world: World, wrong: Any) -> None:
    with pytest.raises(CannotDo):
        world.store.write(lambda tx: plans.add(tx, replace(PLAN, audience=wrong), "mara", world.now))
    with world.store.read() as tx:
        assert tx.campaigns.listed(limit=1) == []


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
@pytest.mark.parametrize("timing", ["at", "local"])
def test_a_year_that_nobody_means_is_refused(year: str, timing: Any) -> None:
    for change in ({"timing": timing, "starts_on": f"{year}-12-31T23:59"}, {"deadline_on": f"{year}-12-31T23:59"}):
        with pytest.raises(CannotDo):
            plans.checked(replace(PLAN, **change))


@pytest.mark.parametrize(
    "typed",
    [
        replace(PLAN, subject={"es": "", "en": " Hi "}),
        replace(PLAN, starts_on="2026-12-01T09:00"),
        replace(PLAN, timing="at", starts_on="2030-12-01 09:00", deadline_on="2030-12-01 20:00:00"),
    ],
)
def test_a_plan_reads_back_as_it_was_checked(world: World, typed: Plan) -> None:
    stored = world.store.write(lambda tx: plans.add(tx, typed, "mara", world.now))
    with world.store.read() as tx:
        assert plans.of(plans.find(tx, stored)) == plans.checked(typed)
    steps.start(world.store, world.settings, stored, "mara", "en", world.now)
