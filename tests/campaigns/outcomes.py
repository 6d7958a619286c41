"""Judges how each message of a campaign ended: everybody has one state with a cause, and whoever may get it has got it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.campaigns import plans
from tests.campaigns.judge import Spans
from tests.campaigns.restoring import Known
from tests.campaigns.town import Town

FINAL = {"sent", "failed", "unknown", "stopped"}


def wrongs(town: Town, known: Known, left: Mapping[str, int]) -> Iterator[str]:
    """Every end without a cause, in the campaigns that the store knows."""
    for campaign, spans in known.spans.items():
        with town.store.read() as tx:
            row = plans.find(tx, campaign)
            rows = tx.campaigns.people(id=campaign, state="", reason="", answered="", after="", limit=1000)
        if row["state"] in ("draft", "stopped") and not row["expanded"]:
            continue
        if {each["contact_id"] for each in rows} != {person.id for person in town.people}:
            yield f"{campaign} has rows for {len(rows)} of {len(town.people)} people"
        for each in rows:
            yield from _of_one(each, town, known, spans, left)


def _of_one(row: Any, town: Town, known: Known, spans: Spans, left: Mapping[str, int]) -> Iterator[str]:
    what = f"{spans.plan.timing} {row['contact_id']} ends as {row['state']} because of “{row['reason']}”"
    if row["state"] not in FINAL or (row["state"] != "sent" and not row["reason"]):
        yield what
    elif not _has_cause(row, town, known, spans, left):
        yield f"{what} without a cause"
    elif row["state"] == "sent" and row["id"] not in {each.message for each in known.sent}:
        yield f"{what} and never left"


def _has_cause(row: Any, town: Town, known: Known, spans: Spans, left: Mapping[str, int]) -> bool:
    if row["state"] == "stopped":
        return _may_be_stopped(row, spans, left)
    return row["state"] == "sent" or row["id"] in (known.dropped if row["reason"] == "restored" else town.troubled)


def _may_be_stopped(row: Any, spans: Spans, left: Mapping[str, int]) -> bool:
    return {
        "past_deadline": bool(spans.plan.deadline_on),
        "campaign_stopped": spans.stopped is not None,
        "suppressed_marketing": row["contact_id"] in left,
        "suppressed_all": row["contact_id"] in left,
        "unsubscribed": row["contact_id"] in left,
    }.get(row["reason"], False)
