"""Reads a reply in free text: which questions of a mail it answers, with which values, or that it asks for no more mail.

A reply counts only if all of it is understood. If two languages are possible, both must give the same answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from builder.blocks import Block
from server.inbound import (
    decision_reader,
    option_names,
    option_reader,
    reply_pieces,
    scale_reader,
    time_reader,
    unsubscribe_reader,
)
from server.inbound.phrases import Lexicon
from server.inbound.phrases.model import says, words
from server.inbound.reply_pieces import Piece
from server.inbound.understanding import CONFLICT, NOTHING, UNCLEAR, Claim, Understood
from server.inbound.unsubscribe_reader import Wish

SILENT = ("thanks", "greetings", "sign_offs", "agreed", "around")
MAX_WORDS = 300  # of a reply that chooses options; a longer one needs a person
LONG_PROSE = 20  # words: enough to answer a question for free text
PROSE_WORDS = 4  # of a remark that is more than politeness


def understand(
    blocks: Sequence[Block],
    text: str,
    *,
    unsure: Collection[str] = (),
    names: Sequence[str] = (),
    open_: Sequence[str] = (),
    language: str = "",
) -> Understood:
    """Read a text as a reply to these questions. `unsure` are blocks whose letters and numbers in the mail are uncertain.

    `open_` are the blocks without an answer, which take precedence if several could be meant. `language` is that of our mail.
    """
    language = language or (blocks[0].language if blocks else "en")
    pieces = _unsigned(reply_pieces.split(reply_pieces.before_sign_off(text)), names)
    if not pieces:
        return UNCLEAR
    called = [word for name in names for word in words(name)]
    wish = unsubscribe_reader.wish(pieces, blocks, language)
    if wish is not Wish.NONE:
        return Understood("unsubscribe") if wish is Wish.CLEAR else UNCLEAR
    if not blocks:
        return UNCLEAR
    chosen = [block for block in blocks if block.options]
    if len(text) > reply_pieces.MAX_CHARACTERS or sum(len(piece.tokens) for piece in pieces) > MAX_WORDS:
        return _with_text(blocks, text, pieces, UNCLEAR, open_)
    read: list[Understood] = []
    for lexicon in reply_pieces.written_in(pieces, language):
        read.append(_answers(chosen, reply_pieces.at_contrasts(pieces, lexicon), lexicon, unsure, called, open_))
        if lexicon.language == language and (read[0].more or read[0].reading == "answer"):
            break  # it means something in the language of our mail, clear or not
    return _with_text(blocks, text, pieces, _agreed(read), open_)


def _unsigned(pieces: Sequence[Piece], names: Sequence[str]) -> list[Piece]:
    """Remove the pieces that are the person's own name, or an initial beside it."""
    called = {word for name in names for word in words(name)}
    initials = {word[0] for word in called}
    return [
        piece
        for at, piece in enumerate(pieces)
        if not (
            at
            and set(piece.tokens) <= called | initials
            and any(len(token) > 2 for token in set(piece.tokens) & called)
        )
    ]


def _agreed(read: Sequence[Understood]) -> Understood:
    """Return the answers on which all possible languages agree, leaving out those in which the text means nothing."""
    said = [each for each in read if each.reading == "answer"]
    said = [each for each in said if not each.more] or said
    if (
        any(each.reading == "unclear" and each.more for each in read)
        or not said
        or any(dict(each.answers) != dict(said[0].answers) for each in said)
    ):
        return replace(UNCLEAR, more=any(each.more for each in read) and not said)
    return replace(said[0], more=all(each.more for each in said))


def _with_text(
    blocks: Sequence[Block], text: str, pieces: Sequence[Piece], read: Understood, open_: Sequence[str]
) -> Understood:
    """Add the text as the answer to a free-text question, unless it only answers another question."""
    written = [block for block in blocks if block.limit]
    block = next((block for block in written if block.name in open_), written[-1] if written else None)
    if block is None or (read.reading == "answer" and not read.more):
        return read
    prose = _prose(pieces, blocks[0].language)
    scaled = {name: values for name, values in read.answers.items() if _is_scale(blocks, name)}
    if read.reading == "answer" and len(scaled) == len(read.answers) and prose < PROSE_WORDS:
        return read
    if read.reading == "unclear" and read.more and prose < LONG_PROSE:
        return UNCLEAR  # it is about another question
    if not prose and not any(piece.asks for piece in pieces):
        return UNCLEAR
    words_only = _without_answers(text, scaled) if len(scaled) == len(read.answers) else text
    given = words_only if len(words_only) <= block.limit else f"{words_only[: block.limit - 1]}…"
    return Understood("answer", {**(scaled if len(scaled) == len(read.answers) else {}), block.name: (given,)})


def _without_answers(text: str, scaled: Mapping[str, Sequence[str]]) -> str:
    """Remove the first line of a text if it contains only the number."""
    first, _, rest = text.partition("\n")
    return rest.strip() if scaled and rest.strip() and len(words(first)) <= PROSE_WORDS else text


def _is_scale(blocks: Sequence[Block], name: str) -> bool:
    return any(block.name == name and block.scale for block in blocks)


def _prose(pieces: Sequence[Piece], usual: str) -> int:
    """Count the words that are not polite phrases."""
    lexicon = reply_pieces.written_in(pieces, usual)[0]
    count = 0
    for piece in pieces:
        at = 0
        while at < len(piece.tokens):
            size = reply_pieces.covers(lexicon, ("thanks", "greetings", "sign_offs"), piece.tokens, at)
            count += not size
            at += size or 1
    return count


def _answers(
    blocks: Sequence[Block],
    pieces: Sequence[Piece],
    lexicon: Lexicon,
    unsure: Collection[str],
    names: Sequence[str],
    open_: Sequence[str],
) -> Understood:
    """Combine the claims of all questions, each knowing what the others explain; a piece claimed twice is unclear."""
    first = {block.name: _claim(block, pieces, lexicon, unsure, names, frozenset()) for block in blocks}
    claims = {}
    for block in blocks:
        others = frozenset().union(*(each.pieces for name, each in first.items() if name != block.name))
        mine = first[block.name]
        claims[block.name] = _claim(block, pieces, lexicon, unsure, names, others - mine.pieces)
    claims = _apart(claims, open_)
    given = {name: each for name, each in claims.items() if each.values}
    if not given or (len(claims) == 1 and any(each.conflict for each in claims.values())):
        return replace(UNCLEAR, more=any(each.conflict for each in claims.values()))
    used = frozenset().union(*(each.pieces for each in given.values()))
    more = any(at not in used and not _silent(piece, lexicon) for at, piece in enumerate(pieces))
    loose = any(each.more for each in given.values())
    remark = all(each == NOTHING for name, each in claims.items() if name not in given)
    if more and len(blocks) > 1 and not (remark and all(_is_scale(blocks, name) for name in given)):
        return UNCLEAR  # the rest may answer another question
    return Understood("answer", {name: each.values or () for name, each in given.items()}, more or loose)


def _apart(claims: Mapping[str, Claim], open_: Sequence[str]) -> dict[str, Claim]:
    """Give a piece that several questions claim to the one still open; to none if that is not unique."""
    kept = dict(claims)
    for name, each in claims.items():
        rivals = [
            other for other, claim in claims.items() if claim.values and other != name and claim.pieces & each.pieces
        ]
        if each.values and rivals and (name not in open_ or any(rival in open_ for rival in rivals)):
            kept[name] = CONFLICT
    return kept


def _claim(
    block: Block,
    pieces: Sequence[Piece],
    lexicon: Lexicon,
    unsure: Collection[str],
    names: Sequence[str],
    explained: frozenset[int],
) -> Claim:
    if block.scale:
        return scale_reader.claim(block, pieces, lexicon, explained)
    options = option_names.options_of(block, lexicon, letters=block.name not in unsure)
    if block.kind == "confirm":
        decided = decision_reader.claim(block, pieces, lexicon, names, explained)
        coded = _coded_alone(options, pieces, lexicon)
        return coded if decided == NOTHING else decided
    chosen = option_reader.claim(options, pieces, lexicon, explained)
    if block.kind != "book":
        return chosen
    return _time(options, pieces, lexicon, chosen)


def _coded_alone(options: option_names.Options, pieces: Sequence[Piece], lexicon: Lexicon) -> Claim:
    """Read a letter as a decision if only politeness stands beside it."""
    found = option_reader.claim(replace(options, labels={}, stems={}, concepts={}), pieces, lexicon)
    known = all(at in found.pieces or _silent(piece, lexicon) for at, piece in enumerate(pieces))
    return found if known and len(found.values or ()) == 1 else NOTHING


def _time(options: option_names.Options, pieces: Sequence[Piece], lexicon: Lexicon, chosen: Claim) -> Claim:
    timed = time_reader.claim(options, pieces, lexicon)
    refused = any(says(lexicon.tables["none"], frozenset(), piece.tokens) for piece in pieces)
    if timed.values and ((chosen.values and timed.values != chosen.values) or refused):
        return CONFLICT
    if timed.conflict and not chosen.values:
        return CONFLICT
    if chosen.values == (options.none,) and time_reader.asks_for_others(options, pieces, lexicon):
        return replace(chosen, more=True)
    if chosen.values and not timed.values:
        value = chosen.values[0]
        if timed.conflict or any(time_reader.is_ambiguous(options, pieces[at], value, lexicon) for at in chosen.pieces):
            return CONFLICT
        return chosen
    return timed if timed.values else chosen


def _silent(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a piece contains only politeness."""
    if piece.picture or decision_reader.addresses_somebody(piece, lexicon):
        return True
    at = 0
    while at < len(piece.tokens):
        size = reply_pieces.covers(lexicon, SILENT, piece.tokens, at)
        if not size:
            return False
        at += size
    return not piece.asks
