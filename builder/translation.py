"""Translates the English sentences of lint and, with a catalogue of its own, those of the command line.

The catalogue has whole sentences with {} for the parts that differ, so that each rule writes its sentence once, beside its check.
"""

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from builder.problems import Problem
from builder.source import LANGUAGES

ENGLISH = "en"
FOLDER = Path(__file__).parent / "translations"
_PAIR = re.compile(r'^msgid (".+")\nmsgstr (".+")$', re.MULTILINE)
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
_ENDS = re.compile(r"(?<=[.?]) (?=[A-Z<{“`])")  # the space between two sentences


@dataclass(frozen=True)
class Sentence:
    """An English sentence as a pattern, and its translation with {} for each group."""

    pattern: re.Pattern[str]
    other: str


def problem(found: Problem, language: str) -> Problem:
    """Translate the message and the fix of a problem."""
    if language == ENGLISH:
        return found
    return replace(found, message=text(found.message, language), fix=text(found.fix, language))


def line(found: Problem, language: str) -> str:
    """Write a problem as one line in a language, as `str` does in English."""
    told = problem(found, language)
    severity = text(found.severity, language)
    return f"{told.file}:{told.line}:{told.column}: {severity}: {told.message} {told.fix} [{told.rule}]"


def text(english: str, language: str, folder: Path = FOLDER) -> str:
    """Translate one sentence or several; a sentence that the folder's catalogue lacks stays English."""
    if language == ENGLISH or language not in LANGUAGES:
        return english
    return _told(english, language, folder) or english


def _told(english: str, language: str, folder: Path) -> str | None:
    """Translate sentence by sentence if each has an entry, because a gap in a pattern would match the next sentence too."""
    for end in _ENDS.finditer(english):
        first = _sentence(english[: end.start()], language, folder)
        rest = _told(english[end.end() :], language, folder) if first is not None else None
        if rest is not None:
            return f"{first} {rest}"
    return _sentence(english, language, folder)


def _sentence(english: str, language: str, folder: Path) -> str | None:
    exact, patterns = _catalogue(language, folder)
    if english in exact:
        return exact[english]
    for sentence in patterns:
        found = sentence.pattern.fullmatch(english)
        if found:
            values = [exact.get(group) or _phrase(group, patterns) or _number(group) for group in found.groups()]
            return _filled(sentence.other, values)
    return None


def _phrase(text: str, patterns: list[Sentence]) -> str | None:
    """Translate a phrase of ours with a gap inside a sentence, such as `the tags of {}`; its gap is a name and stays."""
    for phrase in patterns:
        if phrase.pattern.pattern[0].islower() and (found := phrase.pattern.fullmatch(text)):
            return _filled(phrase.other, list(found.groups()))
    return None


def _filled(other: str, values: list[str]) -> str:
    """Put the values into the gaps of a translation."""
    return "".join(piece + value for piece, value in zip(other.split("{}"), [*values, ""], strict=True))


def _number(text: str) -> str:
    """Write points between the thousands of a number, as Spanish does; other text stays as it is."""
    return text.replace(",", ".") if _THOUSANDS.fullmatch(text) else text


@cache
def _catalogue(language: str, folder: Path) -> tuple[dict[str, str], list[Sentence]]:
    """The sentences without {} by their English, and those with, the longest first."""
    pairs = {
        json.loads(found[1]): json.loads(found[2])
        for found in _PAIR.finditer((folder / f"{language}.po").read_text(encoding="utf-8"))
    }
    exact = {english: other for english, other in pairs.items() if "{}" not in english}
    patterns = [
        Sentence(re.compile("(.+?)".join(map(re.escape, english.split("{}"))), re.DOTALL), other)
        for english, other in sorted(pairs.items(), key=lambda pair: -len(pair[0].replace("{}", "")))
        if "{}" in english
    ]
    return exact, patterns
