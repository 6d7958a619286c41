"""Parses the header Retry-After (RFC 9110 10.2.3)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime


def milliseconds(header: str, now: int) -> int:
    """Parse seconds or a date into milliseconds from now; 0 if it is missing or unreadable."""
    if header.strip().isdecimal():
        return int(header.strip()[:6]) * 1000
    try:
        return max(0, int(parsedate_to_datetime(header).timestamp() * 1000) - now)
    except (ValueError, OverflowError):
        return 0
