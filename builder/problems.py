"""What is wrong with a template, in a form that a person, a test and a program can read."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place. `line` and `column` count characters from 1; `rule` is a row of `lint.RULES`."""

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    fix: str

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message} {self.fix} [{self.rule}]"


class BrokenTemplate(Exception):
    """The template cannot become an email. Carries every problem found, errors first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.severity != "error", p))
        super().__init__("\n".join(map(str, self.problems)))


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]
