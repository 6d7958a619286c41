"""Reads the corpus of replies in `corpus/`: 50 for each of eight languages, each with what a person would understand by it.

They were written from the questions alone, without sight of the parser, and do not change when the parser does. A case that
expects something plainly mistaken stands in EXCEPTIONS with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from pathlib import Path
from typing import Any

from builder.blocks import Block, Option
from builder.blocks.confirm import ANSWERS
from builder.blocks.rate import SCALES, labels

LANGUAGES = ("es", "en", "pt", "fr", "de", "it", "ca", "gl")
FOLDER = Path(__file__).parent / "corpus"
EXCEPTIONS: dict[str, str] = {}
SENDERS = {  # of cases that sign: the corpus has the bodies of mails and not their From
    "es-45": "J. Ospina",
    "en-26": "Tom Becker",
    "pt-27": "João Meireles",
    "fr-28": "Bruno CARON",
    "fr-36": "Camille Lefèvre",
    "de-27": "Jonas Weidner",
    "it-27": "Davide Conti",
    "ca-27": "Jordi Casals",
    "ca-35": "Laia Serra",
    "gl-27": "Brais Freire",
    "gl-35": "Xurxo Pazos",
}
Case = dict[str, Any]
Expected = tuple[str, dict[str, tuple[str, ...]]]


@lru_cache
def cases(language: str) -> tuple[Case, ...]:
    found = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return tuple(case for case in found if case["id"] not in EXCEPTIONS)


def blocks(case: Case) -> list[Block]:
    return [_block(row) for row in case["blocks"]]


def _block(row: Mapping[str, Any]) -> Block:
    language, scale = row["language"], row.get("scale", "")
    options = tuple(Option(each["value"], each["label"]) for each in row.get("options", ()))
    if scale:
        options = tuple(Option(*each) for each in zip(SCALES[scale], labels(scale, language), strict=True))
    elif row["kind"] == "confirm" and not options:
        options = tuple(Option(*each) for each in ANSWERS[language])
    many = bool(row.get("many"))
    return Block(
        row["kind"], row["name"], row["question"], options, language, many, scale=scale, limit=row.get("limit", 0)
    )


def mail(case: Case, to: str = "news@acto.example", **headers: str) -> bytes:
    """The case as the mail it would have been, from Ana, not signed."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=900))
    named = {"From": f"{person(case)} <ana@example.com>", "To": to, "Subject": case["subject"]}
    named |= {"Message-ID": f"<{case['id']}@example.com>", "Date": "Mon, 30 Nov 2026 10:00:00 +0000"}
    for name, value in {**named, **headers, **case.get("headers", {})}.items():
        message[name] = value
    if case["text"] or "html" not in case:
        message.set_content(case["text"], cte="quoted-printable")
        if "html" in case:
            message.add_alternative(case["html"], subtype="html", cte="quoted-printable")
    else:
        message.set_content(case["html"], subtype="html", cte="quoted-printable")
    return message.as_bytes()


def person(case: Case) -> str:
    """Who answers, as the From of every mail says."""
    return SENDERS.get(case["id"], "Ana Díaz")


def expected(case: Case) -> Expected:
    """What a person understands: a reading, and the values by block."""
    wanted, first = case["expected"], case["blocks"][0]["name"]
    if wanted["reading"] == "text":
        limits = [row["name"] for row in case["blocks"] if row.get("limit")]
        return "answer", {limits[0]: (_words(wanted["text"]),)}
    if wanted["reading"] == "answers":
        return "answer", {name: tuple(values) for name, values in wanted["answers"].items()}
    if wanted["reading"] == "answer":
        return "answer", {wanted.get("block", first): tuple(wanted["values"])}
    return wanted["reading"], {}


def _words(text: str) -> str:
    """As compared: how lines are wrapped makes no difference."""
    return " ".join(text.split())
