"""Reads the corpus of replies in `tests/corpora/replies`, as cases for the same reading as the first.

Its README says how it is written down. It stands apart from the first because each of its replies may have several right outcomes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.server.inbound.reply_corpus import Case, Expected

FOLDER = Path(__file__).parents[2] / "corpora" / "replies"


@lru_cache
def cases(language: str) -> tuple[Case, ...]:
    found = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return tuple(
        _case(f"{language}-{at}", language, found["blocks"][reply["block"]], reply)
        for at, reply in enumerate(found["reply"], 1)
    )


def _case(name: str, language: str, asked: Mapping[str, Any], reply: Mapping[str, Any]) -> Case:
    offered = [*asked.get("slots", ()), *asked.get("options", ())]
    block = {
        "kind": asked["kind"],
        "name": reply["block"],
        "question": asked["question"],
        "language": language,
        "scale": asked.get("scale", ""),
        "options": [{"value": value, "label": label} for value, label in offered],
        "many": asked.get("pick") == "many",
        "limit": 500 if asked["kind"] == "answer" else 0,
    }
    case = {"id": name, "way": "free", "blocks": [block], "text": reply["body"], "headers": reply.get("headers", {})}
    case |= {"subject": reply.get("subject", f"Re: {asked['subject']}"), "accepted": reply["expect"]}
    return case | ({"html": reply["html"]} if "html" in reply else {})


def accepted(case: Case) -> list[Expected]:
    """Every outcome that a careful person takes for right."""
    return [_outcome(case["blocks"][0], outcome) for outcome in case["accepted"]]


def _outcome(block: Mapping[str, Any], outcome: str) -> Expected:
    reading, _, said = outcome.partition(":")
    if reading != "answer":
        return reading, {}
    return reading, {block["name"]: tuple(said.split("+")) if block["kind"] == "choose" else (said,)}
