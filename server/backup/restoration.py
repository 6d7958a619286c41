"""Restores a backup to a new store: verifies all of it before writing, and puts it in place as the last step."""

from __future__ import annotations

import os
from pathlib import Path

from server import signing
from server import store as stores
from server.accounts import audit
from server.backup import archive, staging
from server.backup.archive import Manifest
from server.errors import CannotDo
from server.settings import Settings
from server.store import Session, Store, StoreInUse
from server.store.copies import sync

NEVER_OVER = "A restore never overwrites a database. {0} If you no longer need it, stop Acto and move it away first."


def restore(settings: Settings, source: Path, keys_file: Path | None, now: int) -> Manifest:
    """Restore the backup `source` to the store of the settings, with its keys or `keys_file`. Its workers then wait for a
    person.

    Raises CannotDo and StoreTooNew. A crash leaves no store in place.
    """
    try:
        stores.vacant(settings.database)
        with staging.beside(_near(settings)) as folder:
            manifest = archive.unpack(source, folder)
            copy = folder / archive.DATABASE
            _refuse_other_rows(source, copy, manifest)
            with stores.open(str(copy)) as store:
                store.migrate()
                store.write(lambda tx: _mark(tx, source, manifest, now))
                given = keys_file or folder / archive.KEYS
                _refuse_wrong_keys(store, Path(settings.keys_file), given, now)
            _place_keys(Path(settings.keys_file), given)
            stores.place(copy, settings.database)
    except StoreInUse as error:
        raise CannotDo(NEVER_OVER.format(error.reason)) from error
    except OSError as error:
        raise CannotDo(f"The backup cannot be restored: {error.filename or ''} {error.strerror}.") from error
    return manifest


def _near(settings: Settings) -> Path:
    """Return the path beside which the working folder is made, on the file system of a database that is a file."""
    return Path(settings.database) if stores.is_file(settings.database) else Path(settings.data_dir) / "restore"


def _refuse_other_rows(source: Path, copy: Path, manifest: Manifest) -> None:
    if stores.rows(copy) != dict(manifest.rows):
        raise CannotDo(
            f"{source} is damaged: the number of rows differs from its table of contents. Use another backup."
        )


def _mark(tx: Session, source: Path, manifest: Manifest, now: int) -> None:
    """Mark the store as restored, record it, and end all sessions, because the backup may contain ended ones."""
    tx.restores.add(at=now, backup_at=manifest.made_at)
    tx.sessions.end_all()
    audit.add(tx, audit.COMMAND_LINE, "backup.made", source.name, manifest.made_at, keys=manifest.has_keys)
    audit.add(tx, audit.COMMAND_LINE, "backup.restored", source.name, now, made_at=manifest.made_at)


def _refuse_wrong_keys(store: Store, path: Path, given: Path, now: int) -> None:
    """Check the keys: existing ones are kept if they cover the given ones and all mail that was sent. Raises CannotDo otherwise."""
    if not path.exists() and not given.exists():
        raise CannotDo(f"The backup contains no keys. Put the keys file at {path}, or name it with --keys.")
    chosen = path if path.exists() else given
    with store.read() as tx:
        foreign = signing.are_missing(tx, _secrets(chosen), now)
    if foreign or (given.exists() and not _secrets(given) <= _secrets(chosen)):
        raise CannotDo(
            f"{chosen} contains other keys than those that signed the mail in the backup. Move it away first if the backup has "
            "keys, or name the right file with --keys."
        )


def _place_keys(path: Path, given: Path) -> None:
    """Put the keys in place before the store, because a start without them would make new ones."""
    if path.exists():
        return
    with staging.beside(path) as folder:
        aside = folder / archive.KEYS
        aside.touch(0o600)
        aside.write_bytes(given.read_bytes())
        sync(aside)
        os.replace(aside, path)
        sync(path.parent)


def _secrets(path: Path) -> set[str]:
    return {line.split()[0] for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()}
