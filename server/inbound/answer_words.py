"""What typed words choose: numbers of a scale, letters, labels, yes and no. None where it is not clear."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from builder.blocks import Block
from builder.formats import mailto
from server.inbound import reactions
from server.inbound.answer_phrases import AND, AROUND, GREETINGS, MAYBE, NO, NUMBERS, YES

_TOKEN = re.compile(r"-?\d+|[^\W\d_]+")
_SEGMENT = re.compile(r"[\n,.;:!?¡¿()\"“”«»/|+&]+|\s[-–—]+\s")
_OUT_OF = re.compile(r"(\d+)\s*(?:/|de|sobre|out of|of)\s*(\d+)", re.IGNORECASE)
_STARS = re.compile(r"[⭐★☆🌟\ufe0f\s]+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_LEADING = re.compile(r"(?!\W*-\d)\W*(\d{1,2})(?![\d.,/-]*\d)\b(?!.*\d)")


def values(
    block: Block, text: str, *, letters: bool = True, free: bool = False, names: Iterable[str] = ()
) -> tuple[str, ...] | None:
    """The values that a text chooses of a spoken block.

    A `free` reply was not told what to type: it must say nothing else, greetings and the person's `names` aside.
    """
    if block.limit:
        return (text if len(text) <= block.limit else f"{text[: block.limit - 1]}…",) if text.strip() else None
    said = _Said(block, letters, free, frozenset(map(folded, names)))
    chosen = said.all(text)
    if not chosen and block.scale and not free:
        chosen = _leading(block, text)
    if not chosen or (len(chosen) > 1 and not block.many):
        return None
    return tuple(option.value for option in block.options if option.value in chosen)


def folded(text: str) -> str:
    """For comparing: lower case, without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_TOKEN.findall(kept))


def _leading(block: Block, text: str) -> set[str]:
    """A number and then why: "9 porque me atendieron rápido"."""
    found = _LEADING.match(next((line for line in text.splitlines() if line.strip()), ""))
    return {found[1]} if found and block.option(found[1]) else set()


class _Said:
    """The meanings of whole lines, of their segments, and of their words, for one block."""

    def __init__(self, block: Block, letters: bool, free: bool, names: frozenset[str]) -> None:
        self._block, self._free = block, free
        self._said_nothing = GREETINGS | names | {""}
        self._labels = {folded(option.label): option.value for option in block.options if folded(option.label)}
        codes = mailto.codes(block) if letters or block.scale else {}
        self._codes = {code.casefold(): value for code, value in codes.items()}
        self._phrases = {**(self._decisions() if block.kind == "confirm" else {}), **self._labels}

    def all(self, text: str) -> set[str]:
        """Every value said; empty where a free reply says something else besides."""
        found: set[str] = set()
        for line in filter(None, map(str.strip, text.splitlines())):
            said = self._line(line)
            if said is None:
                return set()
            found |= said
        return found

    def _line(self, line: str) -> set[str] | None:
        whole = self._segment(line)
        if whole is not None:
            return whole
        segments = [self._segment(segment) for segment in _SEGMENT.split(self._counted(line))]
        if self._free and None in segments:
            return None
        return {value for segment in segments if segment for value in segment}

    def _segment(self, segment: str) -> set[str] | None:
        """None for what is not understood."""
        if pictured := self._picture(segment.strip()):
            return {pictured}
        words = folded(segment)
        if words in self._phrases:
            return {self._phrases[words]}
        if words in self._said_nothing:
            return set()
        rest = [word for word in words.split() if word not in AROUND]
        if " ".join(rest) in self._phrases:
            return {self._phrases[" ".join(rest)]}
        found = {
            value for word in rest if word not in AND or not self._block.many for value in self._word(word, segment)
        }
        return None if "" in found else found

    def _word(self, word: str, segment: str) -> Iterator[str]:
        """The value of one word; "" for a word that is none of this block's."""
        number = NUMBERS.get(word, word) if self._block.scale else word
        if number in self._codes:
            yield self._codes[number]
        elif word in self._phrases:
            yield self._phrases[word]
        elif self._block.many and word.upper() in segment and all(letter in self._codes for letter in word):
            yield from (self._codes[letter] for letter in word)  # "AC"
        else:
            yield ""

    def _picture(self, segment: str) -> str | None:
        if self._block.scale == "stars" and segment and _STARS.fullmatch(segment):
            count = str(sum(c in "⭐★🌟" for c in segment))
            return count if self._block.option(count) else None
        return reactions.value(self._block, segment) if len(segment) < 8 else None

    def _counted(self, line: str) -> str:
        """ "9 de 10" is 9 on a scale that ends at 10."""
        if not self._block.scale:
            return line
        top = self._block.options[-1].value
        return _DECIMAL.sub("?x", _OUT_OF.sub(lambda found: found[1] if found[2] == top else found[0], line))

    def _decisions(self) -> dict[str, str]:
        meant = {**dict.fromkeys(YES, reactions.agreeing(self._block)), **dict.fromkeys(NO, "no")}
        meant.update(dict.fromkeys(MAYBE, "maybe"))
        return {phrase: value for phrase, value in meant.items() if value and self._block.option(value)}
