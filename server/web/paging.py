"""Pages of long lists."""

from flask import request

LAST = 10_000


def page_number() -> int:
    """The page asked for, from 1; what is no number is the first."""
    asked = request.args.get("page", "1")
    return min(LAST, max(1, int(asked))) if asked.isascii() and asked.isdigit() else 1
