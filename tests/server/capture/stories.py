"""Small stories for the judge: hits of one message, seconds after it was sent and read."""

from __future__ import annotations

from typing import Any

from server.capture.observation import Observation
from server.capture.rules import Rules
from server.capture.verdicts import Around, Verdict, judge

SENT = 1_800_000_000_000
LATER = SENT + 3_600_000  # long after scanners come
CHROME = "Mozilla/5.0 Chrome/131.0"
AROUND = Around(SENT, frozenset({"need", "call"}))
PERSON = {"dwell": "2000", "visible": "1"}


def hit(seconds: float, method: str = "GET", choice: str = "crm", **changes: Any) -> Observation:
    known: dict[str, Any] = {
        "purpose": "answer",
        "block": "need",
        "agent": CHROME,
        "network": "203.0.113.0/24",
        "nonce": "",
        "gesture": "",
        "channel": "page",
        "vouched": "",
        "facts": {},
        **changes,
    }
    return Observation(LATER + round(seconds * 1000), method, choice=choice, **known)


def tap(seconds: float, choice: str = "crm", **changes: Any) -> Observation:
    return hit(seconds, "POST", choice, **{"gesture": "pointer", "facts": PERSON, **changes})


def judged(*hits: Observation, around: Around = AROUND, rules: Rules = Rules()) -> Verdict:  # noqa: B008 - it is immutable
    """The verdict of the last."""
    return judge(hits, around, rules)[-1]


def names(verdict: Verdict) -> list[str]:
    return [name for name, _ in verdict.signs]


def press(seconds: float, choice: str, page: str, **changes: Any) -> Observation:
    """A press on the page of that name."""
    return tap(seconds, choice, nonce=f"{page:-<24}", **changes)


def form(seconds: float, choice: str = "crm", **changes: Any) -> Observation:
    """The form without a press, from a browser that runs no scripts."""
    return hit(seconds, "POST", choice, **changes)


def opened(*choices: str, gap: float = 0.5, at: float = 0, **changes: Any) -> list[Observation]:
    """Links opened one after the other, each on a page of its own."""
    return [
        hit(at + place * gap, choice=choice, **{"nonce": f"{choice:-<24}", **changes})
        for place, choice in enumerate(choices)
    ]


def all_names(*hits: Observation, rules: Rules = Rules()) -> list[str]:  # noqa: B008 - it is immutable
    """The verdicts of all answers among the hits."""
    return [verdict.name for hit, verdict in zip(hits, judge(hits, AROUND, rules), strict=True) if hit.acts]


NEED = ("crm", "numbers", "proposals", "follow_up")
