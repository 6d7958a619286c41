"""A rule finds the same people as plain Python does, on both engines; a page, the count and the question about one agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.errors import CannotDo
from server.segments import model, people, refusals, rules
from server.store import Store
from tests.server.segments import drawing, oracle
from tests.server.segments.rows import writing

NOW = drawing.NOW
DEEPEST: Any = {"is": "tag", "tag": "vip"}
for _ in range(model.DEPTH_MOST - 1):
    DEEPEST = {"all": [DEEPEST]}


@pytest.fixture
def written(database: str) -> Any:
    with writing(database) as writer:
        yield writer


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=drawing.stores(), each=drawing.each_condition, nested=st.lists(drawing.rules, min_size=3, max_size=3))
def test_a_rule_finds_the_people_that_plain_python_finds(
    store: Store, written: Any, tables: Any, each: Any, nested: list[Any]
) -> None:
    written.replace(tables)
    with store.read() as tx:
        for drawn in (*each, *nested):
            rule, expected = rules.checked(drawn), oracle.people(drawn, tables, NOW)
            assert [row["id"] for row in people.people(tx, rule, "", 100, NOW)] == expected
            assert people.count(tx, rule, NOW) == len(expected)
            for row in tables["contacts"]:
                assert people.matches(tx, rule, row["id"], NOW) is (row["id"] in expected)


def test_pages_hold_everybody_once_and_a_count_stops_at_its_limit(store: Store, written: Any) -> None:
    written.replace({"contacts": [{"id": f"c{n}", "email_key": f"{n}"} for n in range(7)]})
    found: list[str] = []
    after = ""
    with store.read() as tx:
        while page := [row["id"] for row in people.people(tx, rules.EVERYBODY, after, 3, NOW)]:
            found, after = [*found, *page], page[-1]
        assert found == [f"c{n}" for n in range(7)]
        assert people.count(tx, rules.EVERYBODY, NOW, most=5) == 5
        assert people.count(tx, {"any": []}, NOW) == 0
        assert not people.matches(tx, rules.EVERYBODY, "nobody", NOW)


def test_a_rule_at_the_limits_is_answered(store: Store) -> None:
    widest = rules.checked({"any": [{"is": "answered", "email": "e", "question": "q", "options": ["a"]}] * 49})
    with store.read() as tx:
        assert people.count(tx, widest, NOW) == people.count(tx, rules.checked(DEEPEST), NOW) == 0


@pytest.mark.parametrize(
    ("rule", "english"),
    [
        ({"all": [DEEPEST]}, "depth"),
        ({"any": [{"is": "tag", "tag": "x"}] * 50}, "nodes"),
        ({"any": [{"is": "tag", "tag": "x"}] * 51}, "nodes"),
        ({"all": [{"any": [{"is": "tag", "tag": "x"}] * 25}, {"any": [{"is": "tag", "tag": "x"}] * 25}]}, "nodes"),
        ([], "form"),
        ({}, "form"),
        ({"all": {}}, "form"),
        ({"all": [], "any": []}, "form"),
        ({"some": []}, "form"),
        ({"is": "nothing"}, "unknown"),
        ({"is": ["tag"]}, "unknown"),
        ({"is": "tag"}, "missing"),
        ({"is": "tag", "tag": "  "}, "missing"),
        ({"is": "name", "how": "contains"}, "missing"),
        ({"is": "added", "days": 0}, "missing"),
        ({"is": "tag", "tag": 3}, "wrong"),
        ({"is": "tag", "tag": "a\x00b"}, "wrong"),
        ({"is": "added", "days": True}, "wrong"),
        ({"is": "added", "days": False}, "wrong"),
        ({"is": "added", "days": 30.5}, "wrong"),
        ({"is": "added", "days": model.DAYS_MOST + 1}, "wrong"),
        ({"is": "field", "field": "Robert'); --", "how": "empty"}, "wrong"),
        ({"is": "people", "ids": ["c"] * (model.IDS_MOST + 1)}, "wrong"),
        ({"is": "people", "ids": [""]}, "wrong"),
        ({"is": "name", "how": "ends", "value": "x"}, "wrong"),
        ({"is": "tag", "tag": "x", "days": 3}, "extra"),
    ],
)
def test_an_invalid_rule_is_refused_with_a_sentence(rule: Any, english: str) -> None:
    with pytest.raises(CannotDo) as refusal:
        rules.checked(rule)
    assert refusal.value.english == refusals.PROBLEMS[english]
