"""Caches the brand for a second, because every page of recipients and every message needs it and it rarely changes."""

from __future__ import annotations

from server.branding import brand
from server.branding.brand import Brand
from server.settings import Settings
from server.store import Store, StoreUnavailable

FRESH_MS = 1_000


class KeptBrand:
    """The brand of one process. Safe to use from many threads: each reads or replaces one tuple."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._kept: tuple[int, Brand] | None = None

    def at(self, now: int) -> Brand:
        """Return the brand as it was at most FRESH_MS before `now`; without a store the last one, so that the page that says so
        still has a sender.
        """
        kept = self._kept
        if kept is None or not 0 <= now - kept[0] < FRESH_MS:
            try:
                kept = self._kept = now, self._read()
            except StoreUnavailable:
                return kept[1] if kept else brand.of_settings(self._settings)
        return kept[1]

    def _read(self) -> Brand:
        with self._store.read() as tx:
            return brand.current(tx, self._settings)

    def forget(self) -> None:
        """Read the brand anew next time, because this process has saved one."""
        self._kept = None
