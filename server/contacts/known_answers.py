"""Collects a person's latest answers by block name, which the conditions in templates read as `known`. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from server import jsontext

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow

NOT_THEIRS = ("machine", "undecided")  # states of answers that may not be the person's
UNKNOWN = (*NOT_THEIRS, "withdrawn")


def answers_by_name(answers: Iterable[AnswersRow]) -> dict[str, Any]:
    """Return the newest answer to each name, from any email: a number for a scale, a list if several count, else the value.

    Answers that were taken back or may be a machine's are left out.
    """
    people = (row for row in answers if row["state"] not in UNKNOWN)
    ordered = sorted(people, key=lambda row: (row["answered_at"], row["message_id"]))
    return {row["block"]: _value(row["kind"], jsontext.loads(row["value"])) for row in ordered}


def _value(kind: str, values: list[str]) -> Any:
    if kind.endswith("_many") or len(values) != 1:
        return values
    return int(values[0]) if kind == "rate" and values[0].isdecimal() else values[0]
