"""Looks up what people call the values of rules: titles of emails, words of questions and options, names of owners and calendars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from builder import impersonal
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server import email_versions, texts
from server.contacts import countries
from server.segments import table
from server.store import Session

LANGUAGES = {"es": "Spanish", "en": "English"}
STAGES = {"cold": "cold", "warm": "warm", "hot": "hot", "won": "won", "lost": "lost"}
SPOKEN = {"language": "spoken"}  # a field whose name is a parameter of texts.text
Title = Callable[[str], str]


class Question(NamedTuple):
    """A question of an email: its words, and the labels of its options by their values."""

    words: str
    options: Mapping[str, str]


class Names:
    """The names in one language, each looked up when it is first used. `title` returns the title of an email if the store has none."""

    def __init__(self, tx: Session, language: str, title: Title = str) -> None:
        self._tx, self.language, self._title = tx, language, title
        self._questions: dict[str, dict[str, Question]] = {}

    def email(self, name: str) -> str:
        """Return the title of an email."""
        row = self._tx.emails.by_name(name=name)
        return (row["title_es"] if self.language == "es" else row["title_en"]) if row else self._title(name)

    def questions(self, email: str) -> dict[str, Question]:
        """Return the questions of the version of an email that was answered last, or else stored last, by name of block."""
        if email not in self._questions:
            self._questions[email] = self._read(email)
        return self._questions[email]

    def question(self, email: str, block: str) -> str:
        """Return the words of a question; its name if no stored version has it."""
        found = self.questions(email).get(block)
        return found.words if found else block

    def option(self, email: str, block: str, value: str) -> str:
        """Return the label of an option; its value if no stored version has it."""
        found = self.questions(email).get(block)
        return found.options.get(value, value) if found else value

    @cached_property
    def owners(self) -> dict[str, str]:
        """The name of each member of the team by id."""
        return {user["id"]: user["name"] or user["email"] for user in self._tx.users.everybody()}

    @cached_property
    def calendars(self) -> dict[str, str]:
        """The title of each calendar by name."""
        return {row["name"]: row["title"] for row in self._tx.calendars.every()}

    @cached_property
    def lists(self) -> dict[str, str]:
        """The file names of the newest imported lists by id."""
        return {row["id"]: row["name"] for row in self._tx.imports.recent(limit=100)}

    def of(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return what the sentence of a condition calls its values, by the names in its braces."""
        email, block = values.get("email", ""), values.get("question", "")
        by_kind: Mapping[str, Callable[[Any], str]] = {
            "email": self.email,
            "question": lambda value: self.question(email, value),
            "options": lambda value: self._options(email, block, value),
            "owner": lambda value: self.owners.get(value, value),
            "calendar": lambda value: self.calendars.get(value, value),
            "list": lambda value: self.lists.get(value, value),
            "language": lambda value: texts.text(LANGUAGES[value], self.language),
            "country": lambda value: countries.name(value, self.language),
            "stage": lambda value: texts.text(STAGES[value], self.language),
        }
        found = {SPOKEN.get(key, key): by_kind.get(key, str)(value) for key, value in values.items() if value}
        return {**found, "count": str(len(values.get("ids", ())))}

    def _options(self, email: str, block: str, values: list[str]) -> str:
        quoted = [texts.text(table.QUOTED, self.language, text=self.option(email, block, each)) for each in values]
        joined = quoted[0]
        for each in quoted[1:]:
            joined = texts.text(table.OR, self.language, one=joined, other=each)
        return joined

    def _read(self, email: str) -> dict[str, Question]:
        answered = self._tx.answers.last_message(email=email)
        version = answered["version_id"] if answered else self._tx.versions.latest(name=email)
        if not version:
            return {}
        try:
            source = email_versions.source(self._tx, version)
            blocks = impersonal.questions(email_versions.load(self._tx, version, source.speaks(self.language)))
        except (BrokenTemplate, CannotPersonalise, LookupError):
            return {}
        return {
            name: Question(block.question, {each.value: each.label for each in block.options})
            for name, block in blocks.items()
        }
