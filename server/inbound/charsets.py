"""Decodes text as mail programs do: labels of the WHATWG Encoding Standard, and Windows-1252 if UTF-8 fails.

https://encoding.spec.whatwg.org/#names-and-labels
"""

from __future__ import annotations

import codecs
import re

LABELS = {  # labels whose practical meaning is wider than Python's codec of that name
    **dict.fromkeys(
        ("iso88591", "latin1", "l1", "iso885911987", "cp819", "ibm819", "windows1252", "xcp1252"), "cp1252"
    ),
    **dict.fromkeys(("iso88599", "latin5", "l5", "windows1254"), "cp1254"),
    **dict.fromkeys(("iso88598i", "logical", "csiso88598i"), "iso8859-8"),
    **dict.fromkeys(("windows874", "tis620", "iso885911", "dos874"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "xgbk", "gb231280", "chinese", "csgb2312", "cp936"), "gb18030"),
    **dict.fromkeys(("shiftjis", "sjis", "xsjis", "mskanji", "windows31j"), "cp932"),
    **dict.fromkeys(("ksc56011987", "ksc5601", "euckr", "korean", "windows949", "cseuckr"), "cp949"),
    **dict.fromkeys(("big5", "xxbig5", "cnbig5", "big5hkscs"), "big5hkscs"),
    **dict.fromkeys(("macintosh", "mac", "xmacroman"), "mac-roman"),
}
GUESSED = {
    "usascii",
    "ascii",
    "ansix341968",
    "unknown8bit",
    "xunknown",
    "unknown",
    "8bit",
    "binary",
    "default",
    "",
    "utf8",
    "xunicode20utf8",
}
REFUSED = ("punycode", "idna", "unicodeescape", "rawunicodeescape", "utf7", "mbcs", "oem", "charmap", "undefined")
_TWO_BYTES = re.compile(rb"\x1b\$[@B]((?:[^\x1b])*)(?:\x1b\([BJ])?|\x1b\([BJ]")


def decoded(data: bytes, charset: str, *, cut: bool = False) -> str:
    """Decode bytes. Never raises; undecodable bytes become U+FFFD. `cut` tells that more bytes followed."""
    label = re.sub(r"[^a-z0-9]", "", charset.casefold())
    if label in GUESSED or label in REFUSED:
        return guessed(data, cut)
    if label in ("iso2022jp", "csiso2022jp"):
        return _japanese(data)
    try:
        codec = codecs.lookup(LABELS.get(label, charset.strip().strip("'\"")))
    except (LookupError, ValueError):
        return guessed(data, cut)
    if not codec._is_text_encoding or codec.name in (
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
    ):
        return guessed(data, cut)
    return data.decode(codec.name, "replace")


def guessed(data: bytes, cut: bool) -> str:
    """Decode UTF-8, or Windows-1252 if most characters outside ASCII fail. A character cut at the end is dropped."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        return decoder.decode(data, final=not cut)
    except UnicodeDecodeError:
        read = data.decode("utf-8", "replace")
    wrong = read.count("\ufffd")
    right = sum(not c.isascii() for c in read) - wrong
    return read if right > wrong else data.decode("cp1252", "replace")


def _japanese(data: bytes) -> str:
    """Decode ISO-2022-JP with vendor characters (①) through EUC-JP, because every mail program shows them."""
    found, at = [], 0
    for pair in _TWO_BYTES.finditer(data):
        found.append(data[at : pair.start()].decode("ascii", "replace"))
        shifted = bytes(byte | 0x80 for byte in pair[1] or b"")
        found.append(shifted.decode("euc_jis_2004", "replace"))
        at = pair.end()
    return "".join([*found, data[at:].decode("ascii", "replace")])
