"""Reads a yes, no or maybe from a reply. A refusal takes precedence over a word of consent beside it ("ok, no me llamen").

A yes counts only if every word of the reply is known and none speaks against it; a no may come with reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from builder.blocks import Block
from server.inbound import named_option, reactions
from server.inbound.option_names import concepts_of
from server.inbound.phrases import LEXICONS, Lexicon
from server.inbound.phrases.model import Phrase, Phrases, matches, words
from server.inbound.reply_pieces import Piece, stem, without_telephone
from server.inbound.understanding import CONFLICT, NOTHING, Claim

YES, AGREED, NO, MAYBE, SILENT, OTHER = "yes", "agreed", "no", "maybe", "silent", "other"
TABLES = (  # of two tables with a phrase of the same length the first wins
    *("no", "maybe", "yes", "done", "agreed", "thanks", "greetings", "sign_offs", "consent", "around", "not_", "and_"),
    *("contrast", "morning", "afternoon", "weekdays", "months"),
)
UNTIL = frozenset((word,) for word in ("hasta", "see", "ate", "a", "bis", "fins", "ata", "until"))
NAMES_AFTER_GREETING = 3


class _Words(NamedTuple):
    """The words of a question. `asked` are stems of its text and its yes; `labels` whole labels by value; `others` the concepts
    of its other options; `settled` tells whether it asks if something is done.
    """

    asked: frozenset[str]
    labels: dict[Phrase, str]
    others: dict[Phrases, str]
    settled: bool


def claim(
    block: Block,
    pieces: Sequence[Piece],
    lexicon: Lexicon,
    names: Collection[str] = (),
    explained: Collection[int] = (),
) -> Claim:
    """Return the decision that the pieces state. `explained` are pieces that answer another question and are ignored here."""
    agree = reactions.agreeing(block)
    if not agree:
        return NOTHING
    own = _own_words(block, agree, lexicon)
    kinds: dict[int, str] = {}
    for at, piece in enumerate(pieces):
        if at not in explained:
            kinds[at] = _kind(block, piece, lexicon, own, frozenset(names))
    if any(kind in own.others.values() for kind in kinds.values()):
        return _other(kinds, pieces, lexicon, own)
    return _settled(block, agree, kinds, pieces, lexicon)


def _other(kinds: dict[int, str], pieces: Sequence[Piece], lexicon: Lexicon, own: _Words) -> Claim:
    """Return one of the question's other options ("another time, please"). A reason may stand beside it, but no yes or retraction."""
    values = {kind for kind in kinds.values() if kind in own.others.values()}
    turned = any(_turns(pieces[at], lexicon) for at, kind in kinds.items() if kind == OTHER)
    if len(values) > 1 or {YES, MAYBE} & {*kinds.values()} or turned:
        return CONFLICT
    value = values.pop()
    return _of(value, kinds, value)


def _settled(block: Block, agree: str, kinds: dict[int, str], pieces: Sequence[Piece], lexicon: Lexicon) -> Claim:
    said = set(kinds.values())
    refusals = [at for at, kind in kinds.items() if kind == NO]
    others = [at for at, kind in kinds.items() if kind == OTHER]
    if MAYBE in said:
        turned = any(pieces[at].asks or _contrasts(pieces[at], lexicon) for at in others)
        fits = not turned and not {YES, NO} & said and block.option("maybe")
        return _of("maybe", kinds, MAYBE) if fits else CONFLICT
    if refusals:
        taken_back = any(kind == AGREED and at > refusals[0] for at, kind in kinds.items())
        if YES in said or taken_back or any(_turns(pieces[at], lexicon) for at in others) or not block.option("no"):
            return CONFLICT
        return _of("no", kinds, NO)
    if YES in said or AGREED in said:
        return CONFLICT if others else _of(agree, kinds, YES, AGREED)
    return NOTHING


def _of(value: str, kinds: dict[int, str], *which: str) -> Claim:
    return Claim((value,), frozenset(at for at, kind in kinds.items() if kind in which))


def _turns(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a remark may take a no back."""
    return piece.asks or _contrasts(piece, lexicon) or bool(matches(lexicon.tables["unless"], piece.tokens, 0))


def _contrasts(piece: Piece, lexicon: Lexicon) -> bool:
    return bool(matches(lexicon.tables["contrast"], piece.tokens, 0))


def _own_words(block: Block, agree: str, lexicon: Lexicon) -> _Words:
    silent = {
        word for table in ("around", "not_", "and_", "agreed") for phrase in lexicon.tables[table] for word in phrase
    }
    yes = next(option.label for option in block.options if option.value == agree)
    told = {word for word in (*words(block.question), *words(yes)) if len(word) > 3 and word not in silent}
    labels = {words(option.label): option.value for option in block.options}
    besides = {said: value for said, value in labels.items() if value not in (agree, YES, NO, MAYBE)}
    usual = LEXICONS.get(block.language, lexicon)
    done = {stem(word) for phrase in usual.tables["done"] for word in phrase if len(word) > 4}
    others = {concept: value for concept, value in concepts_of(labels).items() if value in besides.values()}
    others |= {frozenset((said,)): value for said, value in besides.items()}
    return _Words(frozenset(map(stem, told)), labels, others, not done.isdisjoint(map(stem, words(block.question))))


def _kind(block: Block, piece: Piece, lexicon: Lexicon, own: _Words, names: frozenset[str]) -> str:
    if piece.picture:
        value = reactions.value(block, piece.picture)
        return {None: SILENT, "no": NO}.get(value, YES)
    if piece.tokens in own.labels:
        value = own.labels[piece.tokens]
        return {reactions.agreeing(block): YES}.get(value, value)
    if value := named_option.named(piece, lexicon, own.others):
        return value
    piece = without_telephone(piece)
    piece = _without_farewell(piece, lexicon)
    if not piece.tokens or addresses_somebody(piece, lexicon) or _until_then(piece, lexicon):
        return SILENT
    kinds = [] if _if(piece, lexicon) else _covered(piece, lexicon, own, names)
    if not kinds:
        return NO if _refuses(piece, lexicon) else OTHER
    kind = _weighed(kinds)
    return kind if kind in (SILENT, NO) and not (kind == NO and piece.asks) else OTHER if piece.asks else kind


def _until_then(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a piece is a farewell that names a day: "hasta el martes", "see you Tuesday"."""
    days = lexicon.tables["weekdays"]
    return piece.tokens[:1] in UNTIL and piece.tokens[-1:] in days and len(piece.tokens) < 4


def _without_farewell(piece: Piece, lexicon: Lexicon) -> Piece:
    """Remove a farewell that follows an agreement without a comma: "Ok, à jeudi"."""
    rest = piece.tokens[:-2]
    agreed = lexicon.tables["yes"] | lexicon.tables["agreed"]
    named = piece.tokens[-2:-1] in UNTIL and piece.tokens[-1:] in lexicon.tables["weekdays"]
    return piece._replace(tokens=rest) if named and rest and matches(agreed, rest, 0) == len(rest) else piece


def _if(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether "si" without its accent begins more than a polite phrase, so that it may be a condition."""
    at = piece.tokens.index("si") if "si" in piece.tokens else -1
    polite = lexicon.tables["thanks"] | lexicon.tables["agreed"] | lexicon.tables["yes"]
    rest = 1 + matches(polite, piece.tokens, 1) < len(piece.tokens) and not matches(polite, piece.tokens, 0) > 1
    return at == 0 and rest and not piece.raw.lower().startswith(("sí", "sì"))


def _covered(piece: Piece, lexicon: Lexicon, own: _Words, names: frozenset[str]) -> list[str]:
    """Return the tables of its words, in order; empty if one word is in none."""
    kinds, at, tokens = [], 0, piece.tokens
    while at < len(tokens):
        size, table = max(
            ((matches(lexicon.tables[name], tokens, at), -place) for place, name in enumerate(TABLES)), default=(0, 0)
        )
        name = TABLES[-table]
        if size <= 1 and stem(tokens[at]) in own.asked and name not in ("no", "not_", "maybe", "yes"):
            kinds.append("asked")
        elif size:
            kinds.append(("yes" if own.settled else OTHER) if name == "done" else name)
        elif tokens[at] in names:
            kinds.append("name")
        else:
            return []
        at += size or 1
    return kinds


def _weighed(kinds: Sequence[str]) -> str:
    """Combine the tables of a piece into one kind: a negation negates what follows it, and an agreement before it was a filler."""
    if "maybe" in kinds:
        return MAYBE
    if OTHER in kinds:
        return OTHER
    refusal = next((at for at, kind in enumerate(kinds) if kind in ("no", "not_")), None)
    if refusal is not None:
        return OTHER if "yes" in kinds[:refusal] or "asked" in kinds[:refusal] else NO
    if not {"contrast", "weekdays", "months"}.isdisjoint(kinds):
        return OTHER
    if "yes" in kinds or "asked" in kinds:
        return YES
    return AGREED if "agreed" in kinds else SILENT


def _refuses(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a piece negates a wish, with any words after it: "no me interesa renovar este año"."""
    tokens = piece.tokens
    limits = lexicon.tables["unless"] | lexicon.tables["contrast"]
    if piece.asks or any(matches(limits, tokens, at) for at in range(1, len(tokens))):
        return False
    for at in range(len(tokens)):
        if matches(lexicon.tables["not_"], tokens, at) or matches(lexicon.tables["no"], tokens, at):
            return any(
                matches(lexicon.tables["wanting"], tokens, later) for later in range(at + 1, min(at + 5, len(tokens)))
            )
    return False


def addresses_somebody(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a piece is a greeting with an unknown name: "Hola Clara", "Dear Mr Smith"."""
    tables = lexicon.tables["greetings"] | lexicon.tables["thanks"]
    at = 0
    while size := matches(tables, piece.tokens, at):
        at += size
    if not at:
        return False
    rest = piece.raw.replace("'", " ").split()[at:]
    return (
        len(rest) <= NAMES_AFTER_GREETING
        and all(word[:1].isupper() for word in rest)
        and not any(
            matches(lexicon.tables[table], piece.tokens, place)
            for table in ("no", "not_", "unless", "yes")
            for place in range(at, len(piece.tokens))
        )
    )
