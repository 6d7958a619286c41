"""Detects a request for no more mail, in any of the languages: "denme de baja", "please stop emailing me", "lasciatemi in pace"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from builder.blocks import Block
from server.inbound import reply_pieces
from server.inbound.phrases import Lexicon
from server.inbound.phrases.model import folded, matches
from server.inbound.reply_pieces import Piece

FEW_WORDS, HARDLY_ANY = 3, 1  # words beside the request, in a reply to a free-text question
ABOUT_LEAVING = re.compile(
    r"\b(?:baja|cancel|unsubscri|leav|left|irte|iros|irse|fuiste|dejar|dejas|partir|quitt|kundig|verlass|abmeld|"
    r"disiscri|annull|sair|saiu|deix|marx|por que te)\w*"
)
ABILITY = re.compile(  # "que se pueda dar de baja": a suggestion about unsubscribing, not a request
    r"\b(?:pueda|puedan|podamos|poder|permit\w*|opcion|boton|able to|option|button|could|possibility"
    r"|pouvoir|bouton|konnen|kann man|poter|possa|possibilita|podessem|botao|poguer|pugui|boto|poida)\b"
)
_POLITE = ("thanks", "greetings", "sign_offs", "agreed", "yes", "no", "around")


class Wish(Enum):
    """The certainty of a request for no more mail. DOUBTFUL: the reply mentions it, and may mean something else."""

    NONE, DOUBTFUL, CLEAR = range(3)


def wish(pieces: Sequence[Piece], blocks: Sequence[Block], language: str) -> Wish:
    """Detect the request. `blocks` are the asked questions: if one takes free text, the request must stand alone or nearly so."""
    lexicons = reply_pieces.near(pieces, language)
    found = [_stops(piece, lexicons) for piece in pieces]
    if not any(found):
        return Wish.NONE
    if any(piece.asks or _negated(piece, lexicons) for piece, stops in zip(pieces, found, strict=True) if stops):
        return Wish.DOUBTFUL
    written = [block for block in blocks if block.limit]
    if not written:
        return Wish.CLEAR
    beside = sum(_left_over(piece, lexicons) for piece in pieces)
    about_it = any(ABOUT_LEAVING.search(folded(block.question)) for block in written)
    if beside <= (HARDLY_ANY if about_it else FEW_WORDS):
        return Wish.CLEAR
    if about_it:
        return Wish.NONE
    return Wish.DOUBTFUL


def _stops(piece: Piece, lexicons: Sequence[Lexicon]) -> bool:
    said = " ".join(piece.tokens)
    return any(lexicon.stop.search(said) for lexicon in lexicons)


def _negated(piece: Piece, lexicons: Sequence[Lexicon]) -> bool:
    """Return whether a negation before the request takes it back ("No quiero darme de baja"), unless the request begins with it."""
    said = " ".join(piece.tokens)
    for lexicon in lexicons:
        if found := lexicon.stop.search(said):
            if ABILITY.search(said[: found.start()]):
                return True
            before = tuple(said[: found.start()].split())[-4:]
            if any(matches(lexicon.tables["not_"], before, at) for at in range(len(before))):
                return True
    return False


def _left_over(piece: Piece, lexicons: Sequence[Lexicon]) -> int:
    """Count the words of a piece that are neither the request nor politeness."""
    said = " ".join(piece.tokens)
    for lexicon in lexicons:
        said = lexicon.stop.sub(" ", said)
    tokens = tuple(said.split())
    return sum(
        not any(matches(lexicon.tables[table], tokens, at) for lexicon in lexicons for table in _POLITE)
        for at in range(len(tokens))
    )
