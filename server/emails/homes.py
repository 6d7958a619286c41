"""Finds an email by its name, in the store or in the templates folder: the one way for sending, flows, the API and previews."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from builder import catalog
from server import jsontext
from server.emails import drafts
from server.errors import CannotDo
from server.settings import Settings
from server.store import Session

STORE, FOLDER = "store", "folder"


class Found(NamedTuple):
    """An email's files and where it lives; of an email of the store, those of its published revision."""

    name: str
    files: dict[str, str]
    home: str


def find(tx: Session, settings: Settings, name: str) -> Found:
    """The email that is sent under this name. Raises CannotDo, which says why there is none."""
    root = Path(settings.templates_dir)
    row, in_folder = tx.emails.by_name(name=name), name in catalog.names(root)
    if row is None:
        if not in_folder:
            known = ", ".join(names(tx, settings)) or "none yet"
            raise CannotDo(f"There is no email “{name}”. Available: {known}.")
        return Found(name, catalog.collect(root / name), FOLDER)
    if in_folder:
        raise CannotDo(
            f"There are two emails “{name}”: one was made in the browser, and one is the folder {root / name}. "
            "Rename or remove the folder, so that it is clear which one is sent."
        )
    if row["state"] != drafts.ACTIVE:
        raise CannotDo(f"The email “{name}” is {_where(row['state'])}. Put it back first.")
    if row["published"] is None:
        raise CannotDo(f"The email “{name}” is a draft that was never published. Publish it first.")
    return Found(name, drafts.read(tx, name, row["published"]), STORE)


def every(tx: Session, settings: Settings) -> dict[str, dict[str, str]]:
    """The files of every email that can be named, by its name; of a name in both homes, none."""
    root = Path(settings.templates_dir)
    in_folder = {name: catalog.collect(root / name) for name in catalog.names(root)}
    published = {row["name"]: jsontext.loads(row["files"]) for row in tx.emails.published()}
    both = in_folder.keys() & published.keys()
    return {name: files for name, files in sorted({**in_folder, **published}.items()) if name not in both}


def names(tx: Session, settings: Settings) -> list[str]:
    """The names of all emails that can be sent, in both homes."""
    return sorted({*catalog.names(Path(settings.templates_dir)), *(row["name"] for row in tx.emails.published())})


def _where(state: str) -> str:
    return "archived" if state == drafts.ARCHIVED else "in the trash"
