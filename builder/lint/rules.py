"""Every rule of lint: its name, how grave it is, what it says, what to do, and where it comes from."""

from dataclasses import dataclass

from builder.lint import rules_of_form, rules_of_sense
from builder.problems import Severity


@dataclass(frozen=True)
class Rule:
    """`says` and `fix` are sentences for the documentation; `why` gives the reason or the source of the rule."""

    name: str
    severity: Severity
    says: str
    fix: str
    why: str


WARNINGS = frozenset({"html-large"})
RULES: dict[str, Rule] = {
    name: Rule(name, "warning" if name in WARNINGS else "error", says, fix, why)
    for name, says, fix, why in (*rules_of_form.ROWS, *rules_of_sense.ROWS)
}
