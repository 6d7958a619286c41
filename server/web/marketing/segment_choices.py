"""Lists the values that the form of a segment offers, in the words of the page's language."""

from __future__ import annotations

from typing import NamedTuple

from server.contacts import countries, own_fields, tags
from server.segments import table
from server.segments.names import Names
from server.settings import Settings
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import campaign_views

Choice = tuple[str, str]  # value and words


class Choices(NamedTuple):
    """The values of each kind of field; those of questions and options depend on the email and stand in `names`."""

    by_kind: dict[str, list[Choice]]
    names: Names

    def questions(self, email: str) -> list[Choice]:
        """Return the questions of an email."""
        return [(name, each.words) for name, each in self.names.questions(email).items()]

    def options(self, email: str, question: str) -> list[Choice]:
        """Return the options of a question."""
        found = self.names.questions(email).get(question)
        return list(found.options.items()) if found else []


def names(tx: Session, settings: Settings) -> Names:
    """Return the names of values in the page's language, with the titles of emails that are in the templates folder too."""
    return Names(tx, language.current(), lambda name: campaign_views.title(tx, settings, name))


def choices(tx: Session, settings: Settings) -> Choices:
    """Read the values that can be chosen now."""
    named, spoken = names(tx, settings), language.current()
    emails = dict(campaign_views.chooseable(tx, settings))
    emails |= {row["email"]: named.email(row["email"]) for row in tx.reports.emails()}
    used = sorted({tag for row in tx.contacts.tags_in_use() for tag in tags.read(row["tags"])})
    by_kind = {
        "email": sorted(emails.items(), key=lambda each: each[1].casefold()),
        "tag": [(tag, tag) for tag in used],
        "field": [(name, name) for name in own_fields.names(tx)],
        "language": [("es", text("Spanish")), ("en", text("English"))],
        "country": list(countries.names(spoken).items()),
        "stage": [(stage, _stage(named, stage)) for stage in table.STAGES],
        "owner": list(named.owners.items()),
        "calendar": list(named.calendars.items()),
        "list": list(named.lists.items()),
        "scope": [("marketing", text("marketing mail")), ("all", text("any mail"))],
    }
    return Choices(by_kind, named)


def _stage(named: Names, stage: str) -> str:
    return named.of({"stage": stage})["stage"]
