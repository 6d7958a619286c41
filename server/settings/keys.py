"""Reads, creates and rotates the file of the keys that sign the links of emails."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from server.settings import key_files
from server.settings.errors import SettingsError
from server.settings.table import Settings

SHORTEST = 32  # characters of a key; detects a line that was cut off in a copy


class Key(NamedTuple):
    """One line of the file: the secret and, once another key signs, the day it was retired."""

    secret: str
    retired: date | None = None


def keys(settings: Settings) -> list[str]:
    """Read the signing keys, oldest first: the last one signs, all of them verify. With a store, use server/signing.py.

    The file is created on first use, readable by its owner only. Raises SettingsError when it holds no key or cannot be read.
    """
    return [key.secret for key in read_keys(settings)]


def read_keys(settings: Settings) -> list[Key]:
    """Read the keys with the days of their retirement. Raises SettingsError as `keys` does."""
    path = Path(settings.keys_file)
    with _usable(path):
        if not path.exists():
            key_files.make(path, _text([_new()]))
        found = _read(path)
    if not found:
        raise SettingsError(str(path), "keys_file", "contains no key", "Put the file back from a backup, or remove it")
    for number, key in enumerate(found, start=1):
        if len(key.secret) < SHORTEST:
            problem = f"has in line {number} a key of fewer than {SHORTEST} characters"
            raise SettingsError(str(path), "keys_file", problem, "Put the whole file back from a backup")
    return found


def has_keys(settings: Settings) -> bool:
    """Return whether the file exists."""
    return Path(settings.keys_file).exists()


def start_over(settings: Settings) -> None:
    """Replace the file by one new key. Raises SettingsError."""
    path = Path(settings.keys_file)
    with _usable(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(key_files.aside(path, _text([_new()])), path)


def rotate(settings: Settings, today: date, kept_days: int) -> tuple[int, int]:
    """Add a new key, which signs from now on; drop keys retired for more than `kept_days`, the life of the longest link.

    Returns the numbers of keys kept and dropped. Raises SettingsError.
    """
    keys(settings)  # creates the file if there is none
    path = Path(settings.keys_file)
    with _usable(path):
        old = [key._replace(retired=key.retired or today) for key in _read(path)]
        live = [key for key in old if (today - (key.retired or today)).days <= kept_days]
        os.replace(key_files.aside(path, _text([*live, _new()])), path)
    return len(live) + 1, len(old) - len(live)


def _read(path: Path) -> list[Key]:
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Key(words[0], date.fromisoformat(words[2]) if len(words) == 3 else None) for words in lines]


def _new() -> Key:
    return Key(secrets.token_urlsafe(48))


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        problem = f"cannot be used: {error}"
        raise SettingsError(str(path), "keys_file", problem, "Allow reading and writing it") from error


def _text(lines: Sequence[Key]) -> bytes:
    return "".join(
        f"{key.secret} retired {key.retired}\n" if key.retired else f"{key.secret}\n" for key in lines
    ).encode()
