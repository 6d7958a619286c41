"""Defines the mistakes of a flow and their sentences in both languages: where, what is wrong, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from server import texts
from server.flows import table

Path = tuple[str | int, ...]


class Mistake(NamedTuple):
    """One mistake. `where` is the path of the field: ("when", "block"), ("then", 0, "email"); () is the flow itself."""

    where: Path
    name: str
    said: Mapping[str, str]


SENTENCES = {
    "not_toml": "This is not valid TOML: {what}. Correct the line.",
    "name": "“{value}” cannot be a flow’s name. Use up to 64 of a-z, 0-9, - and _.",
    "taken": "There is a flow named “{value}” already. Choose another name.",
    "unknown_field": "There is no field “{value}” here. {fix}",
    "missing": "“{field}” is missing. Give {right}.",
    "wrong": "“{field}” is {value}, which is not {right}.",
    "unknown_trigger": "There is no event “{value}”. {fix}",
    "unknown_effect": "There is no effect “{value}”. {fix}",
    "nothing_to_do": 'The flow does nothing. Add an effect: [[then]] with do = "task", for example.',
    "too_much": "The flow has {value} effects; the maximum is {most}. Split it into two flows.",
    "no_email": "There is no email “{value}”. {fix}",
    "email_archived": "The email “{value}” is archived, so nothing is sent. Put it back, or choose another email.",
    "email_trashed": "The email “{value}” is in the trash, so nothing is sent. Put it back, or choose another email.",
    "broken_email": "The email “{value}” has errors and cannot be sent. Run: acto lint {value}.",
    "no_block": "The email “{email}” asks no question named “{value}”. {fix}",
    "no_block_anywhere": "No email asks a question named “{value}”. {fix}",
    "no_value": "“{block}” has no answer “{value}”. {fix}",
    "values_without_block": 'The condition names answers without a question. Name the question with block = "…".',
    "no_booking": "The email “{value}” offers no times: it has no <ac-book>. {fix}",
    "no_data": "The email “{value}” cannot be written with this data: {what}. Give it under data.",
    "no_endpoint": "There is no webhook “{value}”. {fix}",
    "no_calendar": "There is no calendar “{value}”. {fix}",
    "not_a_chat": "The webhook “{value}” is not a chat. Choose one with the body format of a chat.",
    "no_segment": "There is no segment “{value}”. {fix}",
    "no_stage": "There is no stage “{value}”. {fix}",
    "no_person": "Nobody in the team has the address “{value}”. {fix}",
    "hours_without_zone": 'A time of day needs a time zone. Add zone = "America/Bogota", for example.',
    "itself": "This flow starts itself: it sets the stage “{value}”, which is also its trigger. Set another stage.",
}
OUT_OF_USE = ("email_archived", "email_trashed")  # mistakes that end when the email is put back
DID_YOU_MEAN = "Did you mean “{meant}”?"
USE_ONE_OF = "Use {choice}."
NONE_YET = "There is none yet."
CHOICE_MOST = 12


def sentence(mistake: Mistake, language: str) -> str:
    """Return the sentence of a mistake for a person: what is wrong and what would be right."""
    said = dict(mistake.said)
    if "kind" in said:
        said["right"] = texts.text(table.KINDS[said.pop("kind")], language)
    if "choice" in said:
        said["fix"] = _fix(said["value"], said.pop("choice"), language)
    return texts.text(SENTENCES[mistake.name], language, **said)


def unknown(where: Path, name: str, value: object, choice: Iterable[str], **said: str) -> Mistake:
    """Make the mistake of an unknown name; its sentence suggests the closest name or lists the valid ones."""
    return Mistake(where, name, {"value": str(value), "choice": "\n".join(sorted(choice)), **said})


def _fix(value: str, choice: str, language: str) -> str:
    names = choice.splitlines()
    if not names:
        return texts.text(NONE_YET, language)
    meant = difflib.get_close_matches(value, names, 1)
    if meant:
        return texts.text(DID_YOU_MEAN, language, meant=meant[0])
    more = " …" if len(names) > CHOICE_MOST else ""
    return texts.text(USE_ONE_OF, language, choice=", ".join(names[:CHOICE_MOST]) + more)
