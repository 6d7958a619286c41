"""The sentence behind every point, in both languages. The question and the answer stay in the words they were asked in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DIMENSIONS = {
    "es": {"interest": "interés", "need": "necesidad", "urgency": "urgencia"},
    "en": {"interest": "interest", "need": "need", "urgency": "urgency"},
}
STAGES = {
    "es": {"hot": "caliente", "warm": "tibio", "cold": "frío"},
    "en": {"hot": "hot", "warm": "warm", "cold": "cold"},
}
SENTENCES = {
    "es": {
        "stated": "El {day} dijo «{label}» a «{question}»: {dimension} {points}",
        "behaved": "El {day} miró «{label}» en «{question}»: {dimension} {points}",
        "floor": "El {day} dijo «{label}» a «{question}»: por sí solo vale «{floor}»",
        "faded": " (eran {given})",
    },
    "en": {
        "stated": "Said “{label}” to “{question}” on {day}: {dimension} {points}",
        "behaved": "Looked at “{label}” in “{question}” on {day}: {dimension} {points}",
        "floor": "Said “{label}” to “{question}” on {day}: worth “{floor}” by itself",
        "faded": " ({given} on that day)",
    },
}


def sentence(reason: Mapping[str, Any], language: str, day: str) -> str:
    """`reason` as stored with a lead; `day` as the language writes it (3 May, 3 de mayo)."""
    words = SENTENCES[language]
    floor = reason.get("floor", "")
    said = words["floor" if floor else reason.get("source", "stated")].format(
        day=day,
        label=reason["label"],
        question=reason["question"],
        dimension=DIMENSIONS[language].get(reason["dimension"], ""),
        points=_signed(reason["points"]),
        floor=STAGES[language].get(floor, floor),
    )
    faded = not floor and reason["points"] != reason["given"]
    return said + (words["faded"].format(given=_signed(reason["given"])) if faded else "")


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "−").replace("+0", "0")
