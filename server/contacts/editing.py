"""Adds and changes contacts by hand: checks each field of the form, and keeps refusals when an address changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypedDict

from server.contacts import addresses, aliases, contacts, countries, own_fields, phones, search, zones
from server.contacts.addresses import BadAddress
from server.contacts.phones import BadNumber
from server.errors import CannotDo
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

LINE_MOST = 200
LANGUAGES = ("", "es", "en")
SENTENCES = {
    "no_address": "Write the email address.",
    "bad_address": "“{value}” is not an email address.",
    "in_use": "Another contact has the address “{value}”. If both are one person, merge them.",
    "was_theirs": "Another contact had the address “{value}” before. If it is the same person, change that contact.",
    "bad_number": "“{value}” is not a telephone number in {country}. Write it with its country code, as in +57 300 123 4567.",
    "bad_country": "“{value}” is not a country.",
    "bad_zone": "“{value}” is not a time zone.",
    "bad_language": "“{value}” is not a language of Acto’s emails.",
    "too_long": "It is longer than {most} characters. Shorten it.",
}
COLUMNS = ("email", "first_name", "last_name", "company", "language", "phone", "whatsapp", "country", "time_zone")


class Details(TypedDict):
    """The fields of a contact that a person writes, checked, and as they are stored."""

    email: str
    email_key: str
    first_name: str
    last_name: str
    company: str
    language: str
    phone: str
    whatsapp: str
    country: str
    time_zone: str
    fields: str


class WrongFields(Exception):
    """The form has wrong values. `problems` gives the refusal of each field, `own_name` with a space before for an own field."""

    def __init__(self, problems: Mapping[str, CannotDo], used_by: str = "") -> None:
        super().__init__("; ".join(f"{name}: {why}" for name, why in problems.items()))
        self.problems, self.used_by = problems, used_by


def check(typed: Mapping[str, str], fields: Mapping[str, str], default_country: str, language: str = "en") -> Details:
    """Check a form. Raises WrongFields with every problem. `language` is the one in which a country is named."""
    problems: dict[str, CannotDo] = {}
    found = check_some({name: typed.get(name, "") for name in COLUMNS}, default_country, problems, language)
    own = {name: line(text) for name, text in fields.items()}
    for name, text in own.items():
        try:
            own_fields.check({name: text})
        except CannotDo as why:
            problems[f"own_{name}"] = why
    if problems:
        raise WrongFields(problems)
    return {**found, "email_key": addresses.key(found["email"]), "fields": own_fields.write(own)}  # type: ignore[typeddict-item]


def check_some(
    typed: Mapping[str, str], default_country: str, problems: dict[str, CannotDo], language: str = "en"
) -> dict[str, str]:
    """Return the checked values of these columns, and add the refusals of the others to `problems`."""
    found: dict[str, str] = {}
    country = typed.get("country", "")
    region = country if country in countries.names("en") else default_country
    for name, text in typed.items():
        try:
            found[name] = _checked(name, line(text), region, language)
        except CannotDo as why:
            problems[name] = why
    return found


def create(tx: Session, details: Details, by_whom: str, now: int) -> str:
    """Add a contact and return its id. Raises WrongFields for an address that another contact has or had."""
    _check_free(tx, details)
    own_fields.add_names(tx, own_fields.read(details["fields"]), now)
    contact_id = new_id(now)
    added = tx.contacts.add(**details, id=contact_id, tags=",", search_text=search.text_of(details), now=now)
    if not added:
        raise _in_use(details, contacts.by_key(tx, details["email_key"]))
    _note(tx, contact_id, "created", by_whom, now)
    return contact_id


def change(tx: Session, contact_id: str, details: Details, by_whom: str, now: int) -> list[str]:
    """Store the fields and return the names of those that changed. Raises WrongFields, and LookupError for an unknown contact.

    A new address keeps the refusals of the person, because they refused mail and not one mailbox. The old one stays an alias,
    so that a list with it adds nobody.
    """
    was = tx.contacts.locked(id=contact_id)
    if was is None:
        raise LookupError(f"no contact {contact_id}")
    changed = [name for name in (*COLUMNS, "fields") if was[name] != details[name]]  # type: ignore[literal-required]
    if not changed:
        return []
    if details["email_key"] != was["email_key"]:
        _check_free(tx, details, contact_id)
        aliases.keep_address(tx, was, by_whom, now)
        tx.suppressions.copy(from_key=was["email_key"], address_key=details["email_key"], contact_id=contact_id)
    own_fields.add_names(tx, own_fields.read(details["fields"]), now)
    tx.contacts.change(**details, id=contact_id, search_text=search.text_of(details), now=now)
    _note(tx, contact_id, "edited", by_whom, now, " ".join(changed))
    return changed


def of_row(row: ContactsRow) -> dict[str, str]:
    """Return the fields of a stored contact as its form shows them, telephone numbers as people write them."""
    shown = {name: str(row[name]) for name in COLUMNS}  # type: ignore[literal-required]
    return {**shown, "phone": phones.written(row["phone"]), "whatsapp": phones.written(row["whatsapp"])}


def _checked(name: str, typed: str, country: str, language: str) -> str:
    if len(typed) > LINE_MOST:
        raise CannotDo(SENTENCES["too_long"], most=LINE_MOST)
    check_it = CHECKS.get(name)
    return check_it(typed, country, language) if check_it else typed


def _email(typed: str, country: str, language: str) -> str:
    if not typed:
        raise CannotDo(SENTENCES["no_address"])
    try:
        addresses.key(typed)
    except BadAddress as error:
        raise CannotDo(SENTENCES["bad_address"], value=typed) from error
    return typed


def _number(typed: str, country: str, language: str) -> str:
    try:
        return phones.e164(typed, country)
    except BadNumber as error:
        raise CannotDo(SENTENCES["bad_number"], value=typed, country=countries.name(country, language)) from error


def _country(typed: str, country: str, language: str) -> str:
    if typed and typed not in countries.names("en"):
        raise CannotDo(SENTENCES["bad_country"], value=typed)
    return typed


def _zone(typed: str, country: str, language: str) -> str:
    if typed and not zones.exists(typed):
        raise CannotDo(SENTENCES["bad_zone"], value=typed)
    return typed


def _language(typed: str, country: str, language: str) -> str:
    if typed not in LANGUAGES:
        raise CannotDo(SENTENCES["bad_language"], value=typed)
    return typed


CHECKS: Mapping[str, Callable[[str, str, str], str]] = {
    "email": _email,
    "language": _language,
    "phone": _number,
    "whatsapp": _number,
    "country": _country,
    "time_zone": _zone,
}


def _check_free(tx: Session, details: Details, own_id: str = "") -> None:
    """Raise WrongFields if another contact has the address, or had it before a merge or a change."""
    row = contacts.by_key(tx, details["email_key"])
    if row and row["id"] != own_id:
        raise _in_use(details, row)


def _in_use(details: Details, row: ContactsRow | None) -> WrongFields:
    had = row and row["email_key"] != details["email_key"]
    why = CannotDo(SENTENCES["was_theirs" if had else "in_use"], value=details["email"])
    return WrongFields({"email": why}, row["id"] if row else "")


def _note(tx: Session, contact_id: str, kind: str, by_whom: str, now: int, text: str = "") -> None:
    tx.activities.add(contact_id=contact_id, id=new_id(now), kind=kind, text=text, was="", by_whom=by_whom, now=now)


def line(typed: str) -> str:
    """Remove control and invisible characters and surplus spaces."""
    return " ".join("".join(c if c.isprintable() or c in search.JOINERS else " " for c in typed).split())
