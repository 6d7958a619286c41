"""Computes how long an answer stays provisional before it counts and starts flows. Pure.

A vouched answer does not wait. A touched one waits until contradicting answers would have come, counted from the first page
that its browser opened, because programs that press buttons do so within a day of sending. An untouched one waits for the hold
(`hold_seconds`). A page left open has waited for the hold already.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.capture.evidence import TOUCHED
from server.capture.observation import Observation
from server.capture.rules import Rules


def stands_at(hit: Observation, grade: str, hits: Sequence[Observation], sent_at: int, rules: Rules) -> int:
    """Return the moment (ms UTC) from which the answer of `hit`, one of `hits`, counts if its verdict is still a person's."""
    if grade in ("authenticated", "left_open"):
        return hit.at
    if grade not in TOUCHED:
        return hit.at + rules.hold_ms
    if hit.at - sent_at >= rules.patience_within_ms or not rules.patience_ms:
        return hit.at
    first = min(each.at for each in hits if each.client == hit.client and each.at >= hit.at - rules.near_ms)
    return max(hit.at, first + rules.patience_ms)
