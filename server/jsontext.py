"""Writes and parses JSON as text, the form in which the store keeps values. The only module that imports orjson."""

from __future__ import annotations

from typing import Any

import orjson


def dumps(value: Any) -> str:
    """Return compact JSON. Raises TypeError for a value that JSON cannot express."""
    return orjson.dumps(value).decode("utf-8")


def loads(text: str) -> Any:
    """Parse JSON. Raises ValueError for invalid text."""
    return orjson.loads(text)
