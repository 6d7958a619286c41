"""Finding people as they are typed: without accents, in any case, each word anywhere and in any order.

SQLite's LOWER knows ASCII only and neither engine strips accents, so both sides of the comparison are folded here.
"""

from __future__ import annotations

import unicodedata
from typing import TypedDict

WORDS = ("word1", "word2", "word3", "word4", "word5", "word6")  # parameters of the queries that search
ANYTHING = "%"
_ESCAPED = str.maketrans({sign: "\\" + sign for sign in "\\%_"})


class Searched(TypedDict):
    """What somebody is found by."""

    email: str
    first_name: str
    last_name: str
    company: str


def fold(text: str) -> str:
    """The text as compared: «Álvaro Núñez» and “ALVARO NUNEZ” are both "alvaro nunez"."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))


def text_of(contact: Searched) -> str:
    """What `contacts.search_text` holds for a contact, or for the parameters of a new one."""
    return fold(" ".join((contact["email"], contact["first_name"], contact["last_name"], contact["company"])))


def patterns(typed: str) -> dict[str, str]:
    """LIKE patterns with \\ as their escape, by parameter; what a person types is never a wildcard.

    Words beyond the sixth must follow it in the order typed: a query has only so many parameters.
    """
    words = [word.translate(_ESCAPED) for word in fold(typed).split()]
    last = len(WORDS) - 1
    words[last:] = ["%".join(words[last:])] if words[last:] else []
    found = [f"%{word}%" for word in words] + [ANYTHING] * len(WORDS)
    return dict(zip(WORDS, found, strict=False))


def anywhere(typed: str) -> str:
    """A LIKE pattern, with \\ as its escape, for the typed words in their order; everything for none."""
    return f"%{'%'.join(word.translate(_ESCAPED) for word in fold(typed).split())}%"


def within(name: str) -> str:
    """A LIKE pattern for a name in a list that is kept as ,one,two, ; '' for no name."""
    return f"%,{name.translate(_ESCAPED)},%" if name else ""
