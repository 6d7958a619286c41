"""Lists the columns and values with which other programs export refusals of mail, and what each means here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

MailRefusal = Literal[
    "", "unsubscribed", "bounced", "complained", "do_not_contact"
]  # from the weakest to the strongest
ORDER: tuple[MailRefusal, ...] = ("", "unsubscribed", "bounced", "complained", "do_not_contact")

# Column -> what a value in it means: a yes, a time or a reason. Lower case, words separated by a space.
REFUSED: Mapping[str, MailRefusal] = {
    **dict.fromkeys(("unsubscribed", "unsubscribed at", "unsubscribed on", "unsubscribe date"), "unsubscribed"),
    **dict.fromkeys(("unsub time", "unsub reason", "unsubscribe reason"), "unsubscribed"),  # Mailchimp
    **dict.fromkeys(("unsubscribed from all email", "opted out of all email"), "unsubscribed"),  # HubSpot
    **dict.fromkeys(("hasoptedoutofemail", "email opt out", "email opted out"), "unsubscribed"),  # Salesforce, Zoho
    **dict.fromkeys(("opt out", "opted out", "optout", "opt out date", "opt out time"), "unsubscribed"),
    **dict.fromkeys(
        ("baja", "de baja", "dado de baja", "fecha de baja", "motivo de baja", "cancelado"), "unsubscribed"
    ),
    **dict.fromkeys(("do not contact", "donotcontact", "dnc", "do not email", "do not mail"), "do_not_contact"),
    **dict.fromkeys(("no contactar", "no escribir", "lista negra", "bloqueado"), "do_not_contact"),
    **dict.fromkeys(("blocklisted", "blacklisted", "email blacklisted", "blocked", "suppressed"), "do_not_contact"),
    **dict.fromkeys(("bounced", "hard bounced", "bounced at", "clean time", "rebotado"), "bounced"),
    **dict.fromkeys(("complained", "marked as spam", "spam complaint"), "complained"),
}
SUBSCRIBED = (
    "subscribed",
    "is subscribed",
    "email subscribed",
    "suscrito",
    "opted in",
    "opt in",
)  # a no here is a refusal
STATUS = (
    *("status", "estado", "email status", "subscription status", "subscriber status", "marketing status"),
    *(
        "person marketing status",
        "contact status",
        "list status",
        "email marketing status",
        "email marketing consent",
        "estado de suscripción",
    ),
)
STATES: Mapping[str, MailRefusal] = {
    **dict.fromkeys(("unsubscribed", "unsub", "opted out", "opt out", "optout", "cancelled"), "unsubscribed"),
    **dict.fromkeys(("baja", "de baja", "dado de baja", "cancelado", "no suscrito"), "unsubscribed"),
    **dict.fromkeys(("blocklisted", "blacklisted", "blocked", "suppressed", "bloqueado"), "do_not_contact"),
    **dict.fromkeys(("do not contact", "donotcontact", "dnc", "no contactar", "lista negra"), "do_not_contact"),
    **dict.fromkeys(("bounced", "bounce", "hard bounce", "hard bounced", "cleaned", "invalid", "rebotado"), "bounced"),
    **dict.fromkeys(("complained", "complaint", "spam", "marked as spam", "junk"), "complained"),
}
NO = ("0", "no", "n", "false", "f", "falso", "never", "nunca", "none", "null", "n/a", "-")


def is_refusal(header: str) -> bool:
    """Return whether a column of this name may hold a refusal."""
    column = _plain(header)
    return column in REFUSED or column in SUBSCRIBED or column in STATUS


def of(header: str, cell: str) -> MailRefusal:
    """Return the refusal in a cell of such a column; '' for none."""
    column, said = _plain(header), _plain(cell)
    if column in REFUSED:
        return REFUSED[column] if said and said not in NO else ""
    if column in SUBSCRIBED:
        return "unsubscribed" if said in NO and said != "-" else STATES.get(said, "")
    return STATES.get(said, "")


def state(cell: str) -> MailRefusal:
    """Return the refusal that a cell of any column names as a status; '' for none."""
    return STATES.get(_plain(cell), "")


def strongest(refusals: Sequence[MailRefusal]) -> MailRefusal:
    """Return the refusal that stops the most mail; '' for none."""
    return max(refusals, key=ORDER.index, default="")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").replace("-", " ").split()) or text.strip()
