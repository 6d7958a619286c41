"""Defines a lexicon: the phrases with which people of one language answer, refuse, doubt and are polite.

Phrases are written as people write them and folded (lower case, without accents) when they are loaded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_STRETCHED = re.compile(r"([a-z])\1{2,}")  # "siii", "nooo"
_WORD = re.compile(r"\d+|[^\W\d_]+")
_TAIL = r"(?: \w+)"
_CLAUSE = r"(?: (?!(?:que|qui|which|who|wenn|weil|porque|perche|parce|because)\b)\w+)"  # a request does not extend into the next clause
Phrase = tuple[str, ...]
Phrases = frozenset[Phrase]


def folded(text: str) -> str:
    """Fold a text for comparison: lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _STRETCHED.sub(r"\1", "".join(c for c in plain if not unicodedata.combining(c)))


def words(text: str) -> Phrase:
    """Return the words and numbers of a text, folded; an apostrophe ends a word."""
    return tuple(_WORD.findall(folded(text)))


@dataclass(frozen=True)
class Lexicon:
    """The tables of one language; each is a text of phrases with commas between them.

    `yes` agrees by itself; `done` does if the question asks whether something is settled; `agreed` only if nothing speaks
    against it ("ok"). `around` are words without meaning beside an answer; `consent` ones that may stand beside a yes and
    cannot reverse it. `wanting` are verbs whose negation refuses. `unless` are words that take back or limit a statement.
    `away` are words for things that are absent or not free: an option beside one is not chosen. `requests` begin a question
    that asks us to do something. `stops` are regular expressions over folded words.
    """

    language: str
    yes: str
    done: str
    agreed: str
    no: str
    maybe: str
    greetings: str
    thanks: str
    sign_offs: str
    around: str
    consent: str
    not_: str
    wanting: str
    unless: str
    away: str
    contrast: str
    requests: str
    breaks: str
    and_: str
    or_: str
    numbers: str
    ones: str
    ordinals: str
    last: str
    every: str
    none: str
    out_of: str
    weekdays: str
    months: str
    morning: str
    afternoon: str
    half: str
    hour: str
    stops: str

    @cached_property
    def tables(self) -> dict[str, Phrases]:
        """The phrases of each table, folded."""
        return {name: phrases(getattr(self, name)) for name in self.__dataclass_fields__ if name not in _NO_PHRASES}

    @cached_property
    def values(self) -> dict[Phrase, str]:
        """Number words as digits, from zero on."""
        return {words(word): str(at) for at, word in enumerate(_rows(self.numbers))}

    @cached_property
    def places(self) -> dict[Phrase, int]:
        """Ordinals as places, from 1; slashes separate the words of one place."""
        return {words(each): at for at, row in enumerate(_rows(self.ordinals), 1) for each in row.split("/")}

    @cached_property
    def stop(self) -> re.Pattern[str]:
        """The pattern that finds a request for no more mail."""
        lines = (line.strip().replace(_TAIL, _CLAUSE) for line in self.stops.strip().splitlines())
        return re.compile("|".join(rf"\b(?:{line})\b" for line in lines))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of its tables, by which the language of a text is detected."""
        return frozenset(word for table in self.tables.values() for phrase in table for word in phrase)

    def named(self, table: str) -> dict[str, int]:
        """Return weekdays or months by their words, from 0; slashes separate the words of one day."""
        rows = enumerate(_rows(getattr(self, table)))
        return {words(each)[0]: at for at, row in rows for each in row.split("/")}


_NO_PHRASES = {"language", "stops"}


def _rows(text: str) -> list[str]:
    return [row.strip() for row in text.split(",")]


def phrases(text: str) -> Phrases:
    """Parse a table: phrases separated by commas or slashes."""
    return frozenset(found for part in re.split(r"[,/]", text) if (found := words(part)))


def matches(phrase_table: Phrases, tokens: Phrase, at: int) -> int:
    """Return how many tokens from `at` on the longest phrase of a table covers; 0 for none."""
    return next((size for size in range(min(6, len(tokens) - at), 0, -1) if tokens[at : at + size] in phrase_table), 0)


def says(wanted: Phrases, silent: Phrases, tokens: Phrase) -> bool:
    """Return whether a text contains a phrase of one table that is not within a longer one of the other ("if possible")."""
    at = 0
    while at < len(tokens):
        found, passed = matches(wanted, tokens, at), matches(silent, tokens, at)
        if found and found >= passed:
            return True
        at += max(passed, 1)
    return False
