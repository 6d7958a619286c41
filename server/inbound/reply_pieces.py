"""Splits a reply into pieces of one clause each, and detects its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from server.inbound.phrases import LEXICONS, Lexicon
from server.inbound.phrases.model import Phrase, folded, matches, words
from server.inbound.signature_cutter import is_sign_off

MAX_CHARACTERS = 4_000  # of a reply; a longer one does not choose options
MAX_PIECES = 80
NEARLY = 0.6  # of the words known in the likeliest language
FEWEST_DIGITS = 8  # of a telephone number
WRAPPED = 55  # characters: a line this long may continue in the next one
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|/|%|-(?=\d)")
_EMOTICON = re.compile(r"(?<!\w)(?:[:;=]-?[)(DPp3/|]|<3|[xX]D)(?!\w)")
_NOON = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.(?=[ \t]*[^\W\d_])")
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0e\ufe0f\u200d]+")
_TELEPHONE = re.compile(r"\+?\d[\d .()/-]{5,}\d")
_DATE = re.compile(r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}")
_INVERTED = re.compile(  # a question by its word order, also without a question mark
    r"(?:is|are|do|does|did|was|were|has|have) (?:it|that|this|there|you|we|they|i|the)\b"
    r"|est ce (?:que|qu|bien)\b|(?:ist|sind) (?:das|es|die|der)\b"
)
_END = re.compile(
    r"[\n;!?¡¿()\[\]\"“”„«»|…•]+|,(?!\d)|(?<!\d),|:(?!\d)|(?<!\d):|\.(?!\d)|(?<!\d)\.|(?:^|\s)[-–—]+(?=\s)|[-–—]+$",
    re.MULTILINE,
)


class Piece(NamedTuple):
    """One clause. `asks` if a question mark ends it; `picture` is an emoji that stands alone."""

    tokens: Phrase
    raw: str
    asks: bool = False
    picture: str = ""


def split(text: str) -> list[Piece]:
    """Split a text into pieces in order; emoji beside words are dropped."""
    text = _EMOTICON.sub("\n", text[:MAX_CHARACTERS].replace("’", "'"))
    text = _INITIAL.sub(r"\1 ", _NOON.sub(lambda found: f" {found[1].lower()}m", _unwrapped(text)))
    pieces: list[Piece] = []
    at = 0
    for found in [*_END.finditer(text), None]:
        end = found.start() if found else len(text)
        asks = bool(found and "?" in found[0])
        pieces += _pieces(text[at:end], asks)
        at = found.end() if found else end
    return pieces[:MAX_PIECES]


def _pieces(raw: str, asks: bool) -> list[Piece]:
    words_only = _EMOJI.sub(" ", raw)
    tokens = tokens_of(words_only)
    if tokens:
        return [Piece(tokens, words_only.strip(), asks or bool(_INVERTED.match(" ".join(tokens))))]
    picture = raw.strip()
    return [Piece((), raw, asks, picture)] if picture and _EMOJI.fullmatch("".join(picture.split())) else []


def tokens_of(text: str) -> Phrase:
    """Return the words, numbers and signs of a text, folded."""
    return tuple(_TOKEN.findall(folded(text)))


def _unwrapped(text: str) -> str:
    """Join lines that a mail program wrapped."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and len(lines[-1].rsplit("\n", 1)[-1]) >= WRAPPED and line[:1].islower():
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    return "\n".join(lines)


def before_sign_off(text: str) -> str:
    """Remove the text after a closing line ("Saludos,"): a name, an initial, a company."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if at and is_sign_off(line) and any(words(above) for above in lines[:at]):
            return "\n".join(lines[:at])
    return text


def without_telephone(piece: Piece) -> Piece:
    """Remove a telephone number, because "call me on 07700 900123" is no remark on the answer."""
    found = _TELEPHONE.search(piece.raw)
    if not found or sum(c.isdigit() for c in found[0]) < FEWEST_DIGITS or _DATE.fullmatch(found[0]):
        return piece
    raw = piece.raw.replace(found[0], " ")
    return piece._replace(tokens=tokens_of(raw), raw=raw.strip())


def written_in(pieces: Sequence[Piece], usual: str) -> list[Lexicon]:
    """Return the languages that the reply may be in, the likeliest first: those that know most of its words.

    `usual` is the language of our mail: it comes first among equals.
    """
    known = _known(pieces)
    best = max(known.values())
    likely = [name for name, count in known.items() if count == best]
    return [LEXICONS[name] for name in sorted(likely, key=lambda name: name != usual)]


def near(pieces: Sequence[Piece], usual: str) -> list[Lexicon]:
    """Return the languages that know most of the words or nearly so, besides English and the language of our mail."""
    known = _known(pieces)
    enough = max(known.values()) * NEARLY
    return [lexicon for name, lexicon in LEXICONS.items() if known[name] >= enough or name in (usual, "en")]


def _known(pieces: Sequence[Piece]) -> dict[str, int]:
    """Count the words that each language knows; single letters count only if there are no longer words."""
    tokens = [token for piece in pieces for token in piece.tokens if not token[0].isdigit()]
    longer = [token for token in tokens if len(token) > 1]
    return {name: sum(token in lexicon.vocabulary for token in longer or tokens) for name, lexicon in LEXICONS.items()}


def at_contrasts(pieces: Sequence[Piece], lexicon: Lexicon) -> list[Piece]:
    """Split the pieces before each "but", unless it begins an agreement ("aber gerne")."""
    found = []
    for piece in pieces:
        start = 0
        for at in range(1, len(piece.tokens)):
            contrast = matches(lexicon.tables["contrast"], piece.tokens, at)
            if contrast and matches(lexicon.tables["yes"], piece.tokens, at) <= contrast:
                found.append(piece._replace(tokens=piece.tokens[start:at], asks=False))
                start = at
        found.append(piece._replace(tokens=piece.tokens[start:]))
    return found


def covers(lexicon: Lexicon, tables: Iterable[str], tokens: Phrase, at: int) -> int:
    """Return how many tokens from `at` on the longest phrase of these tables covers."""
    return max((matches(lexicon.tables[table], tokens, at) for table in tables), default=0)


_ENDINGS = tuple(  # of nouns and verbs in the eight languages, the longest first
    sorted(
        re.split(
            r"\s+",
            """aciones acion ciones cion cions zioni zione tions ation ations amente mente aremos eremos iremos amos emos imos
            aron eron ieron ando endo iendo ados adas ades idos idas ado ada ido ida aban aba ara are aran aria eria iria acao
            acoes cao icing ar er ir ing ings ed es os as is en an em am ung ungen ern ons ez ent ait ats it ies
            la lo las los le les me nos mela noslo te y s t e a o i u n r""",
        ),
        key=len,
        reverse=True,
    )
)


def stem(word: str) -> str:
    """Remove the ending of a word, so that forms of one verb or noun compare; short words stay."""
    for _ in range(2):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    return word


def alike(one: str, other: str) -> bool:
    """Return whether two stems are equal or cognates: "factur" and "fatur", "mes" and "mese"."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) - len(short) > 1:
        return False
    if len(short) < 6:
        return len(short) != len(long) and long.startswith(short)
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
