"""Lists the findings of a check, each with its sentence and the remedy."""

from __future__ import annotations

from typing import NamedTuple

MEND = "acto check --mend recomputes it."
RESTORE = "Something other than Acto has written here. Restore a backup, or report it if nothing else did."
CHOOSE = "Cancel or move one of the two on the page “Bookings”. Acto emails both people."
DERIVED = ("answer_missing", "answer_of_nothing", "answer_differs", "lead_missing", "lead_of_nothing", "lead_differs")

KINDS: dict[str, tuple[str, str]] = {  # name -> what is wrong, with the fields of a Finding; what to do
    "file_damaged": ("The database file is damaged: {detail}", "Stop Acto and restore the last backup."),
    "version_broken": (
        "The email version {detail} cannot be read: it is not what was stored under that name.",
        "Restore the row from a backup: links to this version have no page until then.",
    ),
    "message_of_nobody": ("Message {message_id} is for a contact that does not exist, {contact_id}.", RESTORE),
    "message_of_no_version": ("Message {message_id} has no email: version {detail} does not exist.", RESTORE),
    "message_in_no_state": ("Message {message_id} has a state that is not valid: {detail}.", RESTORE),
    "contact_not_found_by": ("The search does not find contact {contact_id} by its name.", MEND),
    "hit_of_no_message": ("Hit {detail} belongs to a message that does not exist, {message_id}.", RESTORE),
    "event_of_no_message": ("Event {detail} belongs to a message that does not exist, {message_id}.", RESTORE),
    "event_unreadable": ("An answer to “{block}” of message {message_id} cannot be read: {detail}.", RESTORE),
    "event_of_the_future": (
        "An answer to “{block}” of message {message_id} was judged by rules of a newer Acto ({detail}).",
        "Update this Acto, or judge again with acto verdicts --recompute.",
    ),
    "answer_missing": ("“{block}” of message {message_id} was answered, and no answer is stored.", MEND),
    "answer_of_nothing": ("The answer to “{block}” of message {message_id} has no event behind it.", MEND),
    "answer_differs": ("The answer to “{block}” of message {message_id} differs from its events: {detail}.", MEND),
    "lead_missing": ("Contact {contact_id} has answered and has no lead.", MEND),
    "lead_of_nothing": ("Contact {contact_id} has a lead without any answer.", MEND),
    "lead_differs": ("The lead {contact_id} differs from its answers: {detail}.", MEND),
    "lead_of_nobody": ("A lead belongs to a contact that does not exist, {contact_id}.", RESTORE),
    "overrule_of_no_event": ("A team member decided about an answer that does not exist ({detail}).", RESTORE),
    "overrule_not_followed": (
        "A team member decided that the answer to “{block}” of message {message_id} came from a {detail}, and the answer is not marked so.",
        "acto verdicts --recompute judges it again.",
    ),
    "effect_in_no_state": ("Effect {detail} of a flow has a state that is not valid.", RESTORE),
    "effect_of_nobody": ("Effect {detail} of a flow belongs to a contact that does not exist, {contact_id}.", RESTORE),
    "task_of_nobody": ("Task {detail} is about a contact that does not exist, {contact_id}.", RESTORE),
    "task_of_no_effect": ("A flow records that it created task {detail}, and that task does not exist.", RESTORE),
    "booking_of_nobody": ("Booking {detail} belongs to a contact that does not exist, {contact_id}.", RESTORE),
    "booking_in_no_state": ("Booking {detail} has a state or a time that is not valid.", RESTORE),
    "booked_twice": ("Booking {detail} shares its owner's time with another appointment.", CHOOSE),
    "booking_without_hold": (
        "Booking {detail} is upcoming, and its owner's time is not reserved: the calendar may offer it to somebody else.",
        "Move it to another time and back on the page “Bookings”.",
    ),
}


class Finding(NamedTuple):
    """One difference; fields that do not apply are empty."""

    kind: str
    contact_id: str = ""
    message_id: str = ""
    block: str = ""
    detail: str = ""

    @property
    def sentence(self) -> str:
        """The sentence that describes it."""
        return KINDS[self.kind][0].format(**self._asdict())

    @property
    def remedy(self) -> str:
        """The sentence with its remedy."""
        return KINDS[self.kind][1]

    @property
    def mendable(self) -> bool:
        """True if `acto check --mend` corrects it."""
        return self.remedy == MEND
