"""Finds the person for whom a preview is rendered: the sample's, a stock person whose fields are difficult, or a contact.

Only the fields, the answers and the language are the person's. The ids stay those of the sample, which belong to nobody, so that
no link in a preview can answer or unsubscribe for a real person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from builder import messages
from builder.messages import Recipient
from builder.mime import Address
from builder.source import EmailSource
from server.contacts import addresses, contacts
from server.contacts.addresses import BadAddress
from server.contacts.known_answers import answers_by_name
from server.contacts.person import person as personal
from server.web import access
from server.web.state import state

MAY_READ = "people.read"  # the permission to see contacts in previews, because their answers are shown


@dataclass(frozen=True)
class Person:
    """The person of a preview. `fields` replace those of the sample; `known` are the answers so far, None for those of the sample;
    `language` is '' where the person has none. `title` is English, or the address of a contact.
    """

    key: str
    title: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, Any] | None = None
    language: str = ""

    @property
    def is_contact(self) -> bool:
        """Whether the person is a contact of the store."""
        return self.key not in STOCK


SAMPLE = Person("sample", "Sample")
STOCK = {
    each.key: each
    for each in (
        SAMPLE,
        Person("no-name", "Without a name", {"first_name": "", "last_name": "", "company": ""}),
        Person(
            "longest",
            "Longest name",
            {
                "first_name": "María Guadalupe de los Ángeles",
                "last_name": "Fernández de Córdoba Villavicencio-Echeverry",
                "company": "Cooperativa Multiactiva de Productores Agropecuarios y Comercializadores del Suroccidente Colombiano",
            },
        ),
        Person(
            "quotes",
            "Quotes and signs",
            {
                "first_name": "Zoë “Kit” <K>",
                "last_name": "O’Neill-D'Ávila & Hijos…",
                "company": 'Tom & Jerry\'s «Café» "R<D>" – 100 %',
            },
        ),
        Person(
            "right-to-left",
            "Right to left",
            {"first_name": "محمد", "last_name": "عبد الرحمن الهاشمي", "company": "شركة النور للتجارة"},
        ),
    )
}


def find(key: str) -> Person:
    """Return the stock person or the contact with this key; the sample's for any other, or if the user may not read people."""
    if key in STOCK:
        return STOCK[key]
    return (_contact(key) if key.isalnum() and len(key) < 40 and access.may(MAY_READ) else None) or SAMPLE


def key_of(address: str) -> str:
    """Return the key of the contact with this address; '' if there is none."""
    try:
        with state().store.read() as tx:
            contact = contacts.find(tx, address)
    except BadAddress:
        return ""
    return contact["id"] if contact else ""


def recipient(source: EmailSource, person: Person) -> Recipient:
    """Return the recipient of the email's sample with the fields and answers of the person, and with ids that belong to nobody."""
    sample = messages.sample(source)
    fields = {**sample.person, **person.fields}
    name = " ".join(part for part in (fields["first_name"], fields["last_name"]) if part)
    known = sample.known if person.known is None else person.known
    address = Address(name, addresses.ascii_form(str(fields["email"])) if person.is_contact else sample.address.email)
    return replace(sample, address=address, person=fields, known=known)


def _contact(contact_id: str) -> Person | None:
    with state().store.read() as tx:
        contact = contacts.by_id(tx, contact_id)
        answers = tx.answers.of_contact(contact_id=contact["id"]) if contact else []
    if contact is None:
        return None
    email = contact["email"]
    fields = personal(contact, email)
    return Person(
        contact["id"], contacts.full_name(contact) or email, fields, answers_by_name(answers), contact["language"]
    )
