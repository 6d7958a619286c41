"""Provides a locked working folder beside a target, in which files are complete before they get their name."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.errors import CannotDo


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Yield an empty folder (0700) on the file system of `target`; it is deleted afterwards, and leftovers of a crash before.

    Raises CannotDo when another process uses it or the folder cannot be made.
    """
    folder = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise CannotDo(f"The folder {folder} cannot be made: {error.strerror}.") from error
    try:
        _lock(handle, folder)
        for each in folder.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    """Lock the folder until the handle is closed or the process ends."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CannotDo(f"Another process is at work in {folder}. Wait until it has ended.") from error
