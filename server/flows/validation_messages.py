"""What is wrong with a flow: where, what, and what would be right, in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from server.flows import table

Path = tuple[str | int, ...]


class Mistake(NamedTuple):
    """`where` is the way to the field: ("when", "block"), ("then", 0, "email"); () is the flow itself."""

    where: Path
    name: str
    said: Mapping[str, str]


SENTENCES = {
    "not_toml": {
        "en": "This is not valid TOML: {what}. Correct the line.",
        "es": "Esto no es TOML válido: {what}. Corrige la línea.",
    },
    "name": {
        "en": "“{value}” cannot be a flow’s name. Use up to 64 of a-z, 0-9, - and _.",
        "es": "«{value}» no puede ser el nombre de un flujo. Usa hasta 64 caracteres de a-z, 0-9, - y _.",
    },
    "taken": {
        "en": "There is a flow named “{value}” already. Choose another name.",
        "es": "Ya hay un flujo llamado «{value}». Elige otro nombre.",
    },
    "unknown_field": {
        "en": "There is no field “{value}” here. {fix}",
        "es": "Aquí no existe el campo «{value}». {fix}",
    },
    "missing": {
        "en": "“{field}” is missing. Give {right}.",
        "es": "Falta «{field}». Indica {right}.",
    },
    "wrong": {
        "en": "“{field}” is {value}, which is not {right}.",
        "es": "«{field}» es {value}, y debería ser {right}.",
    },
    "unknown_trigger": {
        "en": "There is no event “{value}”. {fix}",
        "es": "No existe el evento «{value}». {fix}",
    },
    "unknown_effect": {
        "en": "There is no effect “{value}”. {fix}",
        "es": "No existe el efecto «{value}». {fix}",
    },
    "nothing_to_do": {
        "en": 'The flow does nothing. Add an effect: [[then]] with do = "task", for example.',
        "es": 'El flujo no hace nada. Agrega un efecto: [[then]] con do = "task", por ejemplo.',
    },
    "too_much": {
        "en": "The flow has {value} effects; the maximum is {most}. Split it into two flows.",
        "es": "El flujo tiene {value} efectos y el máximo es {most}. Divídelo en dos flujos.",
    },
    "no_email": {
        "en": "There is no email “{value}”. {fix}",
        "es": "No hay ningún correo «{value}». {fix}",
    },
    "broken_email": {
        "en": "The email “{value}” has errors and cannot be sent. Run: acto lint {value}.",
        "es": "El correo «{value}» tiene errores y no se puede enviar. Ejecuta: acto lint {value}.",
    },
    "no_block": {
        "en": "The email “{email}” asks no question named “{value}”. {fix}",
        "es": "El correo «{email}» no tiene ninguna pregunta llamada «{value}». {fix}",
    },
    "no_block_anywhere": {
        "en": "No email asks a question named “{value}”. {fix}",
        "es": "Ningún correo tiene una pregunta llamada «{value}». {fix}",
    },
    "no_value": {
        "en": "“{block}” has no answer “{value}”. {fix}",
        "es": "«{block}» no tiene la respuesta «{value}». {fix}",
    },
    "values_without_block": {
        "en": 'The condition names answers without a question. Name the question with block = "…".',
        "es": 'La condición indica respuestas sin la pregunta. Indícala con block = "…".',
    },
    "no_booking": {
        "en": "The email “{value}” offers no times: it has no <ac-book>. {fix}",
        "es": "El correo «{value}» no ofrece horas: no tiene <ac-book>. {fix}",
    },
    "no_data": {
        "en": "The email “{value}” cannot be written with this data: {what}. Give it under data.",
        "es": "El correo «{value}» no se puede escribir con estos datos: {what}. Indícalos en data.",
    },
    "no_endpoint": {
        "en": "There is no webhook “{value}”. {fix}",
        "es": "No hay ningún webhook «{value}». {fix}",
    },
    "no_calendar": {
        "en": "There is no calendar “{value}”. {fix}",
        "es": "No hay ningún calendario «{value}». {fix}",
    },
    "not_a_chat": {
        "en": "The webhook “{value}” is not a chat. Choose one with the body format of a chat.",
        "es": "El webhook «{value}» no es de un chat. Elige uno con formato de chat.",
    },
    "no_stage": {
        "en": "There is no stage “{value}”. {fix}",
        "es": "No hay ninguna etapa «{value}». {fix}",
    },
    "no_person": {
        "en": "Nobody in the team has the address “{value}”. {fix}",
        "es": "Nadie del equipo tiene la dirección «{value}». {fix}",
    },
    "hours_without_zone": {
        "en": 'A time of day needs a time zone. Add zone = "America/Bogota", for example.',
        "es": 'Una hora del día necesita una zona horaria. Agrega zone = "America/Bogota", por ejemplo.',
    },
    "itself": {
        "en": "This flow starts itself: it sets the stage “{value}”, which is also its trigger. Set another stage.",
        "es": "Este flujo se activa a sí mismo: fija la etapa «{value}», que también es la que lo inicia. Fija otra etapa.",
    },
}
_MEANT = {"en": "Did you mean “{meant}”?", "es": "¿Querías decir «{meant}»?"}
_CHOICE = {"en": "Use {choice}.", "es": "Usa {choice}."}
_NONE = {"en": "There is none yet.", "es": "Todavía no hay ninguno."}
CHOICE_MOST = 12


def sentence(mistake: Mistake, language: str) -> str:
    """What is wrong and what would be right, for a person."""
    said = dict(mistake.said)
    if "kind" in said:
        said["right"] = table.KINDS[said.pop("kind")][language]
    if "choice" in said:
        said["fix"] = _fix(said["value"], said.pop("choice"), language)
    return SENTENCES[mistake.name][language].format(**said)


def unknown(where: Path, name: str, value: object, choice: Iterable[str], **said: str) -> Mistake:
    """A name that stands for nothing; the names that would are told, or the one that was meant."""
    return Mistake(where, name, {"value": str(value), "choice": "\n".join(sorted(choice)), **said})


def _fix(value: str, choice: str, language: str) -> str:
    names = choice.splitlines()
    if not names:
        return _NONE[language]
    meant = difflib.get_close_matches(value, names, 1)
    if meant:
        return _MEANT[language].format(meant=meant[0])
    more = " …" if len(names) > CHOICE_MOST else ""
    return _CHOICE[language].format(choice=", ".join(names[:CHOICE_MOST]) + more)
