"""What should be true of one mail, in the plainest words: a list of what was said, and rules that read it from the start."""

from __future__ import annotations

from dataclasses import dataclass, field

HOLD_MS = 300_000
LIFETIME_MS = 90 * 86_400_000
RANKS = {"machine": 0, "posted": 1, "gestured": 2, "asked": 3}
POLICIES = {"latest": "latest", "first": "first", "once": "once", "parts": "all"}  # question -> its policy


@dataclass(frozen=True)
class Said:
    value: str
    how: str  # machine | posted | gestured | asked
    at: int
    nonce: str


@dataclass
class Model:
    said: dict[str, list[Said]] = field(default_factory=lambda: {name: [] for name in POLICIES})
    left: bool = False
    erased: bool = False

    def answer(self, block: str, said: Said) -> bool:
        """Whether it was new: a page's nonce counts once."""
        if any(each.nonce == said.nonce for each in self.said[block]):
            return False
        self.said[block].append(said)
        return True

    def counts(self, block: str) -> list[str]:
        """The values that count, in the order they came."""
        best = self._best(block)
        if not best:
            return []
        if POLICIES[block] == "all":
            return list(dict.fromkeys(each.value for each in best))
        return [best[-1 if POLICIES[block] == "latest" else 0].value]

    def state(self, block: str, now: int) -> str:
        """machine | provisional | confirmed; '' where nobody has said anything."""
        best = self._best(block)
        if not best:
            return ""
        decides = best[-1 if POLICIES[block] in ("latest", "all") else 0]
        if decides.how == "machine":
            return "machine"
        return "provisional" if decides.how == "posted" and now < decides.at + HOLD_MS else "confirmed"

    def _best(self, block: str) -> list[Said]:
        """Those said most surely; to be asked makes surer only where a change is possible."""

        def rank(each: Said) -> int:
            return RANKS["gestured" if each.how == "asked" and POLICIES[block] != "latest" else each.how]

        most = max(map(rank, self.said[block]), default=0)
        return [each for each in self.said[block] if rank(each) == most]
