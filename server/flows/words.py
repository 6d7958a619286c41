"""What an effect may say of its cause: {person}, {answer} and the like, in the texts of tasks, alerts and chats. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from server.people import contacts
from server.qualify.sentences import STAGES

NAMES = ("person", "company", "address", "question", "answer", "email", "stage", "flow")
NAME = re.compile(r"\{(" + "|".join(NAMES) + r")\}")
HAPPENED = {
    "answered": {
        "es": "{person} contestó «{answer}» a «{question}»",
        "en": "{person} answered “{answer}” to “{question}”",
    },
    "changed": {
        "es": "{person} cambió su respuesta a «{question}»: «{answer}»",
        "en": "{person} changed the answer to “{question}”: “{answer}”",
    },
    "stage": {"es": "{person} llegó a la etapa {stage}", "en": "{person} reached the stage {stage}"},
    "unsubscribed": {"es": "{person} se dio de baja", "en": "{person} unsubscribed"},
    "booked": {
        "es": "{person} tiene cita: «{question}», {answer}",
        "en": "{person} has an appointment: “{question}”, {answer}",
    },
    "moved": {
        "es": "La cita de {person} cambió de hora: «{question}», {answer}",
        "en": "The appointment of {person} was moved: “{question}”, {answer}",
    },
    "cancelled": {
        "es": "Se canceló la cita de {person}: «{question}», {answer}",
        "en": "The appointment of {person} was cancelled: “{question}”, {answer}",
    },
    "test": {"es": "Esto es una prueba de Acto", "en": "This is a test of Acto"},
}


def values(effect: Mapping[str, Any], contact: Mapping[str, Any], language: str) -> dict[str, str]:
    """The words for one effect; `effect` with its cause read."""
    cause = effect["cause"]
    name = contacts.full_name(contact)
    return {
        "person": name or contact["email"],
        "company": contact["company"],
        "address": contact["email"],
        "question": cause["question"],
        "answer": ", ".join(cause["labels"] or cause["values"]),
        "email": cause["email"],
        "stage": STAGES[language].get(cause["stage"], cause["stage"]),
        "flow": effect["flow"],
    }


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its names filled in; anything else in braces stays as it is."""
    return NAME.sub(lambda found: values[found[1]], text)


def happened(effect: Mapping[str, Any], contact: Mapping[str, Any], language: str) -> str:
    """What happened, as a sentence without its full stop."""
    return fill(HAPPENED[effect["happened"]][language], values(effect, contact, language))
