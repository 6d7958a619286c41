"""Checks an email before it is sent, because the MJML engine validates nothing.

Each problem has its file, line and column, the fault and the correction. Rules are rows of RULES; docs/lint.md explains each.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import islice
from pathlib import Path

from builder import brand, catalog, documents
from builder.lint import (
    addresses,
    attributes,
    blocks,
    classes,
    columns,
    compatibility,
    conditions,
    contrast,
    gmail,
    guards,
    jinja,
    leftovers,
    links,
    names,
    privacy,
    promotion,
    purpose,
    readers,
    sense,
    structure,
    support,
)
from builder.lint.rules import RULES, Rule
from builder.lint.view import View, problem_in
from builder.nodes import Source
from builder.problems import Problem, errors

__all__ = ["RULES", "Rule", "check", "check_folder"]

CHECKS: tuple[Callable[[View], Iterator[Problem]], ...] = (
    structure.check,
    attributes.check,
    support.check,
    jinja.check,
    names.check_lines,
    blocks.check,
    conditions.check,
    sense.check,
    purpose.check,
    privacy.check,
    promotion.check,
    links.check,
    readers.check,
    contrast.check,
    compatibility.check,
    addresses.check,
    classes.check,
    columns.check,
    gmail.check,
    guards.check,
    leftovers.check,
)
MAX_LOST = 20  # characters of a file that are not UTF-8
MAX_TOLD = 200  # of one check in one language; the next run shows the rest
UNREADABLE = frozenset({"jinja-syntax", "unknown-filter", "jinja-across-tags", "too-large", "too-deep"})


def check_folder(folder: Path, used: Set[str] = frozenset()) -> list[Problem]:
    """Check the email in a folder; return every problem in reading order."""
    return check(folder.resolve().name, catalog.collect(folder), used)


def check(name: str, files: Mapping[str, str], used: Set[str] = frozenset()) -> list[Problem]:
    """Check the email `name` with these files (path to text, as from `catalog.collect`); return every problem in reading order.

    `used` names the blocks whose answers something outside the email uses, such as a flow. Never raises on an author's text;
    hostile input costs bounded time.
    """
    email, problems = catalog.inspect(name, files)
    lost = list(_encoding(files))
    if any(text.count("\ufffd") > MAX_LOST or text.count("\x00") > MAX_LOST for text in files.values()):
        return sorted(set(lost))  # another encoding, as UTF-16: other checks would report nonsense
    problems += lost
    if email:
        views = [View(email, language, _tree(email, language), used) for language in email.languages]
        for view in views:
            problems += _placed(_check(view), view)
        if views:
            problems += _placed([*blocks.differences(views), *readers.untranslated(views)], views[0])
    return sorted(set(problems))


def _tree(email: catalog.EmailSource, language: str) -> documents.Tree:
    return documents.read(email.body(language), language, brand.filled(email.files, language))


def _placed(problems: list[Problem], view: View) -> list[Problem]:
    """Return the problems with their columns in the author's lines, where the brand's values are not written out."""
    lines = {path: text.split("\n") for path, text in view.email.files.items() if "brand" in text}
    values = view.email.brand(view.language)

    def placed(problem: Problem) -> Problem:
        of_file = lines.get(problem.file, ())
        if not 0 < problem.line <= len(of_file):
            return problem
        return replace(problem, column=brand.column(of_file[problem.line - 1], values, problem.column))

    return [placed(problem) for problem in problems] if lines else problems


def _check(view: View) -> list[Problem]:
    problems = list(view.tree.problems)
    if not view.tree.nodes and problems:  # the file could not be read at all, so other checks would report nonsense
        return problems
    for rule in CHECKS:
        problems += islice(rule(view), MAX_TOLD)
    if not UNREADABLE & {problem.rule for problem in problems}:
        problems += names.check(view)
    if not errors(problems):
        problems += sense.check_filled(view)
    return problems


def _encoding(files: Mapping[str, str]) -> Iterator[Problem]:
    for path, text in files.items():
        at = text.find("\ufffd") if "\ufffd" in text or text.count("\x00") <= MAX_LOST else text.find("\x00")
        if at >= 0:
            said = "A character here was not UTF-8 and is lost."
            yield problem_in(Source(path, text), at, "encoding", said, "Save the file as UTF-8.")
