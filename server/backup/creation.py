"""Makes a backup of a store in use: copies it in one snapshot, packs and verifies the archive, and renames it last."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from server import store as stores
from server.accounts import audit
from server.backup import archive, staging
from server.backup.archive import Manifest
from server.errors import CannotDo
from server.store import Store
from server.store.copies import sync


def make(store: Store, target: Path, keys_file: Path | None, now: int) -> Manifest:
    """Back up everything committed before `now` and the keys of `keys_file`. Raises CannotDo and StoreUnavailable.

    A crash leaves the file that had the name of `target` before.
    """
    if target.exists() and not archive.is_one(target):
        raise CannotDo(
            f"{target} exists and is not a backup. Choose another name: a backup only replaces another backup."
        )
    try:
        with staging.beside(target) as folder:
            made = _make(store, folder, keys_file, now)
            os.replace(folder / "archive", target)
            sync(target.parent)
    except OSError as error:
        raise CannotDo(f"The backup {target} cannot be written: {error.strerror}.") from error
    details = {"bytes": target.stat().st_size, "keys": made.has_keys}
    store.write(lambda tx: audit.add(tx, audit.COMMAND_LINE, "backup.made", target.name, now, **details))
    return made


def _make(store: Store, folder: Path, keys_file: Path | None, now: int) -> Manifest:
    files = folder / "files"
    files.mkdir()
    store.copy_to(files / archive.DATABASE)
    rows = stores.rows(files / archive.DATABASE)
    if not any(rows.values()):
        raise CannotDo("The database is empty, so nothing was backed up. Start in the folder of acto.toml.")
    if keys_file:
        shutil.copyfile(keys_file, files / archive.KEYS)
    archive.pack(folder / "archive", files, now, store.engine, rows)
    return archive.check(folder / "archive")
