"""Reads a decision's options other than yes and no: "another time, please", "tengo que anularla", "could we move it?"."""

from __future__ import annotations

from collections.abc import Mapping

from server.inbound.phrases import Lexicon
from server.inbound.phrases.model import Phrases, matches, says
from server.inbound.reply_pieces import Piece, covers
from server.inbound.time_reader import AROUND_A_TIME


def named(piece: Piece, lexicon: Lexicon, others: Mapping[Phrases, str]) -> str:
    """Return the value of the one option that a piece names; '' for none. `others` maps the concepts of the options to values.

    A refusal, a condition, or a question that is not a request names none. One unknown word may precede the option ("toca
    cancelar") but none may follow it, because "cancel my holidays" means something else.
    """
    found: dict[str, Phrases] = {}
    for phrases, option in others.items():
        if says(phrases, frozenset(), piece.tokens):
            found[option] = found.get(option, frozenset()) | phrases
    polite = lexicon.tables["thanks"]
    doubted = any(says(lexicon.tables[table], polite, piece.tokens) for table in ("not_", "unless", "or_"))
    asked = piece.asks and not (_requests(piece, lexicon) and AROUND_A_TIME.isdisjoint(piece.tokens))
    if len(found) != 1 or doubted or asked:
        return ""
    value, concept = found.popitem()
    begins = max(at for at in range(len(piece.tokens)) if matches(concept, piece.tokens, at))
    before, behind = piece.tokens[:begins], piece.tokens[begins + matches(concept, piece.tokens, begins) :]
    known = lexicon.vocabulary.union(*concept)
    return value if sum(token not in known for token in before) <= 1 and known.issuperset(behind) else ""


def _requests(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a question begins as a request: "hello, could we move it"."""
    at, polite = 0, ("greetings", "thanks", "agreed")
    while size := covers(lexicon, polite, piece.tokens, at):
        at += size
    return bool(matches(lexicon.tables["requests"], piece.tokens, at))
