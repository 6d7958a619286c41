"""What every view may need, and the clock: views and workers alone ask what time it is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app

from builder.tokens import Keyring
from server.capture.later import Later
from server.capture.rules import Rules
from server.settings import Settings
from server.store import Store


@dataclass(frozen=True)
class State:
    settings: Settings
    store: Store
    keyring: Keyring
    later: Later
    rules: Rules

    @property
    def inbox_dir(self) -> Path:
        """Where the local mail server of the demo keeps what it received."""
        return Path(self.settings.data_dir) / "inbox"


def state() -> State:
    return cast(State, current_app.extensions["acto"])


def now_ms() -> int:
    """Milliseconds UTC."""
    return time.time_ns() // 1_000_000
