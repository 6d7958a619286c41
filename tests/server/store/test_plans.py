"""A query about one person reads one person's rows, however many others there are: SQLite says how it would go about each."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from server.store import sql

OF_PEOPLE = {
    "messages",
    "hits",
    "events",
    "answers",
    "overrules",
    "leads",
    "activities",
    "effects",
}  # as many as answers
IN_ORDER = {
    "answers.listed",
    "leads.behind",
}  # pages of everybody, that begin behind a person: a bound, and no choice of one
STEP = re.compile(r"(?:SEARCH|SCAN) (\w+)(?: USING (.*))?")


@pytest.fixture(scope="module")
def connection(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file)


@pytest.mark.parametrize(
    "query",
    [each for each in sql.load("sqlite3") if "contact_id" in each.parameters],
    ids=lambda each: f"{each.noun}.{each.name}",
)
def test_a_query_about_one_person_begins_with_that_person(connection: sqlite3.Connection, query: sql.Query) -> None:
    if f"{query.noun}.{query.name}" in IN_ORDER or query.noun == "checks":
        return
    plan = connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", dict.fromkeys(query.parameters, 1)).fetchall()
    aliases = dict(re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", query.sql))
    for step in plan:
        found = STEP.match(step[3])
        if found and {found[1], *(table for table, alias in aliases.items() if alias == found[1])} & OF_PEOPLE:
            assert "contact_id" in (found[2] or "") or "(id=?)" in (found[2] or ""), step[3]
