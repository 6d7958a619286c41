"""Fills the placeholders in texts of tasks, alerts and chats: {person}, {answer} and others, from the cause of an effect. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from server import jsontext, texts
from server.contacts import contacts, phones
from server.contacts.contacts import Named
from server.qualify.sentences import stage_name
from server.reasons import reason

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.effects import EffectsRow

NAMES = ("person", "company", "address", "question", "answer", "email", "stage", "flow")
WAS = "was"  # the former value, in the sentence of a correction
NAME = re.compile(r"\{(" + "|".join((*NAMES, WAS)) + r")\}")
HAPPENED = {
    "answered": "{person} answered “{answer}” to “{question}”",
    "changed": "{person} changed the answer to “{question}”: “{answer}”",
    "stage": "{person} reached the stage {stage}",
    "unsubscribed": "{person} unsubscribed",
    "booked": "{person} has an appointment: “{question}”, {answer}",
    "moved": "The appointment of {person} was moved: “{question}”, {answer}",
    "cancelled": "The appointment of {person} was cancelled: “{question}”, {answer}",
    "test": "This is a test of Acto",
}
CORRECTED = {  # why an effect no longer counts
    "changed": "{person} changed their mind about “{question}”: was “{was}”, now “{answer}”",
    "withdrawn": "{person} took back the answer “{was}” to “{question}”",
    "machine": "The answer “{was}” to “{question}” is not from {person}: a machine gave it",
    "undecided": "It is no longer certain that {person} gave the answer “{was}” to “{question}”",
    "stage": "{person} is no longer in the stage {was}: now {answer}",
    "cancelled": HAPPENED["cancelled"],
}


class Person(Named):
    """The fields of a contact that the sentences use."""

    email: str
    company: str


class ReadEffect(TypedDict):
    """The columns of an effect that sentences and calls use, with the JSON parsed."""

    flow: str
    happened: str
    created_at: int
    cause: dict[str, Any]
    details: dict[str, Any]


def read(effect: EffectsRow) -> ReadEffect:
    """Parse the JSON of an effect."""
    return {
        "flow": effect["flow"],
        "happened": effect["happened"],
        "created_at": effect["created_at"],
        "cause": jsontext.loads(effect["cause"]),
        "details": jsontext.loads(effect["details"]),
    }


def values(effect: ReadEffect, contact: Person, language: str) -> dict[str, str]:
    """Return the values of the placeholders for one effect."""
    cause = effect["cause"]
    name = contacts.full_name(contact)
    was = cause.get("was") or {}
    answer, before = answer_text(cause), answer_text(was)
    if cause.get("why") == "stage":
        answer, before = stage_name(answer, language), stage_name(was["stage"], language)
    elif cause.get("why") == "cancelled":
        answer = before
    return {
        "person": name or contact["email"],
        "company": contact["company"],
        "address": contact["email"],
        "question": cause["question"],
        "answer": answer,
        "email": cause["email"],
        "stage": stage_name(cause["stage"], language),
        "flow": effect["flow"],
        WAS: before,
    }


def numbers(contact: ContactsRow) -> dict[str, str]:
    """Return the telephone number of a contact for the body of an alert, as people read it, and the links to call and to chat."""
    phone, chat = contact["phone"], phones.chat(contact["phone"], contact["whatsapp"])
    return {
        "phone": phones.written(phone) if phone else "",
        "phone_url": f"tel:{phone}" if phone else "",
        "chat_url": phones.whatsapp_url(chat) if chat else "",
    }


def answer_text(cause: Mapping[str, Any]) -> str:
    """Return the answer in the labels that the person chose."""
    return ", ".join(cause.get("labels") or cause.get("values") or ())


def withdrawal(cause: Mapping[str, Any]) -> str:
    """Return why something is withdrawn, in the stored form of a reason; `cause` is that of a correction."""
    detail = answer_text(cause) if cause["why"] in ("changed", "stage") else ""
    return reason(f"back_{cause['why']}", detail)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders of a text; anything else in braces stays as it is."""
    return NAME.sub(lambda found: values[found[1]], text)


def happened(effect: ReadEffect, contact: Person, language: str) -> str:
    """Return what happened as a sentence without its full stop."""
    sentence = CORRECTED[effect["cause"]["why"]] if effect["happened"] == "corrected" else HAPPENED[effect["happened"]]
    return fill(texts.text(sentence, language), values(effect, contact, language))
