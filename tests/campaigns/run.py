"""Runs drawn histories on one store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from server.emails import homes
from server.sending import send
from server.settings import Settings
from server.store import Store
from tests.campaigns.history import History

ROOT = Path(__file__).parents[2]


class Count(NamedTuple):
    histories: int
    messages: int
    broken: list[str]


def run(store: Store, histories: int, seed: int, say: Callable[[str], None] = lambda line: None) -> Count:
    """Play histories `seed` and the following ones; each is judged before the next begins."""
    settings = Settings(
        postal_address="Calle 1, Bogotá", base_url="https://acto.example", templates_dir=str(ROOT / "templates/emails")
    )
    with store.read() as tx:
        source = send.check_files(settings, "diagnosis", homes.find(tx, settings, "diagnosis"))
    messages, broken = 0, list[str]()
    for number in range(seed, seed + histories):
        history = History(store, settings, source, number)
        messages += history.run()
        broken += [f"history {number}: {wrong}" for wrong in history.wrongs()]
        history.leave_no_trace()
        if (number - seed) % 100 == 99:
            say(f"{number - seed + 1} histories, {messages} messages, {len(broken)} broken")
    return Count(histories, messages, broken)
