"""The keys that sign the links of emails."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from server.settings.errors import SettingsError
from server.settings.table import Settings


def keys(settings: Settings) -> list[str]:
    """The signing keys, oldest first: the last one signs, all of them verify.

    Made on first use, readable by their owner only. To change keys add a line; keep the old lines for as
    long as their longest link lives. Raises SettingsError when the file holds no key or cannot be read.
    """
    path = Path(settings.keys_file)
    try:
        if not path.exists():
            _make(path)
        lines = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot be used: {error}"
        raise SettingsError(str(path), "keys_file", problem, "Allow reading and writing it") from error
    if not lines:
        raise SettingsError(str(path), "keys_file", "holds no key", "Put a long random line into it, or remove it")
    return lines


def _make(path: Path) -> None:
    """Write a whole file aside and link it into place: of two processes that start at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass  # the other process was first: its key is the key
    finally:
        aside.unlink()
