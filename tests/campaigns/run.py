"""Runs drawn histories on one store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from builder.catalog import EmailSource
from server.campaigns import contents
from server.emails import homes
from server.sending import send
from server.settings import Settings
from server.store import Store
from tests.campaigns.history import History
from tests.campaigns.places import Places

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(
    postal_address="Calle 1, Bogotá", base_url="https://acto.example", templates_dir=str(ROOT / "templates/emails")
)


@dataclass
class Count:
    """What was played. `dropped` are messages, `crossed` histories in which somebody's clock was changed."""

    histories: int = 0
    messages: int = 0
    restores: int = 0
    dropped: int = 0
    crossed: int = 0
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.histories} histories, {self.messages} messages, {self.restores} restores, {self.dropped} dropped messages, "
            f"{self.crossed} histories with a change of clocks, {len(self.broken)} broken"
        )


def run(
    store: Store,
    places: Places,
    histories: int,
    seed: int,
    say: Callable[[str], None] = lambda line: None,
    until: str = "",
) -> Count:
    """Play histories `seed` and the following ones, or until one is broken in these words; each is judged before the next begins."""
    with store.read() as tx:
        source = _checked(tuple(homes.find(tx, SETTINGS, "diagnosis").items()))
    count = Count()
    with patch.object(
        contents, "source", lambda *of_plan: source
    ):  # one check of its files is enough for all campaigns
        for number in range(seed, seed + histories):
            _play(History(store, SETTINGS, source, number, places), number, count)
            if count.histories % 50 == 0:
                say(str(count))
            if until and any(until in each for each in count.broken):
                break
    return count


@cache
def _checked(files: tuple[tuple[str, str], ...]) -> EmailSource:
    return send.check_files(SETTINGS, "diagnosis", dict(files))


def _play(history: History, number: int, count: Count) -> None:
    count.messages += history.run()
    count.histories += 1
    count.restores += history.restoring.restores
    count.dropped += history.restoring.dropped
    count.crossed += history.crossings() > 0
    count.broken += [f"history {number}: {wrong}" for wrong in history.wrongs]
    history.leave_no_trace()
