"""Defines the problems of a template, for people, tests and programs to read."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one place. `line` and `column` count characters from 1; `rule` is a row of `lint.RULES`."""

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    fix: str

    def as_dict(self) -> dict[str, str | int]:
        """Return the problem as JSON data."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message} {self.fix} [{self.rule}]"


class BrokenTemplate(Exception):
    """The template cannot become an email. Carries every problem, errors first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.severity != "error", p))
        super().__init__("\n".join(map(str, self.problems)))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that are errors."""
    return [problem for problem in problems if problem.severity == "error"]
