"""Works out how many messages a second a stream may send: its own pace, or a slow one while the sender is new."""

from __future__ import annotations

from server.settings import Settings
from server.store import Session

YOUNG_DAYS = 30  # since the first message: mailbox providers distrust a sender without history
DAY_MS = 86_400_000


def of(tx: Session, settings: Settings, stream: str, now: int) -> int:
    """Return the messages per second of a stream; 0 for no limit."""
    row = settings.streams.get(stream)
    if row is None or row.pace_per_second:
        return row.pace_per_second if row else 0
    first = tx.messages.first_sent()
    is_young = first is None or first > now - YOUNG_DAYS * DAY_MS
    if stream == "transactional":
        return 0
    return settings.young_per_second if is_young else settings.usual_per_second
