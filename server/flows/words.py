"""What an effect may say of its cause: {person}, {answer} and the like, in the texts of tasks, alerts and chats. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from server import jsontext
from server.contacts import contacts
from server.contacts.contacts import Named
from server.flows.reasons import reason
from server.qualify.sentences import STAGES

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsRow

NAMES = ("person", "company", "address", "question", "answer", "email", "stage", "flow")
WAS = "was"  # what stood before, in the sentence of a correction
NAME = re.compile(r"\{(" + "|".join((*NAMES, WAS)) + r")\}")
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
CORRECTED = {  # why something that an answer, a stage or an appointment caused no longer counts
    "changed": {
        "es": "{person} cambió de idea sobre «{question}»: antes «{was}», ahora «{answer}»",
        "en": "{person} changed their mind about “{question}”: was “{was}”, now “{answer}”",
    },
    "withdrawn": {
        "es": "{person} retiró su respuesta «{was}» a «{question}»",
        "en": "{person} took back the answer “{was}” to “{question}”",
    },
    "machine": {
        "es": "La respuesta «{was}» a «{question}» no es de {person}: la dio una máquina",
        "en": "The answer “{was}” to “{question}” is not from {person}: a machine gave it",
    },
    "undecided": {
        "es": "Ya no es seguro que {person} haya dado la respuesta «{was}» a «{question}»",
        "en": "It is no longer certain that {person} gave the answer “{was}” to “{question}”",
    },
    "stage": {
        "es": "{person} ya no está en la etapa {was}: ahora {answer}",
        "en": "{person} is no longer in the stage {was}: now {answer}",
    },
    "cancelled": HAPPENED["cancelled"],
}


class Person(Named):
    """Whom a sentence is about."""

    email: str
    company: str


class ReadEffect(TypedDict):
    """What sentences and calls say of an effect, its JSON read."""

    flow: str
    happened: str
    created_at: int
    cause: dict[str, Any]
    details: dict[str, Any]


def read(effect: EffectsRow) -> ReadEffect:
    """The effect with its JSON read."""
    return {
        "flow": effect["flow"],
        "happened": effect["happened"],
        "created_at": effect["created_at"],
        "cause": jsontext.loads(effect["cause"]),
        "details": jsontext.loads(effect["details"]),
    }


def values(effect: ReadEffect, contact: Person, language: str) -> dict[str, str]:
    """The words for one effect."""
    cause, stages = effect["cause"], STAGES[language]
    name = contacts.full_name(contact)
    was = cause.get("was") or {}
    answer, before = said(cause), said(was)
    if cause.get("why") == "stage":
        answer, before = stages.get(answer, answer), stages.get(was["stage"], was["stage"])
    elif cause.get("why") == "cancelled":
        answer = before
    return {
        "person": name or contact["email"],
        "company": contact["company"],
        "address": contact["email"],
        "question": cause["question"],
        "answer": answer,
        "email": cause["email"],
        "stage": stages.get(cause["stage"], cause["stage"]),
        "flow": effect["flow"],
        WAS: before,
    }


def said(cause: Mapping[str, Any]) -> str:
    """The answer in the words in which it was given."""
    return ", ".join(cause.get("labels") or cause.get("values") or ())


def withdrawal(cause: Mapping[str, Any]) -> str:
    """Why something is withdrawn, in the stored form of a reason; `cause` is that of a correction."""
    detail = said(cause) if cause["why"] in ("changed", "stage") else ""
    return reason(f"back_{cause['why']}", detail)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its names filled in; anything else in braces stays as it is."""
    return NAME.sub(lambda found: values[found[1]], text)


def happened(effect: ReadEffect, contact: Person, language: str) -> str:
    """What happened, as a sentence without its full stop."""
    sentence = CORRECTED[effect["cause"]["why"]] if effect["happened"] == "corrected" else HAPPENED[effect["happened"]]
    return fill(sentence[language], values(effect, contact, language))
