"""`acto lint`: what is wrong with an email, and which formats it goes out in, with the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import catalog, lint, translation
from builder.eligibility import WORDS, Format, Verdict
from builder.problems import Problem, errors
from server.errors import CannotDo
from server.sending import preview
from server.settings import Settings

MARKS: dict[preview.State, str] = {"on": "sent", "waits": "not sent yet", "off": "not sent"}


@dataclass(frozen=True)
class LintResult:
    """`formats` are empty where errors keep the email from being sent; `hindrance` is what else does, in a sentence."""

    problems: list[Problem]
    formats: Mapping[Format, Verdict]
    hindrance: str = ""
    language: str = translation.ENGLISH

    @property
    def wrong(self) -> int:
        """How many of the problems are errors."""
        return len(errors(self.problems))

    def as_dict(self) -> dict[str, Any]:
        problems = [translation.problem(each, self.language).as_dict() for each in self.problems]
        return {"problems": problems, "formats": as_dict(self.formats, self.language)}

    def lines(self) -> Iterator[str]:
        """A line for each problem."""
        return (translation.line(each, self.language) for each in self.problems)

    def summary(self, path: Path) -> str:
        """How many there are."""
        warnings = len(self.problems) - self.wrong
        return translation.text(f"{self.wrong} errors, {warnings} warnings in {path}", self.language)

    def format_lines(self) -> Iterator[str]:
        """A line for each format, for a person."""
        yield from lines(self.formats, self.language)
        if self.hindrance:
            yield translation.text(self.hindrance, self.language)


def look(settings: Settings, path: Path, language: str = translation.ENGLISH) -> LintResult:
    """Everything that can be said of the email in a folder, in a language."""
    problems = lint.check_folder(path)
    if errors(problems):
        return LintResult(problems, {}, language=language)
    try:
        return LintResult(problems, preview.verdicts(settings, catalog.read(path)), language=language)
    except CannotDo as error:
        return LintResult(problems, {}, str(error), language)


def lines(formats: Mapping[Format, Verdict], language: str = translation.ENGLISH) -> Iterator[str]:
    """Each format with whether it goes out and why not, for a person."""
    for name, verdict in formats.items():
        why = "; ".join(translation.text(WORDS[rule], language) for rule in verdict.why)
        yield f"{name:>8}  {translation.text(MARKS[preview.state(verdict)], language)}{': ' if why else ''}{why}"


def as_dict(formats: Mapping[Format, Verdict], language: str = translation.ENGLISH) -> dict[str, dict[str, Any]]:
    """Each format with whether it goes out and why not, in words."""
    return {
        name: {"on": verdict.on, "why": [translation.text(WORDS[rule], language) for rule in verdict.why]}
        for name, verdict in formats.items()
    }
