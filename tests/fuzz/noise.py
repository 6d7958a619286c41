"""Ways to spoil what would be good: strings, forms, headers, mails. Each takes the dice, so that a run can be repeated."""

from __future__ import annotations

from random import Random
from urllib.parse import quote

ODD = [
    "",
    "\x00",
    "\r\n",
    "é",
    "🦄",
    "\u202e",
    "%00",
    "%2e%2e",
    "..",
    "/",
    "//",
    ".",
    "\\",
    "'",
    '"',
    "<b>",
    "{{7*7}}",
    "${x}",
]
ODD += ["%", "%zz", "a" * 300, "-1", "9" * 40, "null", "true", "[]", "{}", "\ud7ff", "ﬀ", "İ", "\x7f", "x" * 70_000]
KINDS = ("flip", "cut", "grow", "swap", "double", "odd", "case")


def spoil(text: str, dice: Random) -> str:
    """The text with one to three things wrong with it."""
    for _ in range(dice.randint(1, 3)):
        at, kind = dice.randrange(len(text) + 1), dice.choice(KINDS)
        if kind == "flip" and at < len(text):
            text = text[:at] + chr(dice.randrange(1, 0x250)) + text[at + 1 :]
        elif kind == "cut":
            text = text[:at] + text[at + dice.randint(1, 9) :]
        elif kind == "grow":
            text = text[:at] + dice.choice("aZ9.-_=%/ ") * dice.randint(1, 4) + text[at:]
        elif kind == "swap" and at + 1 < len(text):
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        elif kind == "double":
            text = text[:at] + text
        elif kind == "odd":
            text = text[:at] + dice.choice(ODD) + text[at:]
        elif kind == "case":
            text = text.swapcase()
    return text


def segment(dice: Random) -> str:
    """A piece of a path, sent as it is or escaped."""
    text = dice.choice([*ODD[:-1], "crm", "a", "static", "settings.md", "." * 50])
    return quote(text.encode("utf-8", "surrogatepass"), safe="" if dice.random() < 0.5 else "%/.")


def fields(good: dict[str, str], dice: Random) -> list[tuple[str, str]]:
    """The fields of a form: some as they should be, some spoilt, missing, doubled, unheard of."""
    rows = [(name, spoil(value, dice) if dice.random() < 0.3 else value) for name, value in good.items()]
    rows = [row for row in rows if dice.random() > 0.1] + [row for row in rows if dice.random() < 0.1]
    rows += [
        (dice.choice(["choice", "nonce", "gesture", "dwell", "asked", "self", "x"]), dice.choice(ODD))
    ] * dice.randint(0, 2)
    if dice.random() < 0.02:
        rows *= 200
    dice.shuffle(rows)
    return rows


def urlencoded(rows: list[tuple[str, str]], dice: Random) -> bytes:
    body = "&".join(f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in rows).encode()
    return raw(body, dice) if dice.random() < 0.3 else body


def multipart(rows: list[tuple[str, str]], dice: Random) -> tuple[bytes, str]:
    """The body and its content type; boundaries that do not fit, files where there are none, parts without an end."""
    boundary = dice.choice(["x", "-" * 60, "a b", 'q"q', "é", ""])
    body = b""
    for name, value in rows[:40]:
        file = f'; filename="{dice.choice(ODD[:10])}"' if dice.random() < 0.2 else ""
        kind = (
            f"Content-Type: {dice.choice(['text/plain', 'multipart/mixed; boundary=x', 'x'])}\r\n"
            if dice.random() < 0.2
            else ""
        )
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n{kind}\r\n{value}\r\n'
        body += head.encode("utf-8", "replace")
    body += f"--{boundary}--\r\n".encode() if dice.random() < 0.8 else b""
    kind = f"multipart/form-data; boundary={boundary}" if dice.random() < 0.9 else "multipart/form-data"
    return (raw(body, dice) if dice.random() < 0.3 else body), kind.encode("ascii", "replace").decode()


def raw(body: bytes, dice: Random) -> bytes:
    """Bytes with some of them changed, cut out or put in."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(body) + 1)
        piece = (
            dice.randbytes(dice.randint(0, 8))
            if dice.random() < 0.7
            else dice.choice([b"\r\n\r\n", b"=", b"--x", b"\x00", b"&" * 300])
        )
        body = body[:at] + piece + body[at + dice.randint(0, 8) :]
    return body


def headers(dice: Random) -> dict[str, str]:
    """Headers as a server passes them on: no line ends in them, and anything else."""
    values = [text for text in ODD[:-1] if "\n" not in text and "\x00" not in text and text.isascii()]
    names = [
        "Accept",
        "Accept-Language",
        "Cookie",
        "Content-Type",
        "User-Agent",
        "Sec-Fetch-Mode",
        "Sec-Purpose",
        "Authorization",
    ]
    names += [
        "X-Forwarded-For",
        "AMP-Email-Sender",
        "Origin",
        "Range",
        "If-None-Match",
        "If-Modified-Since",
        "Referer",
        "Host",
    ]
    good = [
        "application/json",
        "text/html",
        "es",
        "en;q=0.5",
        "*/*",
        "bytes=0-5",
        "Bearer x.y.z",
        "ana@example.com",
        "a=b; acto=x.y",
    ]
    return {name: dice.choice(values + good) for name in dice.sample(names, dice.randint(0, 4))}
