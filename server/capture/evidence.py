"""Grades one hit by the strength of the signs that a person sent it. Pure, so that stored hits can be graded again."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from server import jsontext
from server.capture.hits import PRESSES, Hit

GradeName = Literal["fetched", "posted", "left_open", "gestured", "asked", "authenticated"]
GRADES: tuple[GradeName, ...] = ("fetched", "posted", "left_open", "gestured", "asked", "authenticated")  # lowest first
TOUCHED = ("gestured", "asked")  # a trusted press of our button; `asked`: of one that named the answer it replaces
ACTS = ("POST", "MAIL")
MACHINE, UNDECIDED = "machine", "undecided"


class Grade(NamedTuple):
    """A grade with its reasons, which are names of signs; the pages have a sentence for each."""

    name: GradeName
    reasons: tuple[str, ...]

    @property
    def stored(self) -> str:
        """The reasons as a JSON list."""
        return _json(self.reasons)


def grade(hit: Hit) -> Grade:
    """Grade one hit: GET and HEAD are `fetched`, a POST `posted`, a trusted press `gestured`, a verified mail client
    `authenticated`.

    No header or form field raises a grade above a press, because a program can forge them.
    """
    if hit.vouched:
        return Grade("authenticated", (f"vouched_{hit.vouched}",))
    if hit.method not in ACTS:
        return Grade("fetched", (f"method_{hit.method.lower()}",))
    if hit.facts and hit.facts.get("left") == "1":
        return Grade("left_open", ("left_open",))
    if hit.gesture in PRESSES and hit.facts and hit.facts.get("asked") == "1":
        return Grade("asked", (f"gesture_{hit.gesture}", "asked"))
    if hit.gesture in PRESSES:
        return Grade("gestured", (f"gesture_{hit.gesture}",))
    return Grade("posted", ("no_gesture",))


_json = lru_cache(maxsize=256)(jsontext.dumps)


def rank(name: str, verdict: str = "") -> int:
    """Rank a grade; higher is surer. An undecided answer never replaces a person's, and a machine's ranks below all.

    `asked` equals `authenticated`, so that a person who confirmed "you said 2, change it to 4?" replaces a vouched 2.
    """
    if verdict == MACHINE:
        return -1
    if verdict == UNDECIDED:
        return 0
    return _RANKS[name]


def is_sure(name: str, verdict: str) -> bool:
    """Return whether only a person who was asked may change such an answer."""
    return rank(name, verdict) >= _RANKS["gestured"]


_RANKS: dict[str, int] = {"fetched": 0, "posted": 1, "left_open": 1, "gestured": 2, "asked": 3, "authenticated": 3}
