"""Checks an email for `acto lint` and lists its problems and the formats that are sent, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import catalog, lint, translation
from builder.eligibility import WORDS, Format, FormatVerdict
from builder.problems import Problem, errors
from server.errors import CannotDo
from server.sending import preview
from server.settings import Settings

MARKS: dict[preview.State, str] = {"on": "sent", "waits": "not sent yet", "off": "not sent"}


@dataclass(frozen=True)
class LintResult:
    """The result of a check. `formats` is empty if the email cannot be sent; `hindrance` is another obstacle than errors, as a
    sentence.
    """

    problems: list[Problem]
    formats: Mapping[Format, FormatVerdict]
    hindrance: str = ""
    language: str = translation.ENGLISH

    @property
    def wrong(self) -> int:
        """The number of problems that are errors."""
        return len(errors(self.problems))

    def as_dict(self) -> dict[str, Any]:
        """Return the result as JSON data."""
        problems = [translation.problem(each, self.language).as_dict() for each in self.problems]
        return {"problems": problems, "formats": as_dict(self.formats, self.language)}

    def lines(self) -> Iterator[str]:
        """Write a line for each problem."""
        return (translation.line(each, self.language) for each in self.problems)

    def summary(self, path: Path) -> str:
        """Write the numbers of errors and warnings."""
        warnings = len(self.problems) - self.wrong
        return translation.text(f"{self.wrong} errors, {warnings} warnings in {path}", self.language)

    def format_lines(self) -> Iterator[str]:
        """Write a line for each format, and the hindrance."""
        yield from lines(self.formats, self.language)
        if self.hindrance:
            yield translation.text(self.hindrance, self.language)


def look(settings: Settings, path: Path, language: str = translation.ENGLISH) -> LintResult:
    """Check the email in a folder; messages are in `language`."""
    problems = lint.check_folder(path)
    if errors(problems):
        return LintResult(problems, {}, language=language)
    try:
        return LintResult(problems, preview.verdicts(settings, catalog.read(path)), language=language)
    except CannotDo as error:
        return LintResult(problems, {}, str(error), language)


def lines(formats: Mapping[Format, FormatVerdict], language: str = translation.ENGLISH) -> Iterator[str]:
    """Write a line for each format: whether it is sent, and the reasons against it."""
    for name, verdict in formats.items():
        why = "; ".join(translation.text(WORDS[rule], language) for rule in verdict.why)
        yield f"{name:>8}  {translation.text(MARKS[preview.state(verdict)], language)}{': ' if why else ''}{why}"


def as_dict(formats: Mapping[Format, FormatVerdict], language: str = translation.ENGLISH) -> dict[str, dict[str, Any]]:
    """Return each format with its state and the reasons in words, as JSON data."""
    return {
        name: {"on": verdict.on, "why": [translation.text(WORDS[rule], language) for rule in verdict.why]}
        for name, verdict in formats.items()
    }
