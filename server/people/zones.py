"""Time zones by their names, as users and calendars keep them."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def of(name: str) -> ZoneInfo:
    """The zone; UTC for none, and for a name that the machine's data no longer has."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
