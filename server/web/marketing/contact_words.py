"""Names the fields, countries and refusals of contacts in the page's language."""

from __future__ import annotations

from collections.abc import Callable

from server.contacts import countries, suppressions
from server.contacts.editing import WrongFields
from server.web import language
from server.web.language import text

TITLES: dict[str, Callable[[], str]] = {
    "email": lambda: text("Email"),
    "first_name": lambda: text("First name"),
    "last_name": lambda: text("Last name"),
    "company": lambda: text("Company"),
    "language": lambda: text("Language"),
    "phone": lambda: text("Telephone"),
    "whatsapp": lambda: text("WhatsApp"),
    "country": lambda: text("Country"),
    "time_zone": lambda: text("Time zone"),
    "fields": lambda: text("Own fields"),
    "tags": lambda: text("Tags"),
}


def title(name: str) -> str:
    """Return the title of a field of contacts."""
    return TITLES[name]() if name in TITLES else name


def field_titles(names: str) -> str:
    """Return the titles of fields named in a text, separated by commas."""
    return ", ".join(title(name) for name in names.split())


def problems(wrong: WrongFields) -> str:
    """Write the problems of a form in one line, each after the title of its field."""
    named = {
        name: title(name.removeprefix("own_").replace("_", " ").capitalize() if name.startswith("own_") else name)
        for name in wrong.problems
    }
    return " ".join(f"{named[name]}: {why.sentence(language.current())}" for name, why in wrong.problems.items())


def country(code: str) -> str:
    """Return the name of a country."""
    return countries.name(code, language.current())


def refusal(reason: str) -> str:
    """Return why an address gets no mail, in words."""
    return text(suppressions.WORDS[reason]) if reason in suppressions.WORDS else reason
