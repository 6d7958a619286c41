"""Lists every rule of lint: its name, its severity, its message, the correction and the source."""

from dataclasses import dataclass

from builder.lint import (
    rules_of_class,
    rules_of_form,
    rules_of_inbox,
    rules_of_purpose,
    rules_of_sending,
    rules_of_sense,
)
from builder.problems import Severity


@dataclass(frozen=True)
class Rule:
    """One rule of lint. `says` and `fix` are sentences for the documentation; `why` is the reason or the source of the rule."""

    name: str
    severity: Severity
    says: str
    fix: str
    why: str


_ROWS: tuple[tuple[Severity, tuple[tuple[str, str, str, str], ...]], ...] = (
    ("error", rules_of_form.ROWS),
    ("error", rules_of_sense.ROWS),
    ("warning", rules_of_sense.WARNINGS),
    ("warning", rules_of_purpose.WARNINGS),
    ("error", rules_of_class.ERRORS),
    ("warning", rules_of_class.WARNINGS),
    ("error", rules_of_inbox.ERRORS),
    ("warning", rules_of_inbox.WARNINGS),
    ("warning", rules_of_sending.WARNINGS),
)
RULES: dict[str, Rule] = {
    name: Rule(name, severity, says, fix, why) for severity, rows in _ROWS for name, says, fix, why in rows
}
