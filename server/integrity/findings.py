"""What a check can find: a sentence and what to do about it, one row each."""

from __future__ import annotations

from typing import NamedTuple

MEND = "acto check --mend works it out again."
RESTORE = "Something other than Acto has written here. Restore a backup, or report it if nothing else did."
CHOOSE = "Cancel or move one of the two on the page “Bookings”: both people are told."
DERIVED = ("answer_missing", "answer_of_nothing", "answer_differs", "lead_missing", "lead_of_nothing", "lead_differs")

KINDS: dict[str, tuple[str, str]] = {  # name -> what is wrong, with the fields of a Finding; what to do
    "file_damaged": ("The database file is damaged: {detail}", "Stop Acto and restore the last backup."),
    "version_broken": (
        "The email version {detail} cannot be read: it is not what was stored under that name.",
        "Restore the row from a backup: links to this version have no page until then.",
    ),
    "message_of_nobody": ("Message {message_id} is to a contact that is not there, {contact_id}.", RESTORE),
    "message_of_no_version": ("Message {message_id} has no email: version {detail} is not there.", RESTORE),
    "message_in_no_state": ("Message {message_id} stands in a state that is none: {detail}.", RESTORE),
    "contact_not_found_by": ("Contact {contact_id} is not found by the name it has.", MEND),
    "hit_of_no_message": ("Hit {detail} is of a message that is not there, {message_id}.", RESTORE),
    "event_of_no_message": ("Event {detail} is of a message that is not there, {message_id}.", RESTORE),
    "event_unreadable": ("An answer to “{block}” of message {message_id} cannot be read: {detail}.", RESTORE),
    "event_of_the_future": (
        "An answer to “{block}” of message {message_id} was judged by rules of a newer Acto ({detail}).",
        "Update this Acto, or judge again with acto verdicts --recompute.",
    ),
    "answer_missing": ("“{block}” of message {message_id} was answered, and no answer stands.", MEND),
    "answer_of_nothing": ("The answer to “{block}” of message {message_id} was given by nobody.", MEND),
    "answer_differs": ("The answer to “{block}” of message {message_id} is not what was answered: {detail}.", MEND),
    "lead_missing": ("Contact {contact_id} has answered and is no lead.", MEND),
    "lead_of_nothing": ("Contact {contact_id} is a lead and has answered nothing.", MEND),
    "lead_differs": ("The lead {contact_id} is not what its answers give: {detail}.", MEND),
    "lead_of_nobody": ("There is a lead of a contact that is not there, {contact_id}.", RESTORE),
    "overrule_of_no_event": ("A person overruled an answer that is not there ({detail}).", RESTORE),
    "overrule_not_followed": (
        "A person said of an answer to “{block}” of message {message_id} that it was a {detail}'s, and it does not say so.",
        "acto verdicts --recompute judges it again.",
    ),
    "effect_in_no_state": ("Effect {detail} of a flow is neither waiting, done, stopped nor failed.", RESTORE),
    "effect_of_nobody": ("Effect {detail} of a flow is about a contact that is not there, {contact_id}.", RESTORE),
    "task_of_nobody": ("Task {detail} is about a contact that is not there, {contact_id}.", RESTORE),
    "task_of_no_effect": ("A flow says that it made task {detail}, and there is none.", RESTORE),
    "booking_of_nobody": ("Booking {detail} is of a contact that is not there, {contact_id}.", RESTORE),
    "booking_in_no_state": ("Booking {detail} stands in a state or at a time that is none.", RESTORE),
    "booked_twice": ("Booking {detail} shares its owner's time with another appointment.", CHOOSE),
    "booking_without_hold": (
        "Booking {detail} is coming, and its owner's time is not kept: it may be offered to somebody else.",
        "Move it to another time and back on the page “Bookings”.",
    ),
}


class Finding(NamedTuple):
    """One thing that is not as it should be; empty where a field does not apply."""

    kind: str
    contact_id: str = ""
    message_id: str = ""
    block: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        return KINDS[self.kind][0].format(**self._asdict())

    @property
    def remedy(self) -> str:
        return KINDS[self.kind][1]

    @property
    def mendable(self) -> bool:
        return self.remedy == MEND
