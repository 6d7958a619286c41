"""Moves emails between the store and folders that git keeps: pull writes a folder, push saves it back as a revision.

A pulled folder names the revision it started from in `.acto.json`, so that a push on top of somebody else's work is a conflict
that is shown, and never an overwrite.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from builder import catalog
from builder.source import digest
from server.emails import drafts
from server.emails.drafts import Conflict, Titles
from server.emails.refusals import Refused
from server.store import Session

MARK = ".acto.json"


class Mark(NamedTuple):
    """The origin of a pulled folder: the revision, and the digest of its files at the time of the pull."""

    revision: int
    digest: str


class Pushed(NamedTuple):
    """The result of a push. `created` is true for a new email; an unchanged folder keeps its revision."""

    revision: int
    created: bool
    changed: bool


def pull(tx: Session, name: str, into: Path) -> int:
    """Write the newest revision into `into`/`name`; return its number.

    Raises Refused when the folder has changes that were never pushed, or files of another origin.
    """
    row = tx.emails.by_name(name=name)
    if row is None:
        raise Refused("not_in_database", name=name)
    files = drafts.read(tx, name, row["revision"])
    _may_write(into, name, files)
    for path, text in files.items():
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, text)
    for left in catalog.collect(into / name).keys() - files.keys():
        if left.startswith(f"{name}/"):
            (into / left).unlink()
    _write(into / name / MARK, json.dumps({"revision": row["revision"], "digest": digest(name, files)}) + "\n")
    return row["revision"]


def push(tx: Session, folder: Path, by_whom: str, now: int) -> Pushed:
    """Save the folder as a revision on top of the one it was pulled from, or as a new email if it has no mark.

    Raises Conflict, Refused. The caller writes the new mark with `remember` after the commit.
    """
    name, files = folder.resolve().name, catalog.collect(folder)
    mark = read_mark(folder)
    if mark is None:
        if tx.emails.by_name(name=name) is not None:
            raise Refused("not_pulled", name=name)
        drafts.create(tx, name, Titles(name, name), "", files, by_whom, now)
        return Pushed(1, created=True, changed=True)
    row = tx.emails.by_name(name=name)
    if row is None:
        raise Refused("gone", name=name, mark=folder / MARK)
    if digest(name, files) == mark.digest:
        return Pushed(mark.revision, created=False, changed=False)
    revision = drafts.save(tx, name, mark.revision, drafts.own(name, files), by_whom, now, "pushed")
    return Pushed(revision, created=False, changed=True)


def refusal(conflict: Conflict, folder: Path) -> Refused:
    """Return the refusal for the person at the terminal, with the other writer and the files that both changed."""
    here, base, newest = catalog.collect(folder), conflict.base, conflict.newest
    paths = sorted({*here, *base, *newest})
    both = [path for path in paths if newest.get(path) != base.get(path) and newest.get(path) != here.get(path)]
    row = conflict.row
    return Refused("conflict", name=row["name"], by=row["by_whom"], revision=row["revision"], files=", ".join(both))


def remember(folder: Path, revision: int) -> None:
    """Write the mark: the folder is now the same as this revision."""
    name = folder.resolve().name
    _write(folder / MARK, json.dumps({"revision": revision, "digest": digest(name, catalog.collect(folder))}) + "\n")


def read_mark(folder: Path) -> Mark | None:
    """Return the mark of the folder; None if it was not pulled. Raises Refused for a mark that cannot be read."""
    try:
        found = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return Mark(int(found["revision"]), str(found["digest"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused("bad_mark", mark=folder / MARK, error=error) from error


def _may_write(into: Path, name: str, files: Mapping[str, str]) -> None:
    here = catalog.collect(into / name) if (into / name).is_dir() else {}
    if here:
        mark = read_mark(into / name)
        if here == dict(files):
            return
        if mark is None:
            raise Refused("foreign_folder", folder=into / name)
        if digest(name, here) != mark.digest:
            raise Refused("unpushed", folder=into / name)
    for path, text in files.items():
        file = into / path
        if path not in here and file.exists() and file.read_text(encoding="utf-8") != text:
            raise Refused("shared_differs", file=file, name=name)


def _write(path: Path, text: str) -> None:
    """Replace the file atomically, so that a crash leaves the old one."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(text.encode("utf-8"))
    os.replace(part, path)
