"""Builds search patterns for contacts: without accents, in any case, each word anywhere and in any order.

Both sides of the comparison are folded here, because SQLite's LOWER knows ASCII only and neither engine strips accents.
"""

from __future__ import annotations

import unicodedata
from typing import TypedDict

WORDS = ("word1", "word2", "word3", "word4", "word5", "word6")  # parameters of the queries that search
ANYTHING = "%"
JOINERS = "\u200c\u200d"  # parts of names in some scripts, and of emoji
ESCAPED = str.maketrans({sign: "\\" + sign for sign in "\\%_"})


class Searched(TypedDict):
    """The columns by which a contact is found."""

    email: str
    first_name: str
    last_name: str
    company: str


def fold(text: str) -> str:
    """Fold a text for comparison: «Álvaro Núñez» and “ALVARO NUNEZ” both become "alvaro nunez"."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))


def text_of(contact: Searched) -> str:
    """Return the value of `contacts.search_text` for a contact, or for the parameters of a new one."""
    return fold(" ".join((contact["email"], contact["first_name"], contact["last_name"], contact["company"])))


def patterns(typed: str) -> dict[str, str]:
    r"""Return LIKE patterns with \\ as their escape, by parameter; typed wildcards are escaped.

    Words beyond the sixth must follow it in the order typed, because the queries have six parameters.
    """
    words = [word.translate(ESCAPED) for word in fold(typed).split()]
    last = len(WORDS) - 1
    words[last:] = ["%".join(words[last:])] if words[last:] else []
    found = [f"%{word}%" for word in words] + [ANYTHING] * len(WORDS)
    return dict(zip(WORDS, found, strict=False))


def anywhere(typed: str) -> str:
    r"""Return a LIKE pattern, with \\ as its escape, for the typed words in their order; one that matches everything for none."""
    return f"%{'%'.join(word.translate(ESCAPED) for word in fold(typed).split())}%"


def within(name: str) -> str:
    """Return a LIKE pattern for a name in a list stored as ,one,two, ; '' for no name."""
    return f"%,{name.translate(ESCAPED)},%" if name else ""
