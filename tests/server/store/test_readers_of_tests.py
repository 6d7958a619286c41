"""Every query that reads messages, hits, answers or contacts returns the same before and after somebody tried out an email.

The queries are drawn from the SQL files, so that a new one is checked too. One that shall see tests is listed with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from server.store import Session, sql
from server.store.sql import Kind, Query
from tests.server.testing import MARKETER, everything_leaves, queue_test
from tests.server.world import World

SEES_TESTS = {
    "asked.test": "it loads the test itself",
    "gate.testers": "it loads the recipient of a test",
    "testers.of_contact": "erasing a person finds their tests",
    "messages.counts": "operators see every mail that waits or left",
    "messages.in_this_state": "the outbox counts every mail",
    "messages.is_due": "a worker sends tests too",
    "messages.claim": "a worker sends tests too",
    "restores.messages_due": "a restored store holds back tests too",
    "checks.counts": "acto check says how many rows it read",
    "reports.sent_since": "it only names the reports to count anew",
}
READS = re.compile(
    r"\b(?:FROM|JOIN)\s+(?:messages|hits|events|answers|leads|contacts|tasks|effects|replies|open_pages|bookings)\b"
)
MOST = 2**53
LISTS = '["sent", "queued"]'  # of states; other parameters that are lists match nobody's values by it
HIGHEST = {"limit", "now", "at", "until_at", "before_at", "answered_at", "worth", "never", "until_line", "started_at"}
VALUES: Mapping[str, tuple[str, ...]] = {
    "email": ("diagnosis", ""),
    "block": ("need",),
    "state": ("sent", "confirmed", ""),
    "before": ("~",),
    "before_contact": ("~",),
    "before_message": ("~",),
    "before_block": ("~",),
    "before_id": ("~",),
    "contact_id": ("", "ANA"),
    "last": ("~",),
    "today": ("2100-01-01",),
    "id": ("no-campaign", "ANA"),
    "language": ("es", ""),
    "network": ("127.0.0.0/24",),
    "stream": ("marketing",),
    "value": ('["crm"]', "%", ""),
    "by": ("language", "version"),
    "everyone": ("yes",),
    "tests": ("no",),
    "outcome": ("any", ""),
    "snoozed": ("any",),
    "address_key": (MARKETER,),
    "email_key": (MARKETER,),
    **dict.fromkeys(("word", "pattern", "within", "many", "having", *(f"word{n}" for n in range(1, 7))), ("%",)),
}


@cache
def types() -> dict[str, dict[str, str]]:
    """The types of the parameters of each query, as the stubs beside the SQL files have them."""
    found: dict[str, dict[str, str]] = {}
    for path in sql.FOLDER.glob("*.pyi"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                arguments = {
                    each.arg: ast.unparse(each.annotation) for each in function.args.kwonlyargs if each.annotation
                }
                found[f"{path.stem}.{function.name}"] = arguments
    return found


def readers() -> list[Query]:
    """The queries that return rows for which a test could count."""
    return [
        query
        for query in sql.load("sqlite3")
        if query.kind not in (Kind.INSERT_UPDATE_DELETE, Kind.INSERT_UPDATE_DELETE_MANY)
        and READS.search(query.sql)
        and not re.search(r"^\s*(?:INSERT|UPDATE|DELETE)\b", query.sql, re.M)
    ]


def arguments(query: Query, ana: str) -> Iterator[dict[str, Any]]:
    """The values to call a query with: wide bounds, and what a test of `diagnosis` would match."""
    wanted = types()[f"{query.noun}.{query.name}"]
    choices: list[tuple[Any, ...]] = []
    for parameter, type_ in wanted.items():
        if type_ == "int":
            choices.append((MOST if parameter in HIGHEST else 0,))
        elif parameter == "ids":
            choices.append((f'["{ana}"]' if "json_each(:ids)" in query.sql else ana.ljust(64),))
        elif f"json_each(:{parameter})" in query.sql:
            choices.append((LISTS,))
        else:
            choices.append(tuple(each if each != "ANA" else ana for each in VALUES.get(parameter, ("",))))
    return (dict(zip(wanted, values, strict=True)) for values in product(*choices))


def readings(tx: Session, ana: str) -> dict[str, Any]:
    """What each query returns now, by its name and its values. A segment reads contacts alone, so other ids are left out."""
    found = {}
    for query in readers():
        name = f"{query.noun}.{query.name}"
        if name in SEES_TESTS:
            continue
        for values in arguments(query, ana):
            result = getattr(getattr(tx, query.noun), query.name)(**values)
            if query.noun == "conditions":
                result = [row for row in result if tx.contacts.by_id(id=row["contact_id"])]
            found[f"{name} {values}"] = result
    return found


def try_out(world: World) -> None:
    """Somebody who is no contact and a contact each get a test, open it, answer, change an answer and unsubscribe."""
    tests = [queue_test(world), queue_test(world, "ana@example.com")]
    everything_leaves(world)
    for test in tests:
        test.get("need", "crm")
        test.post("need", "nothing")
        test.post("need", "crm")
        test.post("when", "this_month")
        test.leave()
        world.visitor().post(f"/a/{test.token('need')}/-/not-me")
    world.app.extensions["acto"].hit_buffer.flush()


def test_no_reader_notices_a_test(world: World) -> None:
    ana = world.people["ana"]["id"]
    everything_leaves(world)
    world.post("ana", "need", "crm", gesture="pointer")
    world.hits("ana")
    before = world.store.write(lambda tx: readings(tx, ana))  # some of the queries lock what they read
    try_out(world)
    after = world.store.write(lambda tx: readings(tx, ana))
    assert {name: (before[name], after[name]) for name in before if before[name] != after[name]} == {}
    telling = {name.split()[0] for name, result in before.items() if result}
    assert {"reports.states", "reports.got", "answers.recent", "contacts.count", "segments.count"} <= telling


def test_a_forgetful_reader_would_be_noticed(world: World) -> None:
    everything_leaves(world)
    forgetful = ("SELECT COUNT(*) FROM messages WHERE state = 'sent'", "SELECT COUNT(*) FROM hits")
    counts = []
    for turn in range(2):
        if turn:
            try_out(world)
        with world.store.read() as tx:
            bound = [
                tx._bind(Query("messages", "forgetful", text, Kind.SELECT_VALUE, frozenset()))() for text in forgetful
            ]
        counts.append(bound)
    assert all(first < second for first, second in zip(*counts, strict=True))


def test_each_exception_is_a_query() -> None:
    names = {f"{query.noun}.{query.name}" for query in sql.load("sqlite3")}
    assert set(SEES_TESTS) <= names
