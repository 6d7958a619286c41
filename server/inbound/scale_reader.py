"""Reads the number that a reply gives on a scale: "9", "9/10", "les doy un 9", "cuatro estrellas", with an optional reason."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from builder.blocks import Block
from server.inbound import reactions
from server.inbound.phrases import Lexicon
from server.inbound.phrases.model import Phrase, matches, words
from server.inbound.reply_pieces import Piece, stem
from server.inbound.understanding import CONFLICT, Claim, claim_of

STARS = (
    "estrel",
    "estel",
    "star",
    "stern",
    "stell",
    "etoil",
    "punt",
    "point",
    "punkt",
    "pont",
    "puntin",
    "nota",
    "note",
    "voto",
    "score",
)
SILENT = ("around", "thanks", "greetings", "sign_offs", "agreed", "yes", "out_of")
TO = ("a", "to", "ao", "ate", "bis", "al", "fins", "ata")  # between the ends of a scale
REFUSALS = frozenset((word,) for word in ("no", "non", "nao", "nein"))
_WHOLE_STARS, _NO_STARS = "⭐★🌟", "☆"


def claim(block: Block, pieces: Sequence[Piece], lexicon: Lexicon, explained: Collection[int] = ()) -> Claim:
    """Return the one number. Two numbers, a negated one or a condition are a conflict; other remarks are allowed."""
    found: dict[int, str] = {}
    remarks = False
    labels = {words(option.label): option.value for option in block.options}
    for at, piece in enumerate(pieces):
        if at in explained:
            continue
        if picture := piece.picture and _pictured(block, piece.picture):
            found[at] = picture
        elif piece.tokens in labels and not piece.asks:
            found[at] = labels[piece.tokens]
        elif _takes_back(piece, lexicon):
            return CONFLICT
        else:
            parts = [*_parts(_without_range(block, piece.tokens), lexicon)]
            remarks = remarks or len(parts) > 1
            for part in parts:
                number = _number(block, part, lexicon)
                if number is None or (number and (piece.asks or found.get(at, number) != number)):
                    return CONFLICT
                if number:
                    found[at] = number
    return claim_of(block, found, more=remarks)


def _takes_back(piece: Piece, lexicon: Lexicon) -> bool:
    """Return whether a piece is a bare no, a condition or a question, which a person must read."""
    condition = matches(lexicon.tables["unless"], piece.tokens, 0) > matches(lexicon.tables["thanks"], piece.tokens, 0)
    polite = matches(lexicon.tables["greetings"], piece.tokens, 0)
    contrast = matches(lexicon.tables["contrast"], piece.tokens, 0)
    refused = contrast and contrast + matches(lexicon.tables["no"], piece.tokens, contrast) == len(piece.tokens)
    return piece.tokens in REFUSALS or bool(refused) or condition or (piece.asks and not polite)


def _pictured(block: Block, picture: str) -> str:
    stars = sum(c in _WHOLE_STARS for c in picture)
    if block.scale == "stars" and stars and all(c in f"{_WHOLE_STARS}{_NO_STARS}\ufe0f " for c in picture):
        return str(stars) if block.option(str(stars)) else ""
    return reactions.value(block, picture) or ""


def _without_range(block: Block, tokens: Phrase) -> Phrase:
    """Remove the range of the scale, "from 0 to 10", which is no answer."""
    ends = (block.options[0].value, block.options[-1].value)
    for at in range(len(tokens) - 2):
        if (tokens[at], tokens[at + 2]) == ends and tokens[at + 1] in TO:
            return (*tokens[: max(at - 1, 0)], *tokens[at + 3 :])
    return tokens


def _parts(tokens: Phrase, lexicon: Lexicon) -> Iterator[Phrase]:
    """Split the number from the remark about it: "9 | porque me atendieron rápido"."""
    start = 0
    for at in range(1, len(tokens)):
        if _ends_number(tokens, at, lexicon):
            yield tokens[start:at]
            start = at
    yield tokens[start:]


def _ends_number(tokens: Phrase, at: int, lexicon: Lexicon) -> bool:
    """Return whether a remark begins after a number or its stars."""
    if _digit(tokens[at - 1], lexicon):
        return bool(matches(lexicon.tables["breaks"], tokens, at))
    starred = at > 1 and tokens[at - 1].startswith(STARS) and bool(_digit(tokens[at - 2], lexicon))
    goes_on = ("not_", "unless", "or_", "and_", "out_of")
    return starred and not any(matches(lexicon.tables[table], tokens, at) for table in goes_on)


def _number(block: Block, tokens: Phrase, lexicon: Lexicon) -> str | None:
    """Return the number of this part; "" for none, None if it is ambiguous."""
    found: set[str] = set()
    at, known, starred = 0, True, False
    own = {stem(word) for text in (block.question, block.low, block.high) for word in words(text) if len(word) > 3}
    while at < len(tokens):
        value, size = _given(block, tokens, at, lexicon)
        if size and value is None:
            return None
        if size and value:
            found.add(value)
        elif tokens[at].startswith(STARS):
            starred = True
        elif stem(tokens[at]) in own:
            pass
        elif not (size := max(matches(lexicon.tables[table], tokens, at) for table in SILENT)):
            known = False
        at += size or 1
    if known and not found and _one(tokens, lexicon, starred):
        found.add("1")
    if known and len(found) <= 1:
        value = next(iter(found), "")
        return value if not value or block.option(value) else None
    return None if _bare_number(tokens, lexicon) else ""


def _given(block: Block, tokens: Phrase, at: int, lexicon: Lexicon) -> tuple[str | None, int]:
    """Return a number at `at`, and how many tokens it takes; "9 de 10" is 9 if the scale ends at 10."""
    value = _digit(tokens[at], lexicon)
    if not value:
        return "", 0
    after = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].startswith(STARS))
    size = matches(lexicon.tables["out_of"], tokens, after) or tokens[after : after + 1] == ("/",)
    top = _digit(tokens[after + size], lexicon) if size and after + size < len(tokens) else ""
    if top:
        return (value if top == block.options[-1].value else None), after + size + 1 - at
    return value, 1


def _digit(token: str, lexicon: Lexicon) -> str:
    """Return a number in digits; "" for other words, and for one that is also an article."""
    if token.isdigit():
        return str(int(token)) if len(token) < 4 else token
    if (token,) in lexicon.tables["ones"]:
        return ""
    return lexicon.values.get((token,), "")


def _one(tokens: Phrase, lexicon: Lexicon, starred: bool) -> bool:
    """Return whether an article is the number one here: alone, or before stars."""
    ones = [token for token in tokens if (token,) in lexicon.tables["ones"]]
    return bool(ones) and (starred or len(ones) == len(tokens))


def _bare_number(tokens: Phrase, lexicon: Lexicon) -> bool:
    """Return whether a number in a sentence could be the answer: "no es un 9" could, "tardó 3 días" counts something else."""
    for at, token in enumerate(tokens):
        counted = any(c.isdigit() for c in token) or _digit(token, lexicon)
        if counted and not _counts_something(tokens[at + 1 : at + 3], lexicon):
            return True
    return False


def _counts_something(following: Phrase, lexicon: Lexicon) -> bool:
    if not following or following[0].startswith(STARS) or not following[0].isalpha():
        return False
    if (following[0],) in lexicon.tables["hour"] | {("horas",), ("dias",), ("anos",)}:
        return True
    doubt = lexicon.tables["not_"] | lexicon.tables["unless"] | lexicon.tables["and_"] | lexicon.tables["or_"]
    silent = lexicon.tables["around"] | lexicon.tables["out_of"] | lexicon.tables["breaks"]
    return not any(matches(table, following, 0) for table in (doubt, silent))
