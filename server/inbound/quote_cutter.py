"""Removes the quoted mail, header blocks and PGP armour from a reply. Pure.

No standard defines how a reply quotes; these are the habits of the large mail programs. Answers between quoted lines and text
below the quote are kept, in order.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from builder.formats import mailto
from server.inbound import signature_cutter
from server.inbound.phrases.model import folded, words
from server.inbound.quote_phrases import BEGINS, FIELDS, FORWARDED, ORIGINAL, WROTE
from server.inbound.reply_html import UNMARKED, Marked

MAX_LINES = 2_000
MAX_ATTRIBUTION = 400  # characters
_ATTRIBUTION_LINES = 4
# mailto.LINE, also with the long dashes of some keyboards
LINE = re.compile(r"[>\s]*(?:[-\u2010-\u2015]{1,2}\s*){3,6}")
_LINK = re.compile(r"<?https?://[^ >]*>?")
_QUOTED = re.compile(r">(?:[ >]|$)")
_DATED = re.compile(r"\d{1,2}[:.h]\d{2}|\b\d{4}\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b\d{1,2}\b")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_WROTE = re.compile(rf"\b(?:{WROTE})\b")
_ENDS = re.compile(rf"(?:\b(?:{WROTE})\s?:?|:)[\s*_-]*$")
_BEGINS = re.compile(rf"[-*\s]*(?:{BEGINS})\b")
_ON_ONE_LINE = re.compile(rf"[^@]{{0,200}}@[^\s:]{{1,120}}\s.{{0,60}}?\b(?:{WROTE})\s?:\s*\S")
_ORIGINAL = re.compile(rf"[*\s]*[-_]{{2,}}\s*(?:{ORIGINAL})\s*[-_]{{2,}}[*\s]*|(?:{FORWARDED})\b.*")
_RULE = re.compile(r"_{20,}|##- .{0,80} -##")
_FIELD = {kind: re.compile(rf"[*\s]*(?:{names})\s?:[*\s]?.*") for kind, names in FIELDS.items()}
_ARMOUR_HEAD = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+: .*\n)*\n?")
_ARMOUR_TAIL = re.compile(
    r"-----BEGIN PGP (?:SIGNATURE|PUBLIC KEY BLOCK|MESSAGE)-----[\s\S]*?(?:-----END PGP [A-Z ]+-----|\Z)"
)


def above_line(text: str) -> str:
    """Return the text above the line of a mail that a link of ours began; all of it if the person removed the line."""
    lines = text.splitlines()[:MAX_LINES]
    at = next((at for at, line in enumerate(lines) if _is_line(line)), len(lines))
    return "\n".join(lines[:at])


def written(text: str, names: Collection[str] = (), marked: Marked = UNMARKED, *, fresh: bool = False) -> str:
    """Return the person's own text: every part that is not quoted, each without its signature.

    `names` are the person's; `marked` comes from the html form of the text; `fresh` text quotes nothing, so a ">" is the
    person's.
    """
    lines = [line.rstrip() for line in _without_armour(text).splitlines()[:MAX_LINES]]
    stretches = [signature_cutter.cut(_unmarked(stretch, marked), names) for stretch in _own(lines, fresh)]
    own = "\n\n".join(joined for stretch in stretches if (joined := "\n".join(stretch).strip("\n")).strip())
    return re.sub(r"\n{3,}", "\n\n", own).strip()


def _without_armour(text: str) -> str:
    if "-----BEGIN PGP" not in text:
        return text
    text = text.replace("\r\n", "\n")
    cleared = _ARMOUR_TAIL.sub("", _ARMOUR_HEAD.sub("", text))
    return re.sub(r"(?m)^- (?=-)", "", cleared)


def _is_line(line: str) -> bool:
    return line.strip("> \t") == mailto.LINE or (bool(LINE.fullmatch(line)) and line.strip("> \t") not in ("--", "---"))


def _own(lines: list[str], fresh: bool) -> list[list[str]]:
    """Return the stretches of lines that are not quoted, in order."""
    plain = [folded(line.strip())[:MAX_ATTRIBUTION] for line in lines]
    stretches: list[list[str]] = [[]]
    at = 0
    while at < len(lines):
        if _ends(plain, at):
            break
        height = _attribution(lines, plain, at)
        if height:
            following = next((line for line in lines[at + height :] if line.strip()), "")
            if not _QUOTED.match(following):
                break
            stretches.append([])
            fresh = False
            at += height
        elif not fresh and _is_quoted(lines, at):
            stretches.append([])
            at += 1
        else:
            stretches[-1].append(lines[at])
            at += 1
    return [stretch for stretch in stretches if any(line.strip() for line in stretch)]


def _is_quoted(lines: list[str], at: int) -> bool:
    """Return whether a line is quoted. ">100 personas" alone is not: no space follows, and no line beside it is quoted."""
    line = lines[at]
    if not line.startswith(">"):
        return False
    beside = [other for other in (lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else "") if other]
    return bool(_QUOTED.match(line)) or any(other.startswith(">") for other in beside)


def _ends(plain: list[str], at: int) -> bool:
    """Return whether everything from this line on is the earlier mail."""
    line = plain[at].replace("'", " ").replace("’", " ")
    if not line:
        return False
    return bool(_RULE.fullmatch(line) or _ORIGINAL.fullmatch(line)) or _is_header_block(plain, at) or _is_joined(line)


def _is_joined(line: str) -> bool:
    """Return whether a line is an attribution with the quoted mail in the same line, as Yahoo's app writes it."""
    return bool(_BEGINS.match(line) and _DATED.search(line) and _ON_ONE_LINE.match(line))


def _is_header_block(plain: list[str], at: int) -> bool:
    """Return whether a header block begins here: Outlook's "De: … / Enviado el: … / Para: …", in any order."""
    if _field(plain[at]) in ("", "to"):
        return False
    near = [line for line in plain[at : at + 8] if line][:5]
    kinds = {_field(line) for line in near} - {""}
    block = "\n".join(near)
    return len(kinds) >= 3 or (
        len(kinds) == 2 and kinds != {"to", "subject"} and bool(_ADDRESS.search(block) or _DATED.search(block))
    )


def _field(line: str) -> str:
    return next((kind for kind, pattern in _FIELD.items() if pattern.fullmatch(line)), "")


def _attribution(lines: list[str], plain: list[str], at: int) -> int:
    """Return how many lines the attribution takes from here on; 0 without one."""
    if not plain[at] or lines[at].startswith(">"):
        return 0
    for height in range(1, _ATTRIBUTION_LINES + 1):
        if not all(plain[at : at + height]):
            return 0
        said = " ".join(plain[at : at + height])
        if len(said) < MAX_ATTRIBUTION and _attributes(lines, plain, at, height, said):
            goes_on = height > 1 and not plain[at + 1].startswith(
                "<"
            )  # a line that begins with an address continues a name above
            return 0 if goes_on and _attribution(lines, plain, at + 1) else height
    return 0


def _attributes(lines: list[str], plain: list[str], at: int, height: int, said: str) -> bool:
    """Return whether lines are an attribution: they name a time and a writer, and stand before a quote or the end, or have an address."""
    address = bool(_ADDRESS.search(said))
    starts = _BEGINS.match(plain[at]) or _ADDRESS.search(" ".join(plain[at : at + 2]))
    if not starts or not _ENDS.search(said) or not _DATED.search(said):
        return False
    if not (_WROTE.search(said) or (address and said.rstrip("*_ ").endswith(":"))):
        return False
    following = next((line for line in lines[at + height :] if line.strip()), ">")
    return address or following.startswith(">") or (said.startswith("--") and said.endswith("--"))


def _unmarked(lines: list[str], marked: Marked) -> list[str]:
    """Remove the lines of a plain text that its html marks as quoted or as a signature.

    After the first of them only lines in the html's own text are kept, because the plain form of a quote may contain more than
    its html.
    """
    gone, own = f" {' '.join(words(marked.cut))} ", f" {' '.join(words(marked.own))} "
    if not gone.strip() or not own.strip():
        return lines
    kept, behind = [], False
    for line in lines:
        said = f" {' '.join(words(_LINK.sub(' ', line)))} "
        is_cut = said in gone and (behind or said not in own)
        behind = behind or (is_cut and bool(said.strip()))
        if not said.strip() or not (is_cut or (behind and said not in own)):
            kept.append(line)
    return kept
