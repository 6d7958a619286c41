"""Leads: contacts as sales sees them. Stored with their reasons, and equal to what their answers give at any time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from server import jsontext
from server.people.search import patterns
from server.qualify import scoring
from server.qualify.scoring import Said
from server.store import Session

PAGE = 50


def qualify(tx: Session, contact_id: str, answers: Sequence[Mapping[str, Any]], now: int) -> None:
    """Answers -> Lead, for one person whose row the caller has locked; `answers` are all of theirs, as stored."""
    tx.leads.put(contact_id=contact_id, **lead(answers), now=now)


def lead(answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the answers of one person make of them, as it is stored."""
    confirmed = [answer for answer in answers if answer["state"] == "confirmed"]
    score = scoring.score([said for answer in confirmed for said in _said(answer)])
    return {
        "interest": score.interest,
        "need": score.need,
        "urgency": score.urgency,
        "worth": score.worth,
        "stage": score.stage,
        "reasons": jsontext.dumps([reason._asdict() for reason in score.reasons]),
        "waiting": sum(answer["state"] == "provisional" for answer in answers),
        "people": len(confirmed),
        "machines": sum(answer["state"] == "machine" for answer in answers),
        "answered_at": max(answer["answered_at"] for answer in answers),
    }


def search(
    tx: Session, text: str = "", stage: str = "", page: int = 1, *, everyone: bool = False
) -> list[dict[str, Any]]:
    """Leads by worth, PAGE at a time, as rows with `reasons` read; each word of `text` must be found (see people.search).

    Without `everyone`, those that nobody but machines made are left out.
    """
    rows = tx.leads.list(
        everyone="yes" if everyone else "", stage=stage, **patterns(text), limit=PAGE + 1, offset=(page - 1) * PAGE
    )
    return [read(row) for row in rows]


def stages(tx: Session, text: str = "", *, everyone: bool = False) -> dict[str, int]:
    """How many leads stand in each stage."""
    found = {
        row["stage"]: row["total"] for row in tx.leads.stages(everyone="yes" if everyone else "", **patterns(text))
    }
    return {stage.name: found.get(stage.name, 0) for stage in scoring.STAGES}


def by_contact(tx: Session, contact_id: str) -> dict[str, Any] | None:
    row = tx.leads.by_contact(contact_id=contact_id)
    return read(row) if row else None


def read(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its JSON read and a name to call the person by."""
    name = " ".join(part for part in (row["first_name"], row["last_name"]) if part)
    return {**row, "reasons": jsontext.loads(row["reasons"]), "name": name or row["address"]}


def _said(answer: Mapping[str, Any]) -> list[Said]:
    email, block, question, at = answer["email"], answer["block"], answer["question"], answer["answered_at"]
    return [
        Said(email, block, question, option["label"], option["interest"], option["need"], option["urgency"], at)
        for option in jsontext.loads(answer["points"])
    ]
