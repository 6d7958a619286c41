"""Writes files of secrets: complete, on stable storage, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def aside(path: Path, content: bytes) -> Path:
    """Write a complete file beside the real one and return its path, from which it is moved or linked into place."""
    made = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return made


def make(path: Path, content: bytes) -> None:
    """Create the file, unless another process was first: a link into place lets one of two that start at once win."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = aside(path, content)
    try:
        os.link(made, path)
    except FileExistsError:
        pass  # the other process was first, so its file is used
    finally:
        made.unlink()
