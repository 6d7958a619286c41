"""Finds the example words of the starters (invented names, dates and places) that an email still carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from builder import catalog
from server import shipped
from server.emails import starters

SHORTEST = 5  # characters of an example


def left_in(files: Mapping[str, str]) -> list[str]:
    """Return the example words in the MJML and the email.toml of an email, each once, in the order of the starters."""
    text = "\n".join(
        text for path, text in files.items() if path.endswith((".mjml", ".toml")) and not path.startswith("_")
    )
    return [words for words in _examples() if words in text]


@lru_cache(maxsize=1)
def _examples() -> tuple[str, ...]:
    root = shipped.path(starters.FOLDER)
    sources = [catalog.parse(name, catalog.collect(Path(root) / name)) for name in catalog.names(root)]
    found = [
        words for source in sources if source.mail_class == "marketing" for words in _told(source.sample.get("data"))
    ]
    return tuple(dict.fromkeys(found))


def _told(value: Any, key: str = "") -> Iterator[str]:
    """Yield the values that are somebody's own: names, and phrases with a space."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _told(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _told(each)
    elif isinstance(value, str) and len(value) >= SHORTEST and (" " in value or key == "name"):
        yield value
