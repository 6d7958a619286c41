"""Writes the sentence for a reason, in both languages. Question and answer stay in the words of the email."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server import texts

STAGES = {"hot": "hot", "warm": "warm", "cold": "cold"}
SENTENCES = {
    "stated": "Said “{label}” to “{question}” on {day}: {dimension} {points}",
    "behaved": "Looked at “{label}” in “{question}” on {day}: {dimension} {points}",
    "floor": "Said “{label}” to “{question}” on {day}: worth “{floor}” by itself",
}
PLAIN = {
    "stated": "Said “{label}” to “{question}”",
    "behaved": "Looked at “{label}” in “{question}”",
}
FADED = " ({given} on that day)"


def stage_name(stage: str, language: str) -> str:
    """Return the name of a stage in a language; an unknown name is returned unchanged."""
    return texts.text(STAGES[stage], language) if stage in STAGES else stage


def sentence(reason: Mapping[str, Any], language: str, day: str) -> str:
    """Return the sentence of a stored reason; `day` is the date in the language (3 May, 3 de mayo)."""
    floor = reason.get("floor", "")
    line = texts.text(
        SENTENCES["floor" if floor else reason.get("source", "stated")],
        language,
        day=day,
        label=reason["label"],
        question=reason["question"],
        dimension=texts.text(reason["dimension"], language) if reason["dimension"] else "",
        points=_signed(reason["points"]),
        floor=stage_name(floor, language),
    )
    faded = not floor and reason["points"] != reason["given"]
    return line + (texts.text(FADED, language, given=_signed(reason["given"])) if faded else "")


def plain(reason: Mapping[str, Any], language: str, day: str) -> str:
    """Return the sentence of a stored reason without its points, with its day: “Said “This month” to “When?” · 3 May”."""
    words = PLAIN[reason.get("source", "stated")]
    return f"{texts.text(words, language, label=reason['label'], question=reason['question'])} · {day}"


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "−").replace("+0", "0")
