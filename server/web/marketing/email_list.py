"""Reads the rows of the list of emails: those of the store, a page at a time, and then those of the templates folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.datastructures import MultiDict

from builder import catalog
from server import texts
from server.accounts import users
from server.contacts import search
from server.emails import drafts, homes, starters
from server.emails.drafts import Titles
from server.emails.homes import OpenedEmail
from server.settings import Settings
from server.store import Session
from server.web import language
from server.web.marketing import email_looks

if TYPE_CHECKING:
    from server.store.queries.emails import EmailsRow

PAGE = 50
STATES = (drafts.ACTIVE, drafts.ARCHIVED, drafts.TRASHED)


class Wanted(NamedTuple):
    """The filter of the list: a state, a folder, words, and the name after which the page begins."""

    state: str = drafts.ACTIVE
    folder: str = ""
    typed: str = ""
    after: str = ""

    def args(self, **changes: str) -> dict[str, str]:
        """Return the arguments of an address with this filter and these changes; it leads to the first page unless `after` is given."""
        names = {"state": "state", "folder": "folder", "typed": "q", "after": "after"}
        changed = self._replace(**{"after": "", **changes})._asdict()
        return {
            names[key]: value for key, value in changed.items() if value and (key, value) != ("state", drafts.ACTIVE)
        }


def read(args: MultiDict[str, str]) -> Wanted:
    """Return the filter of an address; an unknown state means active."""
    asked = args.get("state", "")
    state = asked if asked in STATES else drafts.ACTIVE
    return Wanted(state, args.get("folder", "")[:200], args.get("q", "")[:200], args.get("after", "")[:200])


def page(tx: Session, settings: Settings, wanted: Wanted) -> tuple[list[OpenedEmail], str]:
    """Return the emails of a page, and the name after which the next page begins; empty on the last page."""
    found = drafts.listed(tx, wanted.state, wanted.folder, wanted.typed, wanted.after, PAGE + 1)
    opened = [homes.open_email(tx, settings, row["name"]) for row in found[:PAGE]]
    here = [each for each in opened if each is not None]
    if len(found) > PAGE:
        return here, found[PAGE - 1]["name"]
    return here + _of_folder(settings, wanted, {each.name for each in here}), ""


def row(email: OpenedEmail) -> dict[str, Any]:
    """Return an email's row for the list."""
    looked = email_looks.look(email.name, email.files)
    return {"name": email.name, "title": title(email), "standing": standing(email.row), "kept": email.row} | (
        email_looks.row(looked)
    )


def title(email: OpenedEmail) -> str:
    """Return the title in the reader's language."""
    es, en = titles(email)
    return es if language.current() == "es" else en


def titles(email: OpenedEmail) -> Titles:
    """Return both titles; of an email of a folder those of the starter it came with, else its name."""
    if email.row is not None:
        return Titles(email.row["title_es"], email.row["title_en"])
    starter = starters.find(email.name)
    return (
        Titles(*(texts.text(starter.title, each) for each in ("es", "en")))
        if starter
        else Titles(*(email.name.replace("-", " ").replace("_", " ").capitalize(),) * 2)
    )


def standing(row: EmailsRow | None) -> str:
    """Return folder, archived, trashed, draft, published, or changed, which is published and saved again since."""
    if row is None:
        return "folder"
    if row["state"] != drafts.ACTIVE:
        return row["state"]
    if row["published"] is None:
        return "draft"
    return "published" if row["published"] == row["revision"] else "changed"


def people(tx: Session) -> dict[str, str]:
    """Return the name of each member of the team, by address."""
    return {user["email"]: users.called(user) for user in tx.users.everybody()}


def _of_folder(settings: Settings, wanted: Wanted, taken: set[str]) -> list[OpenedEmail]:
    """Return the emails of the templates folder that fit; they are in no folder of the list and always active."""
    if wanted.state != drafts.ACTIVE or wanted.folder:
        return []
    words, root = search.fold(wanted.typed).split(), Path(settings.templates_dir)
    found = (
        OpenedEmail(name, catalog.collect(root / name), None, 0) for name in catalog.names(root) if name not in taken
    )
    return [each for each in found if all(word in search.fold(" ".join((each.name, *titles(each)))) for word in words)]
