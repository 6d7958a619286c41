"""Removes a signature and the lines that mail programs add under a reply: device lines, advertising, legal notices. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from server.inbound.phrases import LEXICONS
from server.inbound.phrases.model import matches, words
from server.inbound.quote_phrases import (
    ADVERTISING,
    BY_LAW,
    EXCUSES,
    LEGAL,
    LEGAL_SAYS,
    MESSAGE,
    PRINTING,
    PRODUCTS,
    SCANNED,
    SCANNERS,
    SENT,
    THIS_MAIL,
)

MAX_FOOTER_WORDS = 16
MAX_SIGNATURE_LINES = 12
MAX_FOOTER = 600  # characters
MAX_NAME = 45  # characters of a line that is a name
_DASHES = re.compile(r"(?:--|[\u2013\u2014]|_{2,10}|-{2,10}|={3,10}|\*{3,10})\s?")
_URL = re.compile(r"<?\b(?:https?://|www\.)[^\s>]*>?|\[[^\]]{0,80}\]|<mailto:[^>]*>|<#[^>]*>")
_FOOTER = re.compile(
    rf"(?:{SENT})\b(?: \S+){{0,9}}? (?:{PRODUCTS})\b.*|(?:{SENT})(?: \S+){{0,3}} (?:{PRODUCTS})\b.*|{ADVERTISING}|{EXCUSES}"
    rf"|.*\b{SCANNERS}\b.*\b{SCANNED}\b.*|.*\b{SCANNED}\b.*\b{SCANNERS}\b.*|{SCANNED}"
)
_LEGAL = re.compile(
    rf"{LEGAL}.*|{BY_LAW}.*|{THIS_MAIL}(?: \w+){{0,3}} {MESSAGE}\b.*\b{LEGAL_SAYS}\b.*|(?:p )?{PRINTING}\b.*"
)
_CONTACT = re.compile(
    r"(?:\b(?:tel|tfno|tlf|telf|cel|mov|movil|mob|mobile|phone|fax|fon|telefono|cell|t|m|p|f)\b[.:]?\s?\+?[\d(]|"
    r"\+\d[\d .()/-]{6,}|\b\d[\d .()/-]{7,}\d\b"
    r"|[^\s@]+@[^\s@]+\.[a-z]{2,}|\bwww\.|https?://|\s[|·•]\s)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:(?:[^\W\d_][\w'’.-]*|de|la|del|da|dos|von|van|di)\s?){1,5}")


def cut(lines: Sequence[str], names: Collection[str] = ()) -> list[str]:
    """Return the lines of a stretch of the person's text without signature and footers."""
    kept = _without_footers([*lines])
    at = next((at for at, line in enumerate(kept) if _DASHES.fullmatch(line.strip()) and _is_tail(kept, at)), None)
    if at is not None:
        kept = kept[:at]
    return _without_footers(_without_block(_without_footers(kept), {words(name) for name in names if words(name)}))


def _is_tail(lines: Sequence[str], at: int) -> bool:
    """Return whether a rule of dashes begins a signature; in a long text it is an ornament, while "-- " always does."""
    return lines[at].strip() == "--" or len(lines) - at <= MAX_SIGNATURE_LINES


def _without_footers(lines: list[str]) -> list[str]:
    """Remove the last lines that a program wrote, and everything after a legal notice."""
    legal = next((at for at, line in enumerate(lines) if _LEGAL.fullmatch(_said(lines, at))), None)
    if legal is not None:
        lines = lines[:legal]
    while lines and (not lines[-1].strip() or _is_footer(lines[-1])):
        lines = lines[:-1]
    broken = len(lines) > 1 and _is_footer(" ".join(lines[-2:])) and _follows(lines)
    return _without_footers(lines[:-2]) if broken else lines


def _follows(lines: list[str]) -> bool:
    """Return whether the last line continues a footer that was broken in two."""
    alone = len(lines) > 2 and (not lines[-3].strip() or _is_footer(lines[-3]))
    return alone or _is_footer(lines[-2]) or len(lines[-2]) > MAX_NAME


def _said(lines: Sequence[str], at: int) -> str:
    """Return a line joined with the next two, because notices are broken anywhere."""
    return " ".join(words(" ".join(lines[at : at + 3])[:MAX_FOOTER]))


def _is_footer(line: str) -> bool:
    if len(line) > MAX_FOOTER:
        return False
    said = words(_URL.sub(" ", line))
    if not said:
        return bool(line.strip()) and bool(_URL.search(line))
    return len(said) <= MAX_FOOTER_WORDS and bool(_FOOTER.fullmatch(" ".join(said)))


def _without_block(lines: list[str], names: set[tuple[str, ...]]) -> list[str]:
    """Remove an unmarked signature: it begins with the person's name, or with a name above a telephone or a site."""
    start = max(len(lines) - MAX_SIGNATURE_LINES, 1)
    for at in range(start, len(lines)):
        if not any(line.strip() for line in lines[:at]):
            continue
        tail = [line for line in lines[at:] if line.strip()]
        if not tail or tail[0] != lines[at]:
            continue
        whole = len(tail) == len(lines) - at  # contains no empty line
        named = words(tail[0]) in names and all(len(line) < 100 for line in tail)
        if named or (whole and not lines[at - 1].strip() and _is_business_card(tail)):
            return _without_sign_off(lines[:at])
    return lines


def _without_sign_off(lines: list[str]) -> list[str]:
    """Remove "Un saludo," above a signature that was removed."""
    while len(lines) > 1 and (not lines[-1].strip() or is_sign_off(lines[-1])):
        lines = lines[:-1]
    return lines


def is_sign_off(line: str) -> bool:
    """Return whether a line closes a letter, with at most two more words ("Saludos desde Cali,")."""
    said = words(line[:MAX_FOOTER])
    longest = (
        max((matches(lexicon.tables["sign_offs"], said, 0) for lexicon in LEXICONS.values()), default=0) if said else 0
    )
    return longest > 0 and len(said) <= longest + 2


def _is_business_card(tail: Sequence[str]) -> bool:
    contacts = sum(bool(_CONTACT.search(line)) for line in tail)
    name = tail[0].strip()
    titled = (
        len(name) <= MAX_NAME
        and bool(_NAME.fullmatch(name))
        and all(word[:1].isupper() or len(word) < 4 for word in name.split())
    )
    return (
        len(tail) > 1
        and titled
        and contacts > 0
        and all(len(line) < 120 and not line.rstrip().endswith(("?", "!")) for line in tail)
    )
