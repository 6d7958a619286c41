"""Reads the page number of long lists from the address."""

from flask import request

LAST = 10_000


def page_number() -> int:
    """Return the number in `?page=`, from 1 to LAST; 1 if it is not a number."""
    asked = request.args.get("page", "1")
    return min(LAST, max(1, int(asked))) if asked.isascii() and asked.isdigit() else 1
