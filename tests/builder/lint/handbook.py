"""Reads docs/lint.md as what it also is: an example of each rule, its mended twin, and what lint says of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from builder import lint
from builder.lint import RULES, Rule
from tests.builder.emails import files, whole

PATH = Path(__file__).parents[3] / "docs" / "lint.md"
_FENCE = re.compile(r"```(\w+) ?([\w.]*)\n(.*?)\n```", re.DOTALL)
_PLACES = {"toml": "try/email.toml", "json": "try/sample.json", "xml": "try/body.mjml"}


@dataclass(frozen=True)
class Section:
    """One rule in the handbook. `wrong` and `right` are emails; `says` is the line lint prints for the first."""

    rule: str
    head: str
    wrong: dict[str, str]
    right: dict[str, str]
    says: str


def sections() -> dict[str, Section]:
    parts = re.split(r"^## (.+)$", PATH.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {rule: _section(rule, text) for rule, text in zip(parts[::2], parts[1::2], strict=True)}


def head(rule: Rule) -> str:
    """The first paragraph of a section."""
    return f"*{rule.severity.capitalize()}.* {rule.says} {rule.fix} *Why:* {rule.why}"


def write() -> None:
    """Brings the paragraphs and the printed lines up to date; the examples are written by hand."""
    text = PATH.read_text(encoding="utf-8")
    for name, section in sections().items():
        text = text.replace(f"## {name}\n\n{section.head}\n", f"## {name}\n\n{head(RULES[name])}\n")
        if section.says:
            before, after = text.split(f"## {name}\n", 1)
            text = (
                before + f"## {name}\n" + after.replace(f"```text\n{section.says}\n", f"```text\n{said(section)}\n", 1)
            )
    PATH.write_text(text, encoding="utf-8")


def said(section: Section) -> str:
    """What lint prints of the wrong example, for this rule."""
    return "\n".join(str(problem) for problem in lint.check("try", section.wrong) if problem.rule == section.rule)


def _section(rule: str, text: str) -> Section:
    wrong, _, rest = text.partition("It says:")
    says, _, right = rest.partition("Right")
    printed = re.search(r"```text\n(.*?)\n```", says, re.DOTALL)
    mail_class = "marketing" if "in a marketing email" in wrong else "transactional"
    return Section(
        rule=rule,
        head=text.strip().split("\n")[0],
        wrong=_email(wrong, mail_class) if printed else {},
        right=_email(right, mail_class) if printed else {},
        says=printed[1] if printed else "",
    )


def _email(text: str, mail_class: str) -> dict[str, str]:
    more, body = dict[str, str](), ""
    for kind, name, content in _FENCE.findall(text):
        if kind == "xml" and not name:
            body = content
        else:
            more[f"try/{name}" if name else _PLACES[kind]] = content + "\n"
    made = whole(body, mail_class) if body.startswith(("<mjml", "<mj-body")) else files(body, mail_class)
    return made | more
