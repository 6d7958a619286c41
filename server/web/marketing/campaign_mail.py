"""Shows what the people of a campaign find in their inbox: its subject in each language, and that of the campaign before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builder.catalog import EmailSource
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server import email_versions
from server.campaigns import contents
from server.campaigns.plans import Plan
from server.emails import homes
from server.errors import CannotDo
from server.sending import preview
from server.settings import Settings
from server.store import Session


class Subject(NamedTuple):
    """The subject in one language, for the person of the sample; `before` is that of the campaign which is sent again, '' for none."""

    language: str
    words: str
    before: str

    @property
    def is_the_same(self) -> bool:
        """Whether people read the same subject a second time."""
        return self.words == self.before


def planned(tx: Session, settings: Settings, plan: Plan, now: int) -> list[Subject]:
    """Return the subjects of a plan; none for an email that cannot be sent."""
    try:
        source = contents.source(tx, settings, plan)
    except (BrokenTemplate, CannotDo, CannotPersonalise):
        return []
    row = tx.campaigns.by_id(id=plan.resend_of) if plan.resend_of else None
    before = _subjects(tx, settings, row["version_id"], now) if row else {}
    return [Subject(each, words, before.get(each, "")) for each, words in _of(settings, source, now).items()]


def sent(tx: Session, settings: Settings, version_id: str, now: int) -> list[Subject]:
    """Return the subjects of a version that is sent."""
    return [Subject(each, words, "") for each, words in _subjects(tx, settings, version_id, now).items()]


def published(tx: Session, settings: Settings, name: str) -> int | None:
    """Return the revision of an email that is sent; None for one of a folder."""
    email = homes.open_email(tx, settings, name)
    return email.row["published"] if email and email.row else None


def _subjects(tx: Session, settings: Settings, version_id: str, now: int) -> Mapping[str, str]:
    return _of(settings, email_versions.source(tx, version_id), now) if version_id else {}


def _of(settings: Settings, source: EmailSource, now: int) -> Mapping[str, str]:
    try:
        return {each: preview.subject(settings, source, each, now) for each in source.languages}
    except (CannotDo, CannotPersonalise):
        return {}
