"""Flows as files: what they can say, and what is told of a mistake. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.flows import model, reading, references, table, toml, validation, validation_messages
from server.flows.model import Flow
from server.flows.validation import Asks, References
from server.settings import Settings
from tests.server.flows.acting import TASK, URGENT, flow
from tests.server.world import ROOT

KNOWN = References(
    emails={
        "diagnosis": {
            "when": Asks("choose", frozenset({"this_month", "someday"})),
            "process": Asks("rate", frozenset("12345")),
        },
        "booking-invite": {"slot": Asks("book", None)},
    },
    broken=frozenset({"unfinished"}),
    endpoints={"crm": "standard", "sales-room": "slack"},
    chats=frozenset({"slack"}),
    people=frozenset({"mara@example.com"}),
    stages=("hot", "warm", "cold"),
    unwritable=lambda email, data: "'slots' is undefined" if email == "booking-invite" and not data else "",
)
EXAMPLE = """title = "Wants it this month"
on = true

[when]
happens = "answered"
block = "when"
values = ["this_month"]

[if]
class = "marketing"
hours = "08:00-18:00"
zone = "America/Bogota"

[[then]]
do = "task"
title = "Call {person} today"
owner = "owner"
due = "4 hours"

[[then]]
do = "alert"
to = ["sales@example.com", "owner"]

[[then]]
do = "booking"
email = "booking-invite"
data = { slots = ["2027-03-02T15:00:00Z"] }
after = "10 minutes"
unless = "booked"
"""


def told(text: str, name: str = "urgent") -> list[str]:
    """Every mistake with its line, as `acto flows check` says it."""
    flow, found = reading.read(name, text)
    found = [*found, *(validation.check(flow, KNOWN) if flow else [])]
    return [f"{reading.line_of(text, each.where)}: {validation_messages.sentence(each, 'en')}" for each in found]


def test_the_example_is_without_a_mistake_and_is_written_as_it_was_read() -> None:
    flow, found = reading.read("urgent", EXAMPLE)
    assert flow and not found and not validation.check(flow, KNOWN)
    assert reading.read("urgent", toml.write(flow)).flow == flow


WRONG = [
    ('block = "when"', 'block = "wen"', "6: No email asks a question named “wen”. Did you mean “when”?"),
    ('["this_month"]', '["tomorrow"]', "7: “when” has no answer “tomorrow”. Use someday, this_month."),
    (
        'happens = "answered"',
        'happens = "answer"',
        "5: There is no event “answer”. Did you mean “answered”?",
    ),
    ('title = "Call', 'name = "Call', "16: There is no field “name” here."),
    ('owner = "owner"', 'owner = "nora@example.com"', "17: Nobody in the team has the address “nora@example.com”."),
    ('due = "4 hours"', 'due = "soon"', "18: “due” is 'soon', which is not a time, such as"),
    ('do = "booking"', 'do = "boking"', "25: There is no effect “boking”. Did you mean “booking”?"),
    (
        'email = "booking-invite"',
        'email = "diagnosis"',
        "26: The email “diagnosis” offers no times: it has no <ac-book>.",
    ),
    ('email = "booking-invite"', 'email = "unfinished"', "26: The email “unfinished” has errors and cannot be sent."),
    (
        'data = { slots = ["2027-03-02T15:00:00Z"] }',
        "",
        "24: The email “booking-invite” cannot be written with this data:",
    ),
    ('unless = "booked"', 'unless = "bookd"', "29: “unless” is 'bookd', which is not"),
    ('zone = "America/Bogota"', 'zone = "Bogota"', "12: “zone” is 'Bogota', which is not a time zone"),
    ('zone = "America/Bogota"', "", "11: A time of day needs a time zone."),
    ('hours = "08:00-18:00"', 'hours = "8-18"', "11: “hours” is '8-18', which is not a time of day"),
    (
        'to = ["sales@example.com", "owner"]',
        'to = ["sales"]',
        "22: “to” is ['sales'], which is not a list of addresses",
    ),
    ('do = "alert"', 'do = "chat"', "20: “endpoint” is missing. Give the name of a webhook."),
    ("[if]", "[only]", "9: There is no field “only” here. Did you mean “on”?"),
    ('[[then]]\ndo = "task"', '[[then]\ndo = "task"', "14: This is not valid TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG, ids=[row[1] for row in WRONG])
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(right: str, wrong: str, said: str) -> None:
    assert right in EXAMPLE
    assert any(line.startswith(said) for line in told(EXAMPLE.replace(right, wrong))), told(
        EXAMPLE.replace(right, wrong)
    )


def test_the_samples_and_the_example_of_the_docs_name_only_what_there_is() -> None:
    docs = re.search(r"```toml\n(.*?)```", (ROOT / "docs/flows.md").read_text(encoding="utf-8"), re.DOTALL)
    assert docs
    known = references.of(replace(Settings(), templates_dir=str(ROOT / "templates/emails")), None)
    samples = [path.read_text(encoding="utf-8") for path in (ROOT / "templates/samples/flows").glob("*.toml")]
    for text in (docs[1], *samples):
        assert validation.check(flow(text), known) == []


def test_what_only_shows_together_is_told_too() -> None:
    assert told(URGENT) == ['1: The flow does nothing. Add an effect: [[then]] with do = "task", for example.']
    assert "Choose one with the body format of a chat" in told(URGENT + '[[then]]\ndo = "chat"\nendpoint = "crm"\n')[0]
    itself = '[when]\nhappens = "stage"\nstage = "hot"\n[[then]]\ndo = "stage"\nstage = "hot"\n'
    assert told(itself) == [
        "6: This flow starts itself: it sets the stage “hot”, which is also its trigger. Set another stage."
    ]
    assert told(URGENT + TASK * 21)[0].startswith("9: The flow has 21 effects; the maximum is 20.")
    assert told(URGENT + TASK, name="Urgent!")[0].startswith("1: “Urgent!” cannot be a flow’s name.")


def test_a_range_of_a_scale_is_each_of_its_steps() -> None:
    assert model.expanded(["0-3", "9"]) == {"0", "1", "2", "3", "9"}
    assert told(URGENT.replace('"when"', '"process"').replace('"this_month"', '"1-2"') + TASK) == []
    assert (
        "has no answer “1-9”" in told(URGENT.replace('"when"', '"process"').replace('"this_month"', '"1-9"') + TASK)[0]
    )


TEXTS = st.text(min_size=1, max_size=12)
FIELDS = st.dictionaries(
    st.sampled_from(["email", "block", "title", "to", "after", "data"]),
    TEXTS | st.lists(TEXTS, max_size=3) | st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans(), max_size=3),
    max_size=4,
)


@settings(max_examples=30, deadline=None)
@given(TEXTS, FIELDS, st.lists(FIELDS, max_size=3))
def test_whatever_a_flow_holds_its_file_reads_back_to_it(
    title: str, when: dict[str, Any], then: list[dict[str, Any]]
) -> None:
    flow = Flow("any", title, "answered", when, {}, tuple({"do": "task", **each} for each in then))
    assert reading.read("any", toml.write(flow)).flow == flow


@settings(max_examples=30, deadline=None)
@given(
    st.recursive(
        TEXTS | st.integers() | st.booleans(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["when", "if", "then", "do", "happens", "email", "to", "values", "hours", "unless"]),
                inner,
            )
        ),
        max_leaves=12,
    )
)
def test_no_file_is_so_wrong_that_it_cannot_be_told(data: Any) -> None:
    found = reading.of_data("any", data if isinstance(data, dict) else {"then": [data], "when": data})
    for each in [*found.mistakes, *(validation.check(found.flow, KNOWN) if found.flow else [])]:
        assert validation_messages.sentence(each, "es") and validation_messages.sentence(each, "en")


def test_every_word_of_the_table_has_a_form_that_checks_it() -> None:
    rows = [*table.TRIGGERS, *table.EFFECTS]
    kinds = {field.kind for row in rows for field in row.fields} | {
        field.kind for field in (*table.CONDITIONS, *table.ALWAYS)
    }
    assert kinds == set(validation.FORMS) <= set(table.KINDS)
