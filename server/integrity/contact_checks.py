"""Checks one person: their answers must follow from their events, and their lead from their answers. Reads versions, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from builder.blocks import Block
from builder.problems import BrokenTemplate
from server import email_versions, jsontext
from server.capture import answer_rows, answers
from server.capture.answers import Answer
from server.capture.evidence import GRADES
from server.capture.rules import VERSION
from server.integrity.findings import Finding
from server.qualify import rescoring
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.checks import ChecksEventsRow
    from server.store.queries.leads import LeadsRow

VERDICTS = ("", "machine", "person", "undecided")  # empty: given before there were verdicts
Key = tuple[str, str]  # message and block


def check(
    tx: Session, contact_id: str, events: list[ChecksEventsRow], stand: list[AnswersRow], lead: list[LeadsRow], now: int
) -> Iterator[Finding]:
    """Yield the differences in the rows of one person."""
    found = {(row["message_id"], row["block"]): row for row in stand}
    for key, happened in groupby(events, key=itemgetter("message_id", "block")):
        yield from _block(tx, contact_id, key, list(happened), found.pop(key, None), now)
    for row in answer_rows.wrongly_marked(stand):
        yield Finding("answer_differs", contact_id, row["message_id"], row["block"], f"superseded {row['superseded']}")
    for message_id, block in found:
        yield Finding("answer_of_nothing", contact_id, message_id, block)
    yield from _lead(tx, contact_id, stand, lead[0] if lead else None)


def _block(
    tx: Session, contact_id: str, key: Key, events: list[ChecksEventsRow], stands: AnswersRow | None, now: int
) -> Iterator[Finding]:
    """Check one question of one message."""
    wrong = [*_events(contact_id, events)]
    yield from wrong
    block = _declared(tx, events[0])
    if block is None or any(each.kind == "event_unreadable" for each in wrong):
        return  # another check reports a missing message or version; the right answer is unknown
    events.sort(key=itemgetter("at", "id"))
    settled = answers.settle(map(answers.candidate, events), block.answers)
    if stands is None or settled is None:
        yield Finding("answer_missing", contact_id, *key)
    elif differs := _difference(settled, stands, events[0]["email"], now):
        yield Finding("answer_differs", contact_id, *key, differs)


def _events(contact_id: str, events: Iterable[ChecksEventsRow]) -> Iterator[Finding]:
    for event in events:
        where = contact_id, event["message_id"], event["block"]
        if event["grade"] not in GRADES or event["verdict"] not in VERDICTS:
            yield Finding("event_unreadable", *where, f"{event['grade']}, {event['verdict']}")
        elif not _is_list(event["value"]) or not _is_list(event["signs"]):
            yield Finding("event_unreadable", *where, event["value"])
        elif event["rules"] > VERSION:
            yield Finding("event_of_the_future", *where, f"{event['rules']}")


def _declared(tx: Session, event: ChecksEventsRow) -> Block | None:
    if event["version_id"] is None or event["language"] is None:
        return None
    try:
        return email_versions.load(tx, event["version_id"], event["language"]).blocks.get(event["block"])
    except (LookupError, BrokenTemplate):
        return None


def _difference(settled: Answer, row: AnswersRow, email: str | None, now: int) -> str:
    """Name the columns that differ, with both values. After a hold, both confirmed and still provisional are right."""
    stands = answers.read(row)
    if stands not in (settled, answers.as_of(settled, now)):
        names = [name for name in Answer._fields if getattr(stands, name) != getattr(settled, name)]
        return ", ".join(f"{name} {getattr(stands, name)} instead of {getattr(settled, name)}" for name in names)
    if row["email"] != email:
        return f"email {row['email']} instead of {email}"
    labels = [point["value"] or point["label"] for point in jsontext.loads(row["points"])]
    return "" if labels == list(stands.values) else f"points of {labels} and not of {list(stands.values)}"


def _lead(tx: Session, contact_id: str, stand: list[AnswersRow], lead: LeadsRow | None) -> Iterator[Finding]:
    if lead is None:
        if stand:
            yield Finding("lead_missing", contact_id)
    elif not stand:
        if not lead["by_hand"]:
            yield Finding("lead_of_nothing", contact_id)
    else:
        stored: Mapping[str, object] = lead
        if wrong := rescoring.wrong(tx, lead, stand):
            told = ", ".join(f"{name} {stored[name]} instead of {value}" for name, value in wrong.items())
            yield Finding("lead_differs", contact_id, detail=told)


def _is_list(text: str) -> bool:
    try:
        return isinstance(jsontext.loads(text), list)
    except ValueError:
        return False
