"""What a person wrote in a reply: the quoted mail and the signature cut off. Pure; every line it gives stood in the text.

There is no standard for how a reply quotes; these are the habits of Gmail, Outlook, Apple Mail, Yahoo and Thunderbird, in
Spanish and English.
"""

from __future__ import annotations

import re

from builder.formats import mailto

MAX_LINES = 2_000
LINE = re.compile(
    r"[>\s]*(?:[-\u2010-\u2015]{1,2}\s*){3,6}"
)  # mailto.LINE, also where a keyboard made long dashes of it
HEADERS = {"first": r"de|from", "then": r"enviado(?: el)?|fecha|sent|date|para|to|asunto|subject"}
ENDS = tuple(  # a line after which everything is the earlier mail
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"-{2,}\s*(mensaje original|original message|mensaje reenviado|forwarded message)\s*-{2,}",
        r"_{20,}",
        r"begin forwarded message:|inicio del mensaje reenviado:",
    )
)
SIGNATURES = tuple(  # a line that begins a signature
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"--\s?",
        r"(enviado|mandado) desde (mi|el|la|un|una|outlook|yahoo|gmail|correo|proton) ?.{0,60}",
        r"(sent|get) (from|outlook for|via) .{0,60}",
        r"obtener outlook para .{0,60}",
    )
)
# "El lun, 1 mar 2027 a las 10:00, Ana (<ana@example.com>) escribió:", on one line or wrapped: how it begins and ends
ATTRIBUTION = (
    re.compile(r"(el|on)\b", re.IGNORECASE),
    re.compile(r"\b(escribió|ha escrito|wrote)\s?:?$", re.IGNORECASE),
)
_ATTRIBUTION_LINES = 4
_HEADER = re.compile(rf"\*?({HEADERS['first']})\s?:\*?\s.+", re.IGNORECASE)
_HEADER_NEXT = re.compile(rf"\*?({HEADERS['then']})\s?:\*?\s?.*", re.IGNORECASE)


def above_line(text: str) -> str:
    """What stands above the line of a mail that our link began; all of it where the person took the line out."""
    lines = text.splitlines()[:MAX_LINES]
    at = next((at for at, line in enumerate(lines) if _is_line(line)), len(lines))
    return "\n".join(lines[:at])


def written(text: str) -> str:
    """The person's own words: above what they quote, or, where nothing is, below it."""
    lines = [line.rstrip() for line in text.splitlines()[:MAX_LINES]]
    end = next((at for at in range(len(lines)) if _begins_quote(lines, at)), len(lines))
    own = _signed_off(lines[:end])
    if not any(own) and end < len(lines):
        own = _signed_off(_below(lines[end:]))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(own)).strip()


def _is_line(line: str) -> bool:
    return line.strip("> \t") == mailto.LINE or (bool(LINE.fullmatch(line)) and line.strip("> \t") not in ("--", "---"))


def _begins_quote(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    if line.startswith(">") or any(end.fullmatch(line) for end in ENDS):
        return True
    return _is_header_block(lines, at) or _is_attribution(lines, at)


def _is_header_block(lines: list[str], at: int) -> bool:
    """Outlook's "De: … / Enviado el: … / Para: …"."""
    following = [line.strip() for line in lines[at + 1 : at + 6] if line.strip()][:2]
    return bool(_HEADER.fullmatch(lines[at].strip())) and any(_HEADER_NEXT.fullmatch(line) for line in following)


def _is_attribution(lines: list[str], at: int) -> bool:
    """Names a moment or an address, and stands before a quote, the end, or with an address in it: else it is a sentence."""
    for height in range(1, _ATTRIBUTION_LINES + 1):
        said = " ".join(line.strip() for line in lines[at : at + height])
        if len(said) < 400 and _attributes(said):
            following = next((line for line in lines[at + height :] if line.strip()), ">")
            return "@" in said or following.lstrip().startswith(">")
    return False


def _attributes(said: str) -> bool:
    begins, ends = ATTRIBUTION
    return bool(begins.match(said) and ends.search(said)) and any(c.isdigit() for c in said)


def _signed_off(lines: list[str]) -> list[str]:
    at = next((at for at, line in enumerate(lines) if any(sign.fullmatch(line.strip()) for sign in SIGNATURES)), None)
    return lines if at is None else lines[:at]


def _below(lines: list[str]) -> list[str]:
    """What stands under the last quoted line, of those who write there."""
    last = max((at for at, line in enumerate(lines) if line.lstrip().startswith(">")), default=None)
    return [] if last is None else lines[last + 1 :]
