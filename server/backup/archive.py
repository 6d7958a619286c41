"""Reads and writes the archive of a backup: a zip with the SQLite database, optionally the keys, and a manifest with their SHA-256."""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

from server.errors import CannotDo

FORMAT = 1
DATABASE, KEYS, MANIFEST = "acto.db", "keys", "manifest.json"
PIECE = 1 << 20
# Raised by the libraries for a truncated, damaged or other file; RuntimeError for one with a password.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, TypeError, ValueError, RuntimeError)
LEVEL = 1  # of compression: most of the gain for little time


class Manifest(NamedTuple):
    """The contents of an archive: `made_at` in ms, rows by table, SHA-256 by member."""

    made_at: int
    engine: str
    rows: Mapping[str, int]
    sha256: Mapping[str, str]
    format: int = FORMAT

    @property
    def has_keys(self) -> bool:
        return KEYS in self.sha256


def pack(path: Path, folder: Path, made_at: int, engine: str, rows: Mapping[str, int]) -> Manifest:
    """Write every file of `folder` into a new archive (0600), on stable storage. Raises OSError."""
    digests: dict[str, str] = {}
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            for each in sorted(folder.iterdir()):
                with each.open("rb") as file, archive.open(each.name, "w", force_zip64=True) as member:
                    digests[each.name] = _copy(file, member)
            manifest = Manifest(made_at, engine, rows, digests)
            archive.writestr(MANIFEST, json.dumps(manifest._asdict()))
        out.flush()
        os.fsync(out.fileno())
    return manifest


def check(path: Path) -> Manifest:
    """Read the whole archive and compare it with its manifest. Raises CannotDo."""
    return _read(path, None)


def unpack(path: Path, folder: Path) -> Manifest:
    """Check the archive and write its files into `folder` (0600). Raises CannotDo."""
    return _read(path, folder)


def is_one(path: Path) -> bool:
    """Return whether a file looks like a backup, complete or not."""
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _read(path: Path, folder: Path | None) -> Manifest:
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            if manifest.format != FORMAT:
                raise CannotDo(
                    f"{path} was made by a newer Acto (format {manifest.format}). Restore it with that version."
                )
            if DATABASE not in manifest.sha256 or not {*manifest.sha256} <= {DATABASE, KEYS}:
                raise CannotDo(f"{path} is not a backup of Acto: the files of a backup are missing.")
            for name, digest in manifest.sha256.items():
                with archive.open(name) as member, _target(folder, name) as out:
                    if _copy(member, out) != digest:
                        raise CannotDo(f"{path} is damaged: the checksum of {name} is wrong. Use another backup.")
    except FileNotFoundError as error:
        raise CannotDo(f"There is no file {path}.") from error
    except UNREADABLE as error:
        raise CannotDo(
            f"{path} is not a complete backup of Acto: it is cut off, damaged or another kind of file."
        ) from error
    return manifest


def _target(folder: Path | None, name: str) -> IO[bytes]:
    if folder is None:
        return open(os.devnull, "wb")
    return os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy a file and return its SHA-256."""
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
        target.write(piece)
    return digest.hexdigest()
