"""Defines the outcome of one mail and its line in the mail server's log, without names or words of the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from builder.tokens import MAX_AGE_DAYS

MAX_MEGABYTES = 10
WHY = {
    "too_large": f"it is larger than any answer (over {MAX_MEGABYTES} MB or 250,000 lines)",
    "too_deep": "it has more parts than any answer",
    "unreadable": "it cannot be read as a mail",
    "report": "it is a delivery report",
    "not_ours": "it answers no message of ours",
    "automatic": "a machine wrote it (out of office, or a list)",
    "somebody_else": "its sender is not the person the message went to",
    "too_old": f"its message was written more than {MAX_AGE_DAYS['answer']} days ago",
    "used": "the same mail has answered another question",
    "ambiguous": "its headers can be read in two ways, so its signature proves nothing",
    "unsigned": "no domain of its sender signed it (DKIM), so anybody may have written it",
    "too_little": "its sender's domain signed it without From, or only the beginning of it",
    "altered": "the signature of its sender's domain does not hold: it was altered, or the key is gone",
    "readdressed": "it was signed for another address than the one it came to",
    "unclear": "it says no answer that the question takes, or more than one",
    "counter": "it asks for another time, which nothing here decides yet",
    "not_free": "it asks for a time that is not free",
    "changed_since": "the appointment has another time since",
    "another_attendee": "the attendee is not the person the message went to",
    "no_such_option": "the question has no option for what was pressed",
    "not_taken": "the question takes no such answer",
    "closed": "the question is closed",
    "taken": "somebody else took that time, or it has passed",
    "gone": "the message is no longer here",
}


@dataclass(frozen=True)
class InboundOutcome:
    """The outcome of one mail. `why` is a key of WHY, empty for an answer.

    `unsubscribed`: the person asked for no more mail and is unsubscribed. `kept`: it concerns a message of ours but is no
    answer; its text is shown on the person's page. `ignored`: nothing was stored.
    """

    result: Literal["answered", "unsubscribed", "kept", "ignored"]
    why: str = ""
    channel: str = ""
    message: str = ""
    block: str = ""
    values: tuple[str, ...] = ()
    words: bool = False  # whether the values are free text
    replay: bool = False
    others: tuple[str, ...] = ()  # further questions that the same mail answered
    stands: bool = True  # false if an earlier answer still counts


def sentence(outcome: InboundOutcome) -> str:
    """Return the outcome as one line without line end."""
    if outcome.result == "answered":
        again = " again" if outcome.replay else ""
        stands = "" if outcome.stands else "; an earlier answer stands"
        more = f", and {', '.join(outcome.others)}" if outcome.others else ""
        return f"answered{again}: {outcome.block} = {_shown(outcome)}{more} ({outcome.channel}, authenticated{stands})"
    if outcome.result == "unsubscribed":
        return f"unsubscribed: the person wishes for no more mail ({outcome.channel}, authenticated)"
    if outcome.result == "kept":
        about = f"{outcome.block or 'no question'} of message {outcome.message}"
        return f"kept, not an answer: {WHY[outcome.why]} ({outcome.channel}, {about})"
    return f"ignored: {WHY[outcome.why]}"


def _shown(outcome: InboundOutcome) -> str:
    if outcome.words:
        return f"{sum(map(len, outcome.values))} characters"
    return ", ".join(outcome.values)
