"""Moves the dates of a starter's sample ahead of the story's clock: by whole weeks, with the words for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from builder import dates, times

AHEAD, WEEK = timedelta(days=9), timedelta(weeks=1)
WORDS = {  # places of a sample with a moment in words: (the moment, its wording)
    ("event", "day"): ("start", {"es": "el {day}", "en": "{day}"}),
    ("event", "when"): ("start", {"es": "{weekday_and_day}, a las {time}", "en": "{weekday_and_day}, {time}"}),
    ("event", "reply_by"): ("closes", {"es": "el {weekday_and_day}", "en": "{weekday_and_day}"}),
}


def ahead(data: dict[str, Any], now: int) -> dict[str, Any]:
    """Return the data with its first moment one to two weeks ahead; `now` is milliseconds UTC."""
    moments = list(_moments(data))
    if not moments:
        return data
    late = datetime.fromtimestamp(now / 1000, UTC) + AHEAD - min(moments)
    moved: dict[str, Any] = _moved(data, -(-late // WEEK) * WEEK)
    for (thing, name), (moment, said) in WORDS.items():
        if name in moved.get(thing, {}):
            at = datetime.fromisoformat(moved[thing][moment])
            moved[thing][name] = {language: _said(at, language, shape) for language, shape in said.items()}
    return moved


def _moments(value: Any) -> Iterator[datetime]:
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _moments(each)
    elif moment := times.read(value):
        yield moment


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: _moved(each, by) for name, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, by) for each in value]
    moment = times.read(value)
    return (moment + by).isoformat(timespec="minutes") if moment else value


def _said(at: datetime, language: str, shape: str) -> str:
    said = shape.format(
        day=dates.write(at.date(), "day", language),
        weekday_and_day=dates.write(at.date(), "weekday_and_day", language),
        time=f"{at:%H:%M}",
    )
    return said if said.startswith("el ") else said[0].upper() + said[1:]
