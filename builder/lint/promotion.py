"""Measures how much of a transactional mail sells, and checks that its news comes first.

Words are counted; a button adds five words and an image ten.
"""

import re
from collections.abc import Iterator

from builder import jinja
from builder.jinja import FILLER as VALUE
from builder.lint import inbox
from builder.lint.prose import Piece
from builder.lint.selling import sells
from builder.lint.view import View, at
from builder.nodes import Element
from builder.problems import Problem

MUCH, TOO_MUCH = 20, 50  # per cent
FEW_WORDS = 8  # one line at the end of a short receipt is tolerable
NEWS_WORDS = 5
EXTRA = {"button": 5, "image": 10, "text": 0, "block": 0}
GREETINGS = (
    "hola|buenas|buenos|días|tardes|noches|querida|querido|estimada|estimado|estimadas|estimados|apreciada|apreciado|señor"
    "|señora|muy|gracias|bienvenida|bienvenido|hello|hi|hey|dear|good|morning|afternoon|evening|there|welcome|thanks|mr|ms|mrs"
)
_GREETINGS = frozenset(GREETINGS.split("|"))


def check(view: View) -> Iterator[Problem]:
    """Check one language for news-not-first, promotional-subject, promotional-share and marketing-in-disguise."""
    if view.email.mail_class != "transactional":
        return
    yield from _subject(view)
    yield from _first(view.pieces)
    yield from _share(view.pieces)


def _subject(view: View) -> Iterator[Problem]:
    words = sells("".join(piece for is_jinja, piece in jinja.split(view.email.subject[view.language]) if not is_jinja))
    if words:
        said = f"The subject in “{view.language}” reads like an offer: “{words}”."
        yield inbox.problem_at(
            view, "subject", "promotional-subject", said, "Say the news; this email is transactional."
        )


def _first(pieces: list[Piece]) -> Iterator[Problem]:
    """Check the first words after the header, images and a greeting."""
    begun = next((at for at, piece in enumerate(pieces) if not piece.shared), 0)
    for number, piece in enumerate(pieces[begun:], begun):
        lines = [line.said for line in piece.lines if not _greets(line.said)]
        if piece.kind == "image" or not lines:
            continue
        if piece.kind == "block" and any(_tells(later) for later in pieces[number:]):
            said = "This transactional email begins with a question, and not with its news."
            yield at(piece.element, "news-not-first", said, "Say before it, in an <mj-text>, what happened.")
        elif piece.kind != "block" and sells(lines[0]):
            said = f"This transactional email begins with an offer: “{sells(lines[0])}”."
            yield at(piece.element, "news-not-first", said, "Say first what happened; offers come last, if at all.")
        return


def _tells(piece: Piece) -> bool:
    """Return whether a piece may be the news; if a mail has none, its question is its news and may come first."""
    return piece.kind == "text" and not piece.shared and piece.words >= NEWS_WORDS


def _greets(line: str) -> bool:
    """Return whether a line is only words of greeting and a name, as in “Hola, Ana:”."""
    words = re.findall(rf"\w+|{VALUE}", line.casefold())
    return not words or (words[0] in _GREETINGS and all(word in _GREETINGS or word == VALUE for word in words[1:]))


def _share(pieces: list[Piece]) -> Iterator[Problem]:
    offers = _offers(pieces)
    selling = said = 0
    first: Piece | None = None
    for piece in pieces:
        whole = id(piece.section) in offers
        words = [line.words for line in piece.lines if whole or sells(line.said)]
        sold = sum(words) + (EXTRA[piece.kind] if words else 0)
        first = first or (piece if sold else None)
        selling += sold
        said += sold if piece.shared or piece.kind == "image" else piece.words + EXTRA[piece.kind]
    share = round(100 * selling / said) if said else 0
    if first and selling >= FEW_WORDS and share > MUCH:
        yield _told(first.element, share)


def _offers(pieces: list[Piece]) -> set[int]:
    """Return the sections that sell as a whole: not the first, and beginning with words that sell, as “También te puede gustar”."""
    begun: dict[int, str] = {}
    for piece in pieces:
        if not piece.shared and piece.text:
            begun.setdefault(id(piece.section), piece.lines[0].said)
    return {section for section, said in list(begun.items())[1:] if sells(said)}


def _told(element: Element, share: int) -> Problem:
    said = f"About {share} % of what this transactional email says sells something, from here on."
    if share > TOO_MUCH:
        fix = 'Take the offers out, or write class = "marketing" and follow its rules.'
        return at(element, "marketing-in-disguise", said, fix)
    return at(element, "promotional-share", said, f"Bring it under {MUCH} %, or send it as marketing.")
