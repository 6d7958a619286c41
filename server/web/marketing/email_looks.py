"""Checks and renders the files of an email: its source, the problems that lint finds, and the message to a person in every format."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from builder import catalog, emails, lint, translation
from builder.catalog import EmailSource
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate, Problem, errors
from server.branding import email_brand
from server.errors import CannotDo
from server.sending import compose, preview
from server.sending.preview import Preview
from server.web import language
from server.web.marketing.previews import conditions, preview_people
from server.web.marketing.previews.preview_options import Look
from server.web.marketing.previews.preview_people import Person
from server.web.state import now_ms, state


class Looked(NamedTuple):
    """`source` is None for an email that cannot be read at all; `problems` are in the reader's language."""

    source: EmailSource | None
    problems: list[Problem]

    @property
    def failing(self) -> int:
        """Return the number of errors."""
        return len(errors(self.problems))

    @property
    def sendable(self) -> EmailSource | None:
        """Return the source if lint finds no error, else None."""
        return None if self.failing else self.source


class Rendering(NamedTuple):
    """`seen` is the message in every format, or None with the reason in `failure`; errors of lint are a reason without words."""

    seen: Preview | None
    failure: str = ""


def look(name: str, files: Mapping[str, str]) -> Looked:
    """Return the email and its problems; cached by the content of its files, because a check takes some 40 ms."""
    return _in_words(*_kept(name, frozenset(_branded(files).items())))


def look_once(name: str, files: Mapping[str, str]) -> Looked:
    """Return the same without the cache, for text that is being typed."""
    return _in_words(*_checked(name, _branded(files)))


def show(looked: Looked, look: Look | None, person: Person = preview_people.SAMPLE) -> Rendering:
    """Render the message to a person for a look."""
    source = looked.sendable
    if source is None or look is None:
        return Rendering(None)
    try:
        email = emails.compile(source, look.language)
        recipient = conditions.with_answers(preview_people.recipient(source, person), look)
        sender = compose.sender(
            state().settings, source.stream, state().keyring, signed=False, held=state().brand.at(now_ms())
        )
        return Rendering(preview.make(email, sender, recipient, now_ms()))
    except (CannotPersonalise, CannotDo, BrokenTemplate) as error:
        return Rendering(None, _why(error))


def row(looked: Looked) -> dict[str, Any]:
    """Return an email's facts for a list; without details if it has errors."""
    source, nothing = looked.sendable, {"subject": "", "questions": 0, "marks": {}}
    if source is None:
        return {**looked._asdict(), **nothing}
    spoken = source.speaks(language.current())
    try:
        found = preview.verdicts(state().settings, source)
        subject = preview.subject(state().settings, source, spoken, now_ms())
    except (CannotPersonalise, CannotDo) as error:
        return {**looked._asdict(), **nothing, "subject": _why(error)}
    marks = {format_: each for format_, each in found.items() if preview.state(each) != "off"}
    questions = len(emails.compile(source, spoken).blocks)
    return {**looked._asdict(), "subject": subject, "questions": questions, "marks": marks}


def _branded(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with the brand that would be sent with them now."""
    return email_brand.added(files, state().brand.at(now_ms()), state().settings.base_url)


@lru_cache(maxsize=512)
def _kept(name: str, content: frozenset[tuple[str, str]]) -> tuple[EmailSource | None, list[Problem]]:
    return _checked(name, dict(content))


def _checked(name: str, files: Mapping[str, str]) -> tuple[EmailSource | None, list[Problem]]:
    source, _ = catalog.inspect(name, files)
    return source, lint.check(name, files)


def _in_words(source: EmailSource | None, problems: list[Problem]) -> Looked:
    return Looked(source, [translation.problem(each, language.current()) for each in problems])


def _why(error: Exception) -> str:
    return error.sentence(language.current()) if isinstance(error, CannotDo) else str(error)
