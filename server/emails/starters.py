"""Lists the starter emails that come with Acto, by purpose, and copies their files under a new name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from builder import catalog
from server import shipped, texts
from server.emails import drafts, own_words

FOLDER = "templates/emails"


class Starter(NamedTuple):
    """`title` names the email; `about` is the sentence below it. Both are English and translated by server/texts.py."""

    title: str
    about: str


GROUPS: dict[str, dict[str, Starter]] = {  # by what one wants to do
    "Ask": {
        "diagnosis": Starter("Sales diagnosis", "Asks what slows the person down, what to fix first and how soon."),
        "lead-prequalification": Starter(
            "First contact", "Asks what brought the person, how big the company is and when they want to start."
        ),
        "product-explorer": Starter("Product tour", "Shows a product in parts that open, and asks what is of use."),
        "nps-after-service": Starter("Would you recommend us?", "Asks from 0 to 10, and then why or how."),
        "csat-after-support": Starter(
            "After a support case", "Asks whether the problem is solved and how the help was."
        ),
        "win-back": Starter("Win a customer back", "Asks why the person left and what would bring them back."),
    },
    "Invite": {
        "event-rsvp": Starter(
            "Invitation to an event", "Asks who comes and with how many people, with a calendar entry."
        ),
        "meeting-booking": Starter("Book a meeting", "Offers free times of your calendar; one tap books one."),
    },
    "Inform": {
        "shipping-notice": Starter("Your order is on its way", "Says when it arrives and asks where to leave it."),
        "order-delivered": Starter("Your order has arrived", "Asks whether everything is well, and for a rating."),
        "password-reset": Starter("New password", "Brings a link for a new password, and asks nothing."),
    },
    "Confirm": {
        "double-opt-in": Starter("Confirm a subscription", "Asks whether it was the person who subscribed."),
        "order-confirmation": Starter("Order received", "Shows the order and asks whether the address is right."),
        "appointment-reminder": Starter(
            "Appointment reminder", "Asks to confirm, to choose another time or to cancel."
        ),
    },
}


def find(name: str) -> Starter | None:
    """Return the starter of this name, or None."""
    return next((group[name] for group in GROUPS.values() if name in group), None)


def files(name: str, own: Path) -> dict[str, str]:
    """Return the files of a starter. A shared part is taken from `own`, the templates folder, if it is there, because it has the brand."""
    ours = catalog.collect(shipped.path(FOLDER) / name)
    return {path: _shared(own / path, text) if path.startswith("_") else text for path, text in ours.items()}


def copy(name: str, new: str, own: Path, language: str = "en") -> dict[str, str]:
    """Return the files of a starter for an email `new`, with the sentences of its brief in a language.

    Marketing mail goes to people of whom no data is known, so its sample's data becomes words of the email.
    """
    found = files(name, own)
    source, _ = catalog.inspect(name, found)
    if source and source.mail_class == "marketing":
        found = own_words.written(found, source.sample.get("data", {}))
    table = f"{name}/email.toml"
    for sentence in brief(name):
        found[table] = found[table].replace(f'"{sentence}"', f'"{texts.text(sentence, language)}"', 1)
    return drafts.renamed(found, name, new)


def brief(name: str) -> tuple[str, ...]:
    """Return the English sentences of a starter's brief: what people do, what the team learns, and what happens then."""
    text = (shipped.path(FOLDER) / name / "email.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text).get("brief", {}).values())


def _shared(own: Path, text: str) -> str:
    try:
        return own.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return text
