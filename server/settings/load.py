"""Loads the settings: environment over file over default, each value checked against its row."""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from server.settings.errors import SettingsError
from server.settings.rows import Setting, Value, rows
from server.settings.table import STREAMS, Settings, Stream

PREFIX = "ACTO_"
Table = TypeVar("Table", Settings, Stream)


def load(path: str | Path = "acto.toml", environ: Mapping[str, str] = os.environ) -> Settings:
    """Load the settings; a missing file means defaults. Raises SettingsError."""
    source = _Source(str(path), {k: v for k, v in environ.items() if k.startswith(PREFIX)}, {})
    tables = _parse(path)
    streams = _streams(source, tables.pop("streams", {}))
    settings = _fill(source, Settings(), tables, "")
    _refuse_unread(source, streams)
    domain = settings.message_id_domain or urlsplit(settings.base_url).hostname or "localhost"
    return dataclasses.replace(settings, message_id_domain=domain, streams=streams, origins=source.origins)


@dataclasses.dataclass(frozen=True)
class _Source:
    file: str
    environ: dict[str, str]  # each variable is removed when it is read, so that misspelt ones remain
    origins: dict[str, str]


def _parse(path: str | Path) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), "the file", f"is not TOML: {error}", "Write lines like: port = 8000") from error
    except OSError as error:
        raise SettingsError(str(path), "the file", f"cannot be read: {error.strerror}", "Allow reading it") from error


def _streams(source: _Source, tables: Any) -> dict[str, Stream]:
    fix = "Write a table such as [streams.marketing] with from_address and smtp_url below it"
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise SettingsError(source.file, "streams", "is not a table of streams", fix)
    for name in tables:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            raise SettingsError(source.file, f"streams.{name}", "cannot be the name of a stream", "Use a-z, 0-9 and _")
    names = dict.fromkeys([*STREAMS, *tables])
    return {n: _fill(source, STREAMS.get(n, Stream()), dict(tables.get(n, {})), f"streams.{n}.") for n in names}


def _fill(source: _Source, table: Table, given: dict[str, Any], prefix: str) -> Table:
    """Return `table` with each of its rows read. Raises SettingsError for an unknown key of the file."""
    known = rows(type(table))
    unknown = next((key for key in given if key not in {row.name for row in known}), None)
    if unknown is not None:
        fix = _did_you_mean(unknown, [row.name for row in known])
        raise SettingsError(source.file, f"{prefix}{unknown}", "is not a setting", fix)
    values: dict[str, Any] = {row.name: _read(source, row, table, given, prefix) for row in known}
    return dataclasses.replace(table, **values)


def _read(source: _Source, row: Setting, table: Settings | Stream, given: dict[str, Any], prefix: str) -> Value:
    key = prefix + row.name
    variable = PREFIX + key.replace(".", "_").upper()
    if variable in source.environ:
        where, value = variable, _from_text(row, source.environ.pop(variable))
    elif row.name in given:
        where, value = source.file, given[row.name]
    else:
        where, value = "default", getattr(table, row.name)
    source.origins[key] = where
    if type(value) is not type(row.default) or not row.holds(value):
        raise SettingsError(where, key, "has a value that is not valid", f"It must be {row.right}")
    return value


def _from_text(row: Setting, text: str) -> Value:
    """Convert text to a number if the row wants one; other text is refused later by its type."""
    if isinstance(row.default, str):
        return text
    return int(text) if re.fullmatch(r"-?[0-9]+", text) else text


def _refuse_unread(source: _Source, streams: Iterable[str]) -> None:
    """Raise SettingsError for an unknown variable, because a misspelt one would silently leave the default in force."""
    names = [row.name for row in rows(Settings)]
    names += [f"streams_{stream}_{row.name}" for stream in streams for row in rows(Stream)]
    for variable in source.environ:
        fix = _did_you_mean(variable, [PREFIX + name.upper() for name in names])
        raise SettingsError("environment", variable, "is not a setting", fix)


def _did_you_mean(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]}?" if near else "`acto settings` lists all of them"
