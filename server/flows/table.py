# The words of flows. This file imports nothing of Acto, so that it can be read alone.
"""Lists the triggers, conditions and effects of flows. A flow is a rule: when something happens and conditions hold, do this
and that.

Each row below is one word of that rule, with its fields. The file format, the form in the browser, the validation and the
sentences of the pages are all generated from these rows.
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """One field. `kind` is a row of KINDS and names the values that it takes."""

    name: str
    kind: str
    label: str
    required: bool = False


class Word(NamedTuple):
    """A trigger or an effect: its name in a file, its label for people, and its fields."""

    name: str
    label: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)


KINDS = {  # kind -> the right form, as a mistake names it
    "text": 'a text, such as "Call {person}"',
    "email": "the name of an email in the templates folder",
    "block": "the name of a question in an email",
    "values": 'a list of answers, such as ["this_month"], or of ranges, such as ["0-6"]',
    "class": '"marketing" or "transactional"',
    "word": "a word of up to 31 small letters, digits, - and _",
    "stage": "a stage of leads",
    "segment": "the name of a segment",
    "days": 'a list of days, such as ["mon", "tue"]',
    "hours": 'a time of day, such as "08:00-18:00"',
    "zone": 'a time zone, such as "America/Bogota"',
    "wait": 'a time, such as "10 minutes", "4 hours" or "2 days"',
    "person": '"owner" or the address of somebody in the team',
    "people": 'a list of addresses, in which "owner" means the owner of the lead',
    "endpoint": "the name of a webhook",
    "unless": '"booked", "answered BLOCK", "answered BLOCK VALUE", "tagged TAG", "stage STAGE" or "unsubscribed"',
    "calendar": "the name of a calendar",
    "data": 'a table of what the email needs to know, such as { meeting = { host = "Ana" } }',
    "flag": "true or false",
    "trigger": 'what happens, such as "answered"',
    "part": "a part such as [when]",
}

_EMAIL = Field("email", "email", "in the email")
_BLOCK = Field("block", "block", "to the question")
_CALENDAR = Field("calendar", "calendar", "in the calendar")
_VALUES = Field("values", "values", "one of these answers")

TRIGGERS = (  # [when] happens = …
    Word("answered", "Somebody answers", (_EMAIL, _BLOCK, _VALUES)),
    Word("changed", "Somebody changes an answer", (_EMAIL, _BLOCK, _VALUES)),
    Word(
        "stage",
        "A lead reaches a stage",
        (Field("stage", "stage", "the stage", required=True),),
    ),
    Word("unsubscribed", "Somebody unsubscribes", (_EMAIL,)),
    Word("booked", "An appointment is booked", (_CALENDAR,)),
    Word("moved", "An appointment is moved", (_CALENDAR,)),
    Word("cancelled", "An appointment is cancelled", (_CALENDAR,)),
)

CONDITIONS = (  # [if]: each one given must hold
    Field("class", "class", "The email is"),
    Field("topic", "word", "Its topic is"),
    Field("stage", "stage", "The lead is in the stage"),
    Field("tag", "word", "The person has the tag"),
    Field("without_tag", "word", "The person does not have the tag"),
    Field("segment", "segment", "The person is in the segment"),
    Field("days", "days", "It is one of these days"),
    Field("hours", "hours", "The time is between"),
    Field("zone", "zone", "in the time zone"),
)

EFFECTS = (  # [[then]] do = …
    Word(
        "task",
        "Create a task",
        (
            Field("title", "text", "The work to do", required=True),
            Field("owner", "person", "By whom"),
            Field("due", "wait", "Within"),
        ),
    ),
    Word(
        "alert",
        "Send an alert by email",
        (
            Field("to", "people", "To whom", required=True),
            Field("text", "text", "With these words"),
        ),
    ),
    Word(
        "chat",
        "Write into a chat",
        (
            Field("endpoint", "endpoint", "Webhook", required=True),
            Field("text", "text", "With these words"),
        ),
    ),
    Word(
        "webhook",
        "Call a webhook",
        (Field("endpoint", "endpoint", "Webhook", required=True),),
    ),
    Word(
        "email",
        "Send an email",
        (
            Field("email", "email", "Which", required=True),
            Field("data", "data", "With this data"),
        ),
    ),
    Word(
        "booking",
        "Offer an appointment by email",
        (
            Field("email", "email", "With the email", required=True),
            Field("data", "data", "With this data"),
        ),
    ),
    Word("tag", "Tag the person", (Field("tag", "word", "The tag", required=True),)),
    Word(
        "stage",
        "Set the lead’s stage",
        (Field("stage", "stage", "Stage", required=True),),
    ),
    Word(
        "owner",
        "Give the lead an owner, in turn",
        (Field("among", "people", "Among", required=True),),
    ),
)
ALWAYS = (  # fields that every effect may have
    Field("after", "wait", "After"),
    Field("unless", "unless", "Unless by then"),
)
CALLS = ("chat", "webhook")  # effects that call a server of a third party
MAILS = ("email", "booking")  # effects that send mail to the person, through the gate

BOOKINGS = ("booked", "moved", "cancelled")  # triggers of appointments
UNLESS = ("booked", "answered", "tagged", "stage", "unsubscribed")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLASSES = ("marketing", "transactional")
OWNER = "owner"  # stands for the owner of the lead

CHAIN_MOST = 5  # flows in a row that trigger one another
EFFECTS_MOST = 20  # of one flow

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
# Standard Webhooks 1.0, after which an effect has failed: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.
RETRY_AFTER_MS = (
    *(5 * SECOND, 5 * MINUTE, 30 * MINUTE),
    *(2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR),
)


def trigger(name: str) -> Word | None:
    """Return the trigger of this name; None without one."""
    return next((row for row in TRIGGERS if row.name == name), None)


def effect(name: str) -> Word | None:
    """Return the effect of this name; None without one."""
    return next((row for row in EFFECTS if row.name == name), None)
