"""A folder beside the target in which everything is made before it gets its name; one process has it at a time."""

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
    """An empty folder (0700) on the file system of `target`, gone afterwards; what a killed process left there goes first.

    Raises CannotDo when another process is at it or the folder cannot be made.
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
    """Until the handle is closed, by us or by our end."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise CannotDo(f"Another process is at work in {folder}. Wait until it has ended.") from error


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, onto stable storage."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
