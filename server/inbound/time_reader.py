"""Reads which offered time a reply means: "el viernes a las 9", "Thursday at 3:30 pm", "Donnerstag Nachmittag"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from server.inbound.option_names import Options
from server.inbound.phrases import LEXICONS, Lexicon
from server.inbound.phrases.model import Phrase, folded, matches
from server.inbound.reply_pieces import Piece, tokens_of
from server.inbound.understanding import CONFLICT, NOTHING, Claim

NOON = 12
_CLOCK = re.compile(r"\b(\d{1,2})\s?(?:[:.]|h\s?)(\d{2})(?:\s?h)?\b\s?([ap]m)?")
_HOUR = re.compile(r"\b(\d{1,2})\s?(am|pm|h|hs|hrs|uhr|horas|heures?|ore|hores)\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})/(\d{1,2})\b")
AROUND_A_TIME = frozenset(  # words for before or after a time, not at it
    (
        *("antes", "despues", "partir", "desde", "hasta", "after", "before", "from", "until", "later", "earlier"),
        *(
            "nach",
            "vor",
            "ab",
            "bis",
            "spater",
            "fruher",
            "apres",
            "avant",
            "dopo",
            "prima",
            "despois",
            "depois",
            "abans",
            "mas",
        ),
    )
)


@dataclass(frozen=True)
class Moment:
    """The parts of a time that a text names; None for the others. `half` is 0 for a morning, 1 for an afternoon."""

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    hour: int | None = None
    minute: int | None = None
    half: int | None = None

    def fits(self, offered: Moment) -> bool:
        """Return whether an offered time matches. An hour without am or pm may be either."""
        for each in ("weekday", "day", "month", "minute"):
            said = getattr(self, each)
            if said is not None and said != getattr(offered, each):
                return False
        if self.half is not None and offered.hour is not None and (offered.hour >= NOON) != bool(self.half):
            return False
        return self.hour is None or offered.hour in (self.hour, self.hour + NOON if self.hour < NOON else self.hour)

    def and_(self, other: Moment) -> Moment | None:
        """Merge two moments; None if they contradict each other."""
        merged = {}
        for each in fields(self):
            one, two = getattr(self, each.name), getattr(other, each.name)
            if one is not None and two is not None and one != two:
                return None
            merged[each.name] = two if one is None else one
        return Moment(**merged)


def claim(options: Options, pieces: Sequence[Piece], lexicon: Lexicon) -> Claim:
    """Return the one offered time that matches everything the pieces name."""
    block = options.block
    usual = LEXICONS.get(block.language, lexicon)
    offered = {option.value: moment(option.label, usual) for option in block.options if option.value != options.none}
    meant = Moment()
    found: set[int] = set()
    for at, piece in enumerate(pieces):
        said = moment(piece.raw, lexicon)
        if said == Moment():
            continue
        both = meant.and_(said)
        if both is None or piece.asks or _is_about(piece, lexicon) or not _names_a_time(said):
            return CONFLICT
        meant, found = both, found | {at}
    if not found:
        return NOTHING
    fitting = [value for value, each in offered.items() if meant.fits(each)]
    exact = [value for value in fitting if meant.hour is not None and offered[value].hour == meant.hour]
    chosen = exact if len(exact) == 1 else fitting
    return Claim((chosen[0],), frozenset(found)) if len(chosen) == 1 else CONFLICT


def asks_for_others(options: Options, pieces: Sequence[Piece], lexicon: Lexicon) -> bool:
    """Return whether every named time is one that was not offered: "ninguna, ¿tienen el martes?"."""
    usual = LEXICONS.get(options.block.language, lexicon)
    offered = [moment(option.label, usual) for option in options.block.options if option.value != options.none]
    spoken = [said for piece in pieces if (said := moment(piece.raw, lexicon)) != Moment()]
    return all(_names_a_time(said) and not any(said.fits(each) for each in offered) for said in spoken)


def is_ambiguous(options: Options, piece: Piece, value: str, lexicon: Lexicon) -> bool:
    """Return whether a bare number may be the day of another time: "el 2", or "4" if a later option falls on the 4th."""
    numbers = [token for token in piece.tokens if token.isdigit()]
    if not numbers:
        return False
    usual = LEXICONS.get(options.block.language, lexicon)
    days = {moment(option.label, usual).day for option in options.block.options if option.value != value}
    article = piece.tokens[0] in ("el", "il", "le", "den", "am", "the", "on", "o", "dia", "no") and piece.tokens[
        :2
    ] != ("the", "number")
    return int(numbers[0]) in days or (article and len(piece.tokens) > 1 and piece.tokens[1] == numbers[0])


def _names_a_time(said: Moment) -> bool:
    return any(each is not None for each in (said.weekday, said.day, said.hour, said.half))


def _is_about(piece: Piece, lexicon: Lexicon) -> bool:
    doubts = any(
        matches(lexicon.tables[table], piece.tokens, at)
        for table in ("not_", "or_", "unless", "away")
        for at in range(len(piece.tokens))
    )
    return doubts or not AROUND_A_TIME.isdisjoint(piece.tokens)


def moment(text: str, lexicon: Lexicon) -> Moment:
    """Parse the time that a text names."""
    plain = folded(text)
    tokens = tokens_of(text)
    hour, minute, half = _hour(plain, tokens, lexicon)
    for table, which in (("morning", 0), ("afternoon", 1)):
        if any(matches(lexicon.tables[table], tokens, at) for at in range(len(tokens))):
            half = which if half is None else half
    day, month = _date(tokens, plain, lexicon)
    return Moment(_weekday(tokens, text, lexicon), day, month, hour, minute, half)


def _hour(plain: str, tokens: Phrase, lexicon: Lexicon) -> tuple[int | None, int | None, int | None]:
    if found := _CLOCK.search(plain):
        return _of_day(int(found[1]), int(found[2]), found[3])
    if found := _HOUR.search(plain):
        return _of_day(int(found[1]), None, found[2] if found[2] in ("am", "pm") else None)
    for at in range(len(tokens)):
        size = matches(lexicon.tables["hour"], tokens, at)
        number = tokens[at + size] if size and at + size < len(tokens) else ""
        value = number if number.isdigit() else lexicon.values.get((number,), "")
        if (
            value
            and 0 <= int(value) < 24
            and (at + size + 1 == len(tokens) or tokens[at + size + 1] not in ("de", "d"))
        ):
            is_half = matches(lexicon.tables["half"], tokens, at + size + 1)
            return int(value), 30 if is_half else None, None
    return None, None, None


def _of_day(hour: int, minute: int | None, half: str | None) -> tuple[int | None, int | None, int | None]:
    if hour > 24 or (minute or 0) > 59:
        return None, None, None
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    return hour, minute, {"am": 0, "pm": 1}.get(half or "")


def _weekday(tokens: Phrase, text: str, lexicon: Lexicon) -> int | None:
    """Return the weekday. A short form counts only before a full stop or a number, because "mar" and "so" are words too."""
    for word, at in lexicon.named("weekdays").items():
        if word in tokens:
            place = tokens.index(word)
            follows = tokens[place + 1 : place + 2]
            if len(word) > 4 or (follows and follows[0][0].isdigit()) or f"{word}." in folded(text):
                return at
    return None


def _date(tokens: Phrase, plain: str, lexicon: Lexicon) -> tuple[int | None, int | None]:
    months = lexicon.named("months")
    for at, token in enumerate(tokens):
        if token in months:
            near = [*tokens[max(at - 3, 0) : at][::-1], *tokens[at + 1 : at + 2]]
            day = next((int(each) for each in near if each.isdigit() and 0 < int(each) < 32), None)
            if day is not None:
                return day, months[token] + 1
    if found := _DAY_MONTH.search(plain):
        return int(found[1]), int(found[2])
    for at, token in enumerate(tokens):
        if _weekday((token,), f"{token}.", lexicon) is not None and at + 1 < len(tokens):
            day = _day_after(tokens, at, lexicon)
            if day:
                return day, None
    return None, None


def _day_after(tokens: Phrase, at: int, lexicon: Lexicon) -> int:
    """Return the number after a weekday, unless it is an hour; 0 for none."""
    place = next((each for each in range(at + 1, min(at + 3, len(tokens))) if tokens[each].isdigit()), None)
    if place is None or not 0 < int(tokens[place]) < 32:
        return 0
    hour = matches(lexicon.tables["hour"], tokens, at + 1) or matches(lexicon.tables["hour"], tokens, place + 1)
    return 0 if hour or tokens[place + 1 : place + 2] in (("am",), ("pm",)) else int(tokens[place])
