"""The sentence behind every point, in both languages. The question and the answer stay in the words they were asked in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DIMENSIONS = {
    "es": {"interest": "interés", "need": "necesidad", "urgency": "urgencia"},
    "en": {"interest": "interest", "need": "need", "urgency": "urgency"},
}
SENTENCES = {
    "es": "El {day} dijo «{label}» a «{question}»: {dimension} {points}",
    "en": "Said “{label}” to “{question}” on {day}: {dimension} {points}",
}


def sentence(reason: Mapping[str, Any], language: str, day: str) -> str:
    """`reason` as stored with a lead; `day` as the language writes it (3 May, 3 de mayo)."""
    return SENTENCES[language].format(
        day=day,
        label=reason["label"],
        question=reason["question"],
        dimension=DIMENSIONS[language][reason["dimension"]],
        points=f"{reason['points']:+d}".replace("-", "−"),
    )
