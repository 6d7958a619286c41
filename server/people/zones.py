"""Time zones by their names, as users and calendars keep them."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UNSAID = "UTC"  # what stands for somebody who never said where they are


def first(*names: str) -> ZoneInfo:
    """That of the first who said where they are."""
    return of(next((name for name in names if name not in ("", UNSAID)), UNSAID))


def of(name: str) -> ZoneInfo:
    """The zone; UTC for none, and for a name that the machine's data no longer has."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
