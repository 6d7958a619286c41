"""Lists the names by which a reply may choose an option: letters, places, labels, and words that only one label has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from builder.blocks import Block
from builder.formats import mailto
from server.inbound.phrases import LEXICONS, Lexicon
from server.inbound.phrases.concepts import CONCEPTS
from server.inbound.phrases.model import Phrase, Phrases, says, words
from server.inbound.reply_pieces import stem

NONE_OF_THEM = ("none", "no", "neither", "ninguno", "ninguna")  # values of an option that means none of the others


@dataclass(frozen=True)
class Options:
    """The names of a block's options in a reply.

    `codes` are letters; `places` tells whether numbers count from the first; `labels` are whole labels, `stems` the words that
    only one has, `concepts` the subjects of only one, in any language.
    """

    block: Block
    codes: Mapping[str, str]
    places: bool
    labels: Mapping[Phrase, str]
    stems: Mapping[str, str]
    concepts: Mapping[Phrases, str]

    @property
    def none(self) -> str:
        """The option that means none of the others; '' without one."""
        return next((option.value for option in self.block.options if option.value in NONE_OF_THEM), "")

    def at(self, place: int) -> str:
        """Return the option at a place, from 1; '' beyond the last."""
        return self.block.options[place - 1].value if 0 < place <= len(self.block.options) else ""


def options_of(block: Block, lexicon: Lexicon, *, letters: bool) -> Options:
    """Collect the names of a block's options; without `letters`, letters and numbers choose nothing."""
    labels = {said: option.value for option in block.options if (said := words(option.label))}
    numbered = any(token.isdigit() for said in labels for token in said) and block.kind != "book"
    codes = {code.casefold(): value for code, value in mailto.codes(block).items()} if letters else {}
    named = labels | _clauses(block) if block.kind == "choose" else labels
    return Options(
        block, codes, letters and not numbered, named, _distinct(block, labels, lexicon), concepts_of(labels)
    )


def _clauses(block: Block) -> dict[Phrase, str]:
    """Return the clauses that only one label has: "nothing for now" of "Nothing for now, we are fine"."""
    owners: dict[Phrase, set[str]] = {}
    for option in block.options:
        for clause in re.split(r"[,:;]", option.label):
            if len(said := words(clause)) > 1:
                owners.setdefault(said, set()).add(option.value)
    return {said: next(iter(values)) for said, values in owners.items() if len(values) == 1}


def _distinct(block: Block, labels: Mapping[Phrase, str], lexicon: Lexicon) -> dict[str, str]:
    """Return the stems of words that only one label has, without articles and the like."""
    usual = LEXICONS.get(block.language, lexicon)
    silent = {word for table in ("around", "and_", "or_", "not_") for phrase in usual.tables[table] for word in phrase}
    owners: dict[str, set[str]] = {}
    for said, value in labels.items():
        for word in said:
            if word not in silent and not word.isdigit() and len(word) > 1:
                owners.setdefault(stem(word), set()).add(value)
    return {each: next(iter(values)) for each, values in owners.items() if len(values) == 1}


def concepts_of(labels: Mapping[Phrase, str]) -> dict[Phrases, str]:
    """Return the concepts that only one label mentions, in any language."""
    found = {}
    for concept in CONCEPTS:
        values = {value for said, value in labels.items() if says(concept, frozenset(), said)}
        if len(values) == 1:
            found[concept] = values.pop()
    return found
