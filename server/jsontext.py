"""The one door to orjson: values as the store keeps them, JSON as text."""

from __future__ import annotations

from typing import Any

import orjson


def dumps(value: Any) -> str:
    """Compact JSON. Raises TypeError for what JSON has no word for."""
    return orjson.dumps(value).decode("utf-8")


def loads(text: str) -> Any:
    """Raises ValueError for what is not JSON."""
    return orjson.loads(text)
