"""Answers: what counts now for a message's block, settled from its events and recomputable from them. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.capture.evidence import CONFIRMS_AT_ONCE, rank


@dataclass(frozen=True)
class Answer:
    """What counts. `changes` is how often what counts was replaced; `confirm_at` is when a provisional answer stands."""

    values: tuple[str, ...]
    grade: str
    state: str
    answered_at: int
    confirm_at: int
    changes: int


def settle(events: Sequence[Mapping[str, Any]], policy: str, hold_ms: int, now: int) -> Answer | None:
    """The highest grade wins; within it the latest, or the first where the block says `first` or `once`.

    `events` in the order they happened: rows of id, value (JSON list), grade, at. None for no events.
    """
    counting: Mapping[str, Any] | None = None
    changes = 0
    for event in events:
        if counting is None:
            counting = event
        elif _replaces(event, counting, policy):
            changes += event["value"] != counting["value"]
            counting = event
    if counting is None:
        return None
    return _answer(counting, changes, hold_ms, now)


def _replaces(new: Mapping[str, Any], old: Mapping[str, Any], policy: str) -> bool:
    """A weaker grade never replaces a stronger one, whatever the policy."""
    difference = rank(new["grade"]) - rank(old["grade"])
    return difference > 0 or (difference == 0 and policy == "latest")


def _answer(event: Mapping[str, Any], changes: int, hold_ms: int, now: int) -> Answer:
    at_once = event["grade"] in CONFIRMS_AT_ONCE
    confirm_at = event["at"] if at_once else event["at"] + hold_ms
    return Answer(
        values=tuple(json.loads(event["value"])),
        grade=event["grade"],
        state="confirmed" if confirm_at <= now else "provisional",
        answered_at=event["at"],
        confirm_at=confirm_at,
        changes=changes,
    )
