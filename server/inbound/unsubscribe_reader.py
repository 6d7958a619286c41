"""Finds the wish to get no more mail, in any of the languages: "denme de baja", "please stop emailing me", "lasciatemi in pace"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from builder.blocks import Block
from server.inbound import reply_pieces
from server.inbound.phrases import Lexicon
from server.inbound.phrases.model import folded, matches
from server.inbound.reply_pieces import Piece

FEW_WORDS, HARDLY_ANY = 3, 1  # beside the wish, in a reply to a question that takes any words
ABOUT_LEAVING = re.compile(
    r"\b(?:baja|cancel|unsubscri|leav|left|irte|iros|irse|fuiste|dejar|dejas|partir|quitt|kundig|verlass|abmeld|"
    r"disiscri|annull|sair|saiu|deix|marx|por que te)\w*"
)
ABILITY = re.compile(  # "que se pueda dar de baja": it is wished that others can, or that something could be done
    r"\b(?:pueda|puedan|podamos|poder|permit\w*|opcion|boton|able to|option|button|could|possibility"
    r"|pouvoir|bouton|konnen|kann man|poter|possa|possibilita|podessem|botao|poguer|pugui|boto|poida)\b"
)
_POLITE = ("thanks", "greetings", "sign_offs", "agreed", "yes", "no", "around")


class Wish(Enum):
    """Whether a reply wishes to be left alone. DOUBTFUL: it speaks of it, and may mean something else."""

    NONE, DOUBTFUL, CLEAR = range(3)


def wish(pieces: Sequence[Piece], blocks: Sequence[Block], language: str) -> Wish:
    """`blocks` are the questions that were asked: to one that takes any words, a wish stands alone or nearly so."""
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
    """ "No quiero darme de baja": a negation before the wish takes it back, unless the wish itself begins with it."""
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
    """How many words of a piece are neither the wish nor politeness."""
    said = " ".join(piece.tokens)
    for lexicon in lexicons:
        said = lexicon.stop.sub(" ", said)
    tokens = tuple(said.split())
    return sum(
        not any(matches(lexicon.tables[table], tokens, at) for lexicon in lexicons for table in _POLITE)
        for at in range(len(tokens))
    )
