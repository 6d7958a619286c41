# What a flow can say. This file imports nothing of Acto, so that anybody can read it from top to bottom.
"""A flow is a rule: when something happens, and only if something holds, then do this and that.

Each row below is one word of that rule, with the fields it takes. The file format, the form in the browser, the check and the
sentences of the pages are all drawn from these rows.
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """One field. `kind` says what may stand in it, and is a row of KINDS."""

    name: str
    kind: str
    en: str
    es: str
    required: bool = False


class Word(NamedTuple):
    """Something that happens, or something to do: its name in a file, its name for people, and its fields."""

    name: str
    en: str
    es: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


KINDS = {  # kind -> what is right, as a mistake is told
    "text": {"en": 'a text, such as "Call {person}"', "es": 'un texto, como "Llamar a {person}"'},
    "email": {
        "en": "the name of an email in the templates folder",
        "es": "el nombre de un correo de la carpeta de plantillas",
    },
    "block": {"en": "the name of a question in an email", "es": "el nombre de una pregunta de un correo"},
    "values": {
        "en": 'a list of answers, such as ["this_month"], or of ranges, such as ["0-6"]',
        "es": 'una lista de respuestas, como ["this_month"], o de rangos, como ["0-6"]',
    },
    "class": {"en": '"marketing" or "transactional"', "es": '"marketing" o "transactional"'},
    "word": {
        "en": "a word of up to 31 small letters, digits, - and _",
        "es": "una palabra de hasta 31 letras minúsculas, números, - y _",
    },
    "stage": {"en": "a stage of leads", "es": "una etapa"},
    "days": {"en": 'a list of days, such as ["mon", "tue"]', "es": 'una lista de días, como ["mon", "tue"]'},
    "hours": {"en": 'a time of day, such as "08:00-18:00"', "es": 'un horario, como "08:00-18:00"'},
    "zone": {"en": 'a time zone, such as "America/Bogota"', "es": 'una zona horaria, como "America/Bogota"'},
    "wait": {
        "en": 'a time, such as "10 minutes", "4 hours" or "2 days"',
        "es": 'un plazo, como "10 minutos", "4 horas" o "2 días"',
    },
    "person": {
        "en": '"owner" or the address of somebody in the team',
        "es": '"owner" o la dirección de alguien del equipo',
    },
    "people": {
        "en": 'a list of addresses, in which "owner" means the owner of the lead',
        "es": 'una lista de direcciones, en la que "owner" es el responsable del lead',
    },
    "endpoint": {"en": "the name of a webhook", "es": "el nombre de un webhook"},
    "unless": {
        "en": '"booked", "answered BLOCK", "answered BLOCK VALUE", "tagged TAG", "stage STAGE" or "unsubscribed"',
        "es": '"booked", "answered PREGUNTA", "answered PREGUNTA RESPUESTA", "tagged ETIQUETA", "stage ETAPA" o "unsubscribed"',
    },
    "calendar": {"en": "the name of a calendar", "es": "el nombre de un calendario"},
    "data": {
        "en": 'a table of what the email needs to know, such as { meeting = { host = "Ana" } }',
        "es": 'una tabla con lo que el correo necesita saber, como { meeting = { host = "Ana" } }',
    },
    "flag": {"en": "true or false", "es": "true o false"},
    "trigger": {"en": 'what happens, such as "answered"', "es": 'qué ocurre, como "answered"'},
    "part": {"en": "a part such as [when]", "es": "una parte como [when]"},
}

_EMAIL = Field("email", "email", "in the email", "en el correo")
_BLOCK = Field("block", "block", "to the question", "a la pregunta")
_CALENDAR = Field("calendar", "calendar", "in the calendar", "en el calendario")
_VALUES = Field("values", "values", "one of these answers", "una de estas respuestas")

TRIGGERS = (  # [when] happens = …
    Word("answered", "Somebody answers", "Alguien contesta", (_EMAIL, _BLOCK, _VALUES)),
    Word("changed", "Somebody changes an answer", "Alguien cambia una respuesta", (_EMAIL, _BLOCK, _VALUES)),
    Word(
        "stage",
        "A lead reaches a stage",
        "Un lead llega a una etapa",
        (Field("stage", "stage", "the stage", "la etapa", required=True),),
    ),
    Word("unsubscribed", "Somebody unsubscribes", "Alguien se da de baja", (_EMAIL,)),
    Word("booked", "An appointment is booked", "Se reserva una cita", (_CALENDAR,)),
    Word("moved", "An appointment is moved", "Una cita cambia de hora", (_CALENDAR,)),
    Word("cancelled", "An appointment is cancelled", "Se cancela una cita", (_CALENDAR,)),
)

CONDITIONS = (  # [if]: each that is said must hold
    Field("class", "class", "The email is", "El correo es"),
    Field("topic", "word", "Its topic is", "Su tema es"),
    Field("stage", "stage", "The lead is in the stage", "La persona está en la etapa"),
    Field("tag", "word", "The person has the tag", "La persona tiene la etiqueta"),
    Field("without_tag", "word", "The person does not have the tag", "La persona no tiene la etiqueta"),
    Field("days", "days", "It is one of these days", "Es uno de estos días"),
    Field("hours", "hours", "The time is between", "La hora está entre"),
    Field("zone", "zone", "in the time zone", "en la zona horaria"),
)

EFFECTS = (  # [[then]] do = …
    Word(
        "task",
        "Create a task",
        "Crear una tarea",
        (
            Field("title", "text", "The work to do", "Qué hay que hacer", required=True),
            Field("owner", "person", "By whom", "Quién"),
            Field("due", "wait", "Within", "En un plazo de"),
        ),
    ),
    Word(
        "alert",
        "Send an alert by email",
        "Avisar por correo",
        (
            Field("to", "people", "To", "A quién", required=True),
            Field("text", "text", "With these words", "Con estas palabras"),
        ),
    ),
    Word(
        "chat",
        "Write into a chat",
        "Escribir en un chat",
        (
            Field("endpoint", "endpoint", "Webhook", "Webhook", required=True),
            Field("text", "text", "With these words", "Con estas palabras"),
        ),
    ),
    Word(
        "webhook",
        "Call a webhook",
        "Llamar a un webhook",
        (Field("endpoint", "endpoint", "Webhook", "Webhook", required=True),),
    ),
    Word(
        "email",
        "Send an email",
        "Enviar un correo",
        (
            Field("email", "email", "Which", "Cuál", required=True),
            Field("data", "data", "With this data", "Con estos datos"),
        ),
    ),
    Word(
        "booking",
        "Offer an appointment by email",
        "Ofrecer una cita por correo",
        (
            Field("email", "email", "With the email", "Con el correo", required=True),
            Field("data", "data", "With this data", "Con estos datos"),
        ),
    ),
    Word("tag", "Tag the person", "Etiquetar a la persona", (Field("tag", "word", "Tag", "Etiqueta", required=True),)),
    Word(
        "stage",
        "Set the lead’s stage",
        "Fijar la etapa de la persona",
        (Field("stage", "stage", "Stage", "Etapa", required=True),),
    ),
    Word(
        "owner",
        "Give the lead an owner, in turn",
        "Asignar responsable, por turnos",
        (Field("among", "people", "Among", "Entre", required=True),),
    ),
)
ALWAYS = (  # what every effect may say besides
    Field("after", "wait", "After", "Después de"),
    Field("unless", "unless", "Unless by then", "Salvo que para entonces"),
)
CALLS = ("chat", "webhook")  # effects that speak to somebody else's server
MAILS = ("email", "booking")  # effects that write to the person, held to the same gate as any mail

BOOKINGS = ("booked", "moved", "cancelled")  # what happens to an appointment
UNLESS = ("booked", "answered", "tagged", "stage", "unsubscribed")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLASSES = ("marketing", "transactional")
OWNER = "owner"  # where a person is meant: whoever owns the lead

CHAIN_MOST = 5  # flows that set one another off, one after the other
EFFECTS_MOST = 20  # of one flow

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
# Standard Webhooks 1.0, after which an effect has failed: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
RETRY_AFTER_MS = (
    *(5 * SECOND, 5 * MINUTE, 30 * MINUTE),
    *(2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR),
)


def trigger(name: str) -> Word | None:
    return next((row for row in TRIGGERS if row.name == name), None)


def effect(name: str) -> Word | None:
    return next((row for row in EFFECTS if row.name == name), None)
