"""Reads which options a reply chooses: by letter, by place ("2", "la tercera"), or by words of their labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from server.inbound.option_names import Options
from server.inbound.phrases import LEXICONS, Lexicon
from server.inbound.phrases.model import Phrase, Phrases, matches, says, words
from server.inbound.reply_pieces import Piece, alike, stem, tokens_of
from server.inbound.understanding import CONFLICT, NOTHING, Claim

_LETTERS = re.compile(r"[^\W\d_]+")
_ARTICLES = ("a", "o", "e", "i", "l", "y", "u")  # may begin a sentence
SHORTEST_LABEL = 3  # letters of a label that is searched within a sentence: "si" occurs in many
# between letters an "and" of any language counts, because "A e C" is too short to tell the language
ANDS: Phrases = frozenset().union(*(each.tables["and_"] for each in LEXICONS.values()))
ORS: Phrases = frozenset().union(*(each.tables["or_"] for each in LEXICONS.values()))
SILENT = ("around", "thanks", "greetings", "sign_offs", "agreed", "yes", "every")
KNOWN_BESIDE_NONE = (*SILENT, "consent", "wanting", "not_", "none", "no", "and_")


def claim(options: Options, pieces: Sequence[Piece], lexicon: Lexicon, explained: Collection[int] = ()) -> Claim:
    """Return the options that the pieces choose together. A negation, condition or question beside an option is a conflict."""
    chosen: dict[int, set[str]] = {}
    excluded: set[str] = set()
    refused: frozenset[int] = frozenset()
    for at, piece in enumerate(pieces):
        if at in explained or not piece.tokens:
            continue
        if without := _excluded(options, piece, lexicon):
            excluded |= without
            refused |= {at}
            continue
        values = _chosen(options, piece, lexicon)
        if values is None:
            return CONFLICT
        if values:
            chosen[at] = values
        elif _takes_back(piece, lexicon) and (chosen or len(piece.tokens) < 3):
            return CONFLICT
    everything = set().union(*chosen.values()) if chosen else set()
    if not everything:
        return NOTHING
    if everything & excluded:
        return CONFLICT
    if len(everything) > 1 and (not options.block.many or options.none in everything):
        return CONFLICT
    ordered = tuple(option.value for option in options.block.options if option.value in everything)
    more = any(_strange(options, pieces[at], lexicon) for at in chosen)
    return Claim(ordered, frozenset(chosen) | refused, more=more)


def _excluded(options: Options, piece: Piece, lexicon: Lexicon) -> set[str]:
    """Return the options that a piece refuses ("no calls"), if several may be chosen."""
    begins = options.block.many and not piece.asks and matches(lexicon.tables["not_"], piece.tokens, 0)
    return _labelled(options, piece, lexicon) if begins and piece.tokens not in options.labels else set()


def _takes_back(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a piece is a bare no or begins as a condition, other than a polite one ("if possible")."""
    bare = len(piece.tokens) <= 2 and bool(matches(lexicon.tables["not_"], piece.tokens, 0))
    condition = matches(lexicon.tables["unless"], piece.tokens, 0) > matches(lexicon.tables["thanks"], piece.tokens, 0)
    return bare or condition


def _chosen(options: Options, piece: Piece, lexicon: Lexicon) -> set[str] | None:
    """Return the values that one piece chooses; empty for none, None if it is ambiguous."""
    if piece.tokens in options.labels:
        return None if piece.asks else {options.labels[piece.tokens]}
    if nothing := _nothing(options, piece, lexicon):
        return nothing
    found = _coded(options, piece, lexicon)
    if found is None:
        found = _labelled(options, piece, lexicon)
        piece = _beyond_label(options, piece, found, lexicon)
        if _says(piece, lexicon, "none"):
            return _refused(options, piece, lexicon, found)
    if not found and _says(piece, lexicon, "not_") and _names_a_code(options, piece):
        return None
    if found and (piece.asks or _says(piece, lexicon, "not_", "unless", "away")):
        return None
    if found and len(found) > 1 and _says(piece, lexicon, "or_"):
        return None
    return found


def _nothing(options: Options, piece: Piece, lexicon: Lexicon) -> set[str]:
    """Return the one option whose label begins with "nothing" ("Nada, gracias"), if the piece adds only politeness."""
    size = matches(lexicon.tables["none"], piece.tokens, 0)
    if not size or piece.asks or tokens_of(piece.raw) != piece.tokens:  # cut before a "but"
        return set()
    begun = {value for label, value in options.labels.items() if label[:size] == piece.tokens[:size]}
    polite = lexicon.tables["thanks"] | lexicon.tables["agreed"]
    rest = size + matches(polite, piece.tokens, size)
    return begun if len(begun) == 1 and rest == len(piece.tokens) else set()


def _beyond_label(options: Options, piece: Piece, found: set[str], lexicon: Lexicon) -> Piece:
    """Remove a negation that is part of the chosen label, so that "no rush" of "Some day, no rush" refuses nothing."""
    if found == {options.none}:
        return piece
    phrases = [label for label, value in options.labels.items() if found == {value}]
    phrases += [said for concept, value in options.concepts.items() if found == {value} for said in concept]
    pairs = {(said[at], stem(said[at + 1])) for said in phrases for at in range(len(said) - 1)}
    negations = lexicon.tables["not_"] | lexicon.tables["none"]
    beside = [*zip(piece.tokens, map(stem, piece.tokens[1:]), strict=False)]
    kept = (
        token
        for at, token in enumerate(piece.tokens)
        if (token,) not in negations or pairs.isdisjoint(beside[max(at - 1, 0) : at + 1])
    )
    return piece._replace(tokens=tuple(kept))


def _names_a_code(options: Options, piece: Piece) -> bool:
    return any(
        len(word) == 1 and word.isupper() and word.casefold() in options.codes for word in _LETTERS.findall(piece.raw)
    )


def _says(piece: Piece, lexicon: Lexicon, *tables: str) -> bool:
    silent = lexicon.tables["thanks"] | lexicon.tables["greetings"]
    return any(says(lexicon.tables[table], silent, piece.tokens) for table in tables)


def _refused(options: Options, piece: Piece, lexicon: Lexicon, found: set[str]) -> set[str] | None:
    """Return the option that means none of the others ("ninguna me va bien"); one unknown word may stand beside it."""
    if found - {options.none} or piece.asks:
        return None
    strange = _strange(options, piece, lexicon)
    if strange > 1 or (strange and len(piece.tokens) < 4):
        return set()
    return {options.none} if options.none else None


def _strange(options: Options, piece: Piece, lexicon: Lexicon) -> int:
    """Count the words of a piece that are neither polite nor part of the question and its options."""
    own = {
        *map(stem, words(options.block.question)),
        *options.stems,
        *(stem(word) for said in options.labels for word in said),
    }
    known = {word for table in KNOWN_BESIDE_NONE for phrase in lexicon.tables[table] for word in phrase}
    known |= {*options.codes} | {word for concept in options.concepts for phrase in concept for word in phrase}
    return sum(
        token not in known and not token.isdigit() and not any(alike(stem(token), each) for each in own)
        for token in piece.tokens
    )


def _coded(options: Options, piece: Piece, lexicon: Lexicon) -> set[str] | None:
    """Return the options of letters, places and "all of them" if the piece contains nothing else; else None."""
    found: list[tuple[int, str]] = []
    tokens, at = piece.tokens, 0
    raw = _LETTERS.findall(piece.raw)
    for place, word in enumerate(raw):
        begins = place == 0 and word.casefold() in _ARTICLES and len(raw) > 1
        if len(word) == 1 and word.isupper() and word.casefold() not in options.codes and not begins:
            return None  # no option has this letter
    while at < len(tokens):
        value, size = _code(options, tokens, at, lexicon, raw)
        if size:
            found.append((at, value))
        elif options.block.many and not found and (size := matches(lexicon.tables["every"], tokens, at)):
            found += [(at, option.value) for option in options.block.options if option.value != options.none]
        elif not (
            size := max(matches(lexicon.tables[table], tokens, at) for table in (*SILENT, "and_", "or_", "hour"))
        ):
            return None
        at += size
    if len(found) > 1 and found[0][0] == 0 and _is_article(tokens, lexicon):
        found = found[1:]
    return {value for _, value in found} or None


def _is_article(tokens: Phrase, lexicon: Lexicon) -> bool:
    """Return whether the first letter of a piece is an article: "A letra C", "a 1"."""
    if (tokens[0],) not in lexicon.tables["around"] or len(tokens) < 2:
        return False
    joins = (tokens[1],) in lexicon.tables["and_"] | lexicon.tables["or_"]
    return not joins and (len(tokens[1]) > 1 or tokens[1].isdigit())


def _code(options: Options, tokens: Phrase, at: int, lexicon: Lexicon, raw: Sequence[str]) -> tuple[str, int]:
    """Return the option of a letter or number, and how many tokens it takes; 0 for none."""
    token = tokens[at]
    joins = (token,) in ANDS | ORS and 0 < at < len(tokens) - 1
    beside = (*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2])
    listed = any((near,) in ANDS and near != token for near in beside)
    alone = len(tokens) == 1 or listed or token.upper() in raw or (token,) not in lexicon.tables["around"]
    if token in options.codes and alone and not (joins and token.upper() not in raw):
        return options.codes[token], 1
    for size in (3, 2, 1):
        if place := lexicon.places.get(tokens[at : at + size]):
            return (value, size) if (value := options.at(place)) else ("", 0)
    if matches(lexicon.tables["last"], tokens, at):
        return options.block.options[-1].value, 1
    if options.places and (value := _place(options, tokens, at, lexicon)):
        return value, 1
    return "", 0


def _place(options: Options, tokens: Phrase, at: int, lexicon: Lexicon) -> str:
    token = tokens[at]
    if token.isdigit() and len(token) < 3:
        return options.at(int(token))
    if (token,) in lexicon.tables["ones"]:
        return options.at(1) if len(tokens) == 1 else ""
    number = lexicon.values.get((token,), "")
    return options.at(int(number)) if number else ""


def _labelled(options: Options, piece: Piece, lexicon: Lexicon) -> set[str]:
    """Return the options whose whole label occurs in the piece, else those whose distinct words do."""
    tokens = piece.tokens
    whole, covered = set(), set()
    for label, value in options.labels.items():
        places = [at for at in range(len(tokens) - len(label) + 1) if tokens[at : at + len(label)] == label]
        if places and len("".join(label)) >= SHORTEST_LABEL:
            whole.add(value)
            covered |= {at + each for at in places for each in range(len(label))}
    beside = [token for at, token in enumerate(tokens) if at not in covered]
    named = [(token, value) for token in beside for own, value in options.stems.items() if alike(stem(token), own)]
    strange = _strange(options, piece, lexicon)
    words = len({token for token, _ in named})
    lost = strange and (words < 2 or strange >= words)  # "our customers have left us" names no option
    stems = set() if lost and not whole else {value for _, value in named}
    told = {value for concept, value in options.concepts.items() if not lost and says(concept, frozenset(), tokens)}
    return (whole | stems) or told or (_run_together(options, piece) if len(tokens) == 1 else set())


def _run_together(options: Options, piece: Piece) -> set[str]:
    """Return the options of several letters written as one word: "AC"."""
    letters = piece.raw.strip() if options.block.many and piece.raw.strip().isupper() else ""
    values = [options.codes.get(letter.casefold(), "") for letter in letters]
    return set(values) if len(values) > 1 and all(values) else set()
