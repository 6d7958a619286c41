"""Describes the settings for an operator, with every password masked."""

from __future__ import annotations

import re
from typing import NamedTuple

from server.settings.rows import rows
from server.settings.table import Settings, Stream

_PASSWORD = re.compile(r"(?<=://)([^/?#\s]*):([^/?#\s]*)@|(?<=[?&]password=)[^&#]+")


class Described(NamedTuple):
    """One setting for display: `value` is safe to print, `source` is default, a file or a variable."""

    name: str
    value: str
    source: str
    help: str


def describe(settings: Settings) -> list[Described]:
    """List every setting in the order of the table, streams last."""
    told = _table(settings, "", settings)
    for name, stream in settings.streams.items():
        told += _table(stream, f"streams.{name}.", settings)
    return told


def masked(value: str) -> str:
    """Mask the password of a URL in `value`."""
    return _PASSWORD.sub(lambda found: f"{found[1]}:***@" if found[1] is not None else "***", value)


def _table(table: Settings | Stream, prefix: str, settings: Settings) -> list[Described]:
    return [
        Described(
            prefix + row.name,
            masked(str(getattr(table, row.name))),
            settings.origins.get(prefix + row.name, "default"),
            row.help,
        )
        for row in rows(type(table))
    ]
