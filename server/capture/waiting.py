"""How long an answer waits before it counts. Pure.

What a mail client vouches for does not wait. A touch waits until a burst would have shown, counted from the first time its
browser was seen: whoever reads the page for a few seconds waits no longer. Everything else waits out the hold.
"""

from __future__ import annotations

from collections.abc import Sequence

from server.capture.evidence import TOUCHED
from server.capture.observation import Observation
from server.capture.rules import Rules
from server.capture.verdicts import Verdict


def stands_at(
    hit: Observation, grade: str, verdict: Verdict, hits: Sequence[Observation], sent_at: int, rules: Rules
) -> int:
    """When the answer of this hit, one of `hits`, may be confirmed (ms UTC)."""
    if grade == "authenticated":
        return hit.at
    if grade not in TOUCHED or verdict.name != "person":
        return hit.at + rules.hold_ms
    if hit.at - sent_at >= rules.patience_within_ms or not rules.patience_ms:
        return hit.at
    first = min(each.at for each in hits if each.client == hit.client and each.at >= hit.at - rules.near_ms)
    return max(hit.at, first + rules.patience_ms)
