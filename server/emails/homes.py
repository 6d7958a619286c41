"""Finds the files of an email by its name, in the database or the templates folder, for `acto send`, flows and the API.

Of an email of the database only the published revision is sent. A name in both places is refused, because it would be unclear
which email is meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from builder import catalog
from server import jsontext
from server.branding import brand, email_brand
from server.emails import drafts
from server.emails.refusals import Refused
from server.settings import Settings
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.emails import EmailsRow


class OpenedEmail(NamedTuple):
    """An email as the team sees it, published or not. `row` is None for an email of the templates folder, which has no revisions."""

    name: str
    files: dict[str, str]
    row: EmailsRow | None
    revision: int


def find(tx: Session, settings: Settings, name: str) -> dict[str, str]:
    """Return the files that are sent under this name, with the brand: of an email of the database, those of its published revision.
    Raises Refused.
    """
    return email_brand.added(_find(tx, settings, name), brand.current(tx, settings), settings.base_url)


def _find(tx: Session, settings: Settings, name: str) -> dict[str, str]:
    root = Path(settings.templates_dir)
    row, is_folder = tx.emails.by_name(name=name), name in catalog.names(root)
    if row is None:
        if not is_folder:
            raise Refused("no_email", name=name, names=", ".join(names(tx, settings)) or "—")
        return catalog.collect(root / name)
    if is_folder:
        raise Refused("two_homes", name=name, folder=root / name)
    if row["state"] != drafts.ACTIVE:
        raise Refused(row["state"], name=name)
    if row["published"] is None:
        raise Refused("not_published", name=name)
    return drafts.read(tx, name, row["published"])


def open_email(tx: Session, settings: Settings, name: str, revision: int = 0) -> OpenedEmail | None:
    """Return the email in a revision, 0 for the newest, for previews and editing; None if it does not exist.

    If the name is in both places, this is the email of the database; `find` refuses to send it.
    """
    row, root = tx.emails.by_name(name=name), Path(settings.templates_dir)
    if row is not None:
        number = revision or row["revision"]
        text = tx.emails.files(name=name, revision=number)
        return OpenedEmail(name, jsontext.loads(text), row, number) if text is not None else None
    if name in catalog.names(root) and not revision:
        return OpenedEmail(name, catalog.collect(root / name), None, 0)
    return None


def every(tx: Session, settings: Settings) -> dict[str, dict[str, str]]:
    """Return the files of every email that can be sent, by name; a name in both places is left out."""
    here = in_folder(settings)
    published = {row["name"]: jsontext.loads(row["files"]) for row in tx.emails.published()}
    both = here.keys() & published.keys()
    return {name: files for name, files in sorted({**here, **published}.items()) if name not in both}


def in_folder(settings: Settings) -> dict[str, dict[str, str]]:
    """Return the files of every email of the templates folder, by name."""
    root = Path(settings.templates_dir)
    return {name: catalog.collect(root / name) for name in catalog.names(root)}


def names(tx: Session, settings: Settings) -> list[str]:
    """Return the names of all emails that can be sent, of both places."""
    return sorted({*catalog.names(Path(settings.templates_dir)), *(row["name"] for row in tx.emails.published())})
