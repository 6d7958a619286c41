"""Forwarded mail: somebody says that they are not the person. An event beside the others; nothing is overwritten."""

from __future__ import annotations

from server.capture import whole
from server.capture.hits import Hit
from server.store import Store


def disown(store: Store, hit: Hit, now: int) -> None:
    """Returns once it is on stable storage. Raises StoreUnavailable when nothing was stored."""
    store.write(lambda tx: whole.append(tx, hit, "not_me", now))
