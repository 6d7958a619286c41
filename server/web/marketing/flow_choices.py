"""Lists the values that the form of a flow offers, in the words of the page's language, so that nobody types a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from server.accounts import users
from server.contacts import tags, zones
from server.flows import references, table
from server.flows.model import Flow
from server.qualify.sentences import stage_name
from server.sales import work
from server.segments.names import Question
from server.settings import Settings
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import campaign_views, flow_forms

Choice = tuple[str, str]  # value and words
Group = tuple[str, list[Choice]]  # words above the choices, empty for none; and the choices
CLASSES = {"marketing": "marketing mail", "transactional": "transactional mail"}


class Choices(NamedTuple):
    """The values by kind of field. Those of questions and answers depend on the chosen email: `asked` has them by email."""

    by_kind: Mapping[str, list[Choice]]
    titles: Mapping[str, str]
    asked: Mapping[str, Mapping[str, Question]]

    def questions(self, email: str) -> list[Group]:
        """Return the questions of an email, or of all of them under the titles of theirs."""
        chosen = [email] if email else sorted(self.asked, key=lambda name: self.titles.get(name, name).casefold())
        groups = [
            (self.titles.get(name, name), [(block, each.words) for block, each in self.asked.get(name, {}).items()])
            for name in chosen
        ]
        return [group for group in groups if group[1]]

    def answers(self, email: str, block: str) -> list[Choice]:
        """Return the answers that a question offers, in one email or in all that ask it; none if people write or choose a time."""
        found: dict[str, str] = {}
        for name in [email] if email else self.asked:
            question = self.asked.get(name, {}).get(block)
            found = {**(question.options if question else {}), **found}
        return list(found.items())

    def ends(self) -> list[Group]:
        """Return what may happen until a delayed action, so that it is left out."""
        plain = [("booked", text("they booked an appointment")), ("unsubscribed", text("they unsubscribed"))]
        stages = [(f"stage {name}", words) for name, words in self.by_kind["stage"]]
        marked = [(f"tagged {name}", words) for name, words in self.by_kind["tag"]]
        groups = [("", plain), (text("the lead is in the stage"), stages), (text("they have the tag"), marked)]
        for title, questions in self.questions(""):
            groups.append((title, [(f"answered {block}", words) for block, words in questions]))
        return [group for group in groups if group[1]]

    def question(self, email: str, block: str) -> str:
        """Return the words of a question, or its name if no email has it any more."""
        names = [email] if email else list(self.asked)
        return next((self.asked[name][block].words for name in names if block in self.asked.get(name, {})), block)

    def answer(self, email: str, block: str, value: str) -> str:
        """Return the words of an answer, or the stored one if no email offers it."""
        return dict(self.answers(email, block)).get(value, value)

    def words(self, kind: str, value: str) -> str:
        """Return what people call a value of this kind."""
        return dict(self.by_kind.get(kind, ())).get(value, value)


def choices(tx: Session, settings: Settings, flow: Flow | None = None) -> Choices:
    """Read the values that can be chosen now; tags that the flow names are among them."""
    spoken = language.current()
    titles = dict(campaign_views.chooseable(tx, settings))
    used = {tag for row in tx.contacts.tags_in_use() for tag in tags.read(row["tags"])} | _named_tags(flow)
    team = [(row["email"], row["name"] or row["email"]) for row in users.active(tx)]
    by_kind = {
        "email": sorted(titles.items(), key=lambda each: each[1].casefold()),
        "calendar": [(row["name"], row["title"]) for row in tx.calendars.every()],
        "stage": [(stage, stage_name(stage, spoken)) for stage in work.STAGES],
        "segment": [(row["name"], row["name"]) for row in tx.segments.names()],
        "class": [(name, text(words)) for name, words in CLASSES.items()],
        "endpoint": [(row["name"], row["name"]) for row in tx.endpoints.all()],
        "person": team,
        "people": [(table.OWNER, text("the owner of the lead")), *team],
        "tag": [(tag, tag) for tag in sorted(used)],
        "zone": [(zone, zones.display_name(zone, spoken)) for zone in zones.OFFERED],
    }
    return Choices(by_kind, titles, references.questions(settings, tx, spoken))


def fitting(flow: Flow, offered: Choices) -> Flow:
    """Return the flow without a question that its email does not ask, and without answers that its question does not offer."""
    when = dict(flow.when)
    email, block = when.get("email", ""), when.get("block", "")
    if block and not any(block == name for _, group in offered.questions(email) for name, _ in group):
        block = when.pop("block")
        when.pop("values", None)
    answers = dict(offered.answers(email, block))
    if "values" in when and answers:
        when["values"] = [value for value in flow_forms.ticked(when["values"]) if value in answers]
    return replace(flow, when={name: value for name, value in when.items() if value != []})


def _named_tags(flow: Flow | None) -> set[str]:
    named = (
        {*(flow.only.get(key, "") for key in ("tag", "without_tag")), *(each.get("tag", "") for each in flow.then)}
        if flow
        else set()
    )
    return {str(tag) for tag in named if tag}
