"""Creates, saves, publishes, archives and trashes the emails of the database. Each save adds a revision; no revision is ever deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from builder.markup import MAX_CHARACTERS
from server import jsontext
from server.accounts import audit
from server.contacts import search
from server.emails.refusals import Refused
from server.store import Session, required

if TYPE_CHECKING:
    from server.store.queries.emails import EmailsRevisionsRow, EmailsRow

Files = Mapping[str, str]
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+")
TITLE_MOST, FOLDER_MOST, FILES_MOST, CHARACTERS_MOST = 120, 60, 60, 2_000_000
ACTIVE, ARCHIVED, TRASHED = "active", "archived", "trashed"
NEWEST = 2**62


class Titles(NamedTuple):
    """The title of an email in each language."""

    es: str
    en: str


class Conflict(Exception):
    """Another writer saved after the revision that this writer started from; nothing was overwritten.

    `base` and `newest` are the files at both; the writer has their own.
    """

    def __init__(self, row: EmailsRow, base: Files, newest: Files) -> None:
        super().__init__(
            f"{row['name']} was saved by {row['by_whom']} meanwhile: its newest revision is {row['revision']}"
        )
        self.row, self.base, self.newest = row, base, newest


def create(tx: Session, name: str, titles: Titles, folder: str, files: Files, by_whom: str, now: int) -> EmailsRow:
    """Add an email with its first revision. Raises Refused for a name that is taken or cannot be one."""
    if not NAME.fullmatch(name):
        raise Refused("bad_name", "name", name=name)
    check(files)
    described = _described(name, titles, folder)
    if not tx.emails.add(name=name, **described, by_whom=by_whom, now=now):
        raise Refused("name_taken", "name", name=name)
    tx.emails.add_revision(
        name=name, revision=1, files=jsontext.dumps(own(name, files)), note="created", by_whom=by_whom, now=now
    )
    audit.add(tx, by_whom, "email.created", name, now)
    return required(tx.emails.by_name(name=name))


def save(tx: Session, name: str, base: int, files: Files, by_whom: str, now: int, note: str = "saved") -> int:
    """Add a revision on top of `base`; return its number. The same files again add none.

    Raises Conflict when another writer saved after `base`, unless the files are the same; Refused; LookupError for an unknown email.
    """
    check(files)
    row = required(tx.emails.by_name(name=name))
    newest = read(tx, name, row["revision"])
    if dict(files) == newest:
        return row["revision"]
    if not tx.emails.advance(name=name, base=base, by_whom=by_whom, now=now):
        raise Conflict(row, read(tx, name, base), newest)
    tx.emails.add_revision(
        name=name, revision=base + 1, files=jsontext.dumps(dict(files)), note=note, by_whom=by_whom, now=now
    )
    return base + 1


def restore(tx: Session, name: str, revision: int, by_whom: str, now: int) -> int:
    """Add a revision with the files of an earlier one; return its number. Raises LookupError and Conflict."""
    row = required(tx.emails.by_name(name=name))
    return save(tx, name, row["revision"], read(tx, name, revision), by_whom, now, f"restored from {revision}")


def describe(tx: Session, name: str, titles: Titles, folder: str, by_whom: str, now: int) -> None:
    """Change the titles and the folder. Raises Refused, LookupError."""
    if not tx.emails.describe(name=name, **_described(name, titles, folder), by_whom=by_whom, now=now):
        raise LookupError(name)


def publish(tx: Session, name: str, revision: int, by_whom: str, now: int) -> None:
    """Make this revision the one that is sent. The caller has checked that it can be sent. Raises LookupError."""
    if tx.emails.files(name=name, revision=revision) is None:
        raise LookupError(f"{name} has no revision {revision}")
    tx.emails.publish(name=name, revision=revision, by_whom=by_whom, now=now)
    audit.add(tx, by_whom, "email.published", name, now, revision=revision)


def set_state(tx: Session, name: str, state: str, by_whom: str, now: int) -> bool:
    """Archive the email, move it to the trash, or put it back. Messages keep their version. Return False if the state is the same."""
    if not tx.emails.set_state(name=name, state=state, by_whom=by_whom, now=now):
        return False
    audit.add(tx, by_whom, f"email.{state}", name, now)
    return True


def read(tx: Session, name: str, revision: int) -> dict[str, str]:
    """Return the files of a revision. Raises LookupError."""
    text = tx.emails.files(name=name, revision=revision)
    if text is None:
        raise LookupError(f"{name} has no revision {revision}")
    files: dict[str, str] = jsontext.loads(text)
    return files


def history(tx: Session, name: str, before: int = NEWEST, limit: int = 50) -> list[EmailsRevisionsRow]:
    """Return the revisions with their author and time, newest first."""
    return tx.emails.revisions(name=name, before_revision=before, limit=limit)


def totals(tx: Session) -> dict[str, int]:
    """Return the number of emails in each state."""
    return {ACTIVE: 0, ARCHIVED: 0, TRASHED: 0} | {row["state"]: row["total"] for row in tx.emails.totals()}


def listed(
    tx: Session, state: str = ACTIVE, folder: str = "", typed: str = "", after: str = "", limit: int = 200
) -> list[EmailsRow]:
    """Return emails in a state, by name; only those of `folder`, and only those that match `typed`, where these are given."""
    return tx.emails.listed(state=state, folder=folder, pattern=search.anywhere(typed), after=after, limit=limit)


def renamed(files: Files, name: str, copy: str) -> dict[str, str]:
    """Return the files of an email under another name; shared files keep their paths."""
    prefix = f"{name}/"
    return {
        f"{copy}/{path.removeprefix(prefix)}" if path.startswith(prefix) else path: text for path, text in files.items()
    }


def own(name: str, files: Files) -> dict[str, str]:
    """Return the files if email.toml is among them. Raises Refused."""
    if f"{name}/email.toml" not in files:
        raise Refused("no_settings", "files", name=name)
    return dict(files)


def check(files: Files) -> None:
    """Raise Refused for files beyond the limits or with an invalid path. A broken template passes, because it is a draft."""
    if len(files) > FILES_MOST:
        raise Refused("many_files", "files", most=FILES_MOST)
    if sum(len(text) for text in files.values()) > CHARACTERS_MOST:
        raise Refused("large", "files", most=CHARACTERS_MOST)
    for path, text in files.items():
        if not FILE.fullmatch(path) or len(path) > 200:
            raise Refused("bad_path", "files", path=path[:80])
        if len(text) > MAX_CHARACTERS:
            raise Refused("large_file", "files", path=path, most=MAX_CHARACTERS)
        if "\x00" in text:
            raise Refused("zero_byte", "files", path=path)


def _described(name: str, titles: Titles, folder: str) -> dict[str, str]:
    es, en = " ".join(titles.es.split()), " ".join(titles.en.split())
    folder = " ".join(folder.split())
    if not (es or en):
        raise Refused("no_title", "title")
    if max(len(es), len(en)) > TITLE_MOST:
        raise Refused("long_title", "title", most=TITLE_MOST)
    if len(folder) > FOLDER_MOST:
        raise Refused("long_folder", "folder", most=FOLDER_MOST)
    es, en = es or en, en or es
    return {"title_es": es, "title_en": en, "folder": folder, "search_text": search.fold(f"{name} {es} {en} {folder}")}
