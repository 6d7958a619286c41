"""Defines the fields of a contact in the API: what a program sends, and what it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.contacts import more_details, own_fields, phones, tags
from server.web.api.endpoint import ApiReply
from server.web.api.schema import array, closed_object, id_, iso, line, moment, one_of, string

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

TAGS_MOST = 50
FIELDS = ("first_name", "last_name", "company", "language")
INPUT = {
    "email": {**line("The email address. Upper and lower case are the same address.", 254, 3), "format": "email"},
    "first_name": line("First name.", 200),
    "last_name": line("Last name.", 200),
    "company": line("Company.", 200),
    "language": one_of("The language of the contact's emails; empty for each email's first language.", "es", "en", ""),
    "phone": line(
        "Telephone number, as +57 300 123 4567 or as it is dialled in the contact's country.", phones.LONGEST
    ),
    "whatsapp": line("WhatsApp number, written like `phone`.", phones.LONGEST),
    "country": line("Country, by its ISO 3166-1 code, such as CO.", 2),
    "time_zone": line("Time zone, such as America/Bogota.", 64),
    "tags": {
        **array(line("A tag: a-z, 0-9, _ and -.", 31, 1), "All tags, in place of those stored.", TAGS_MOST),
    },
    "fields": {
        "type": "object",
        "description": "Your own fields, by name; an empty text removes a field, and a field left out keeps its text.",
        "additionalProperties": line("The text of the field.", own_fields.TEXT_MOST),
        "maxProperties": own_fields.NAMES_MOST,
    },
}
LINES = more_details.LINES
CONTACT = closed_object(
    {
        "id": id_("The contact's id: the `contact_id` of every other endpoint."),
        "email": string("The email address as it was given."),
        **{name: string(INPUT[name]["description"]) for name in (*FIELDS, *LINES)},
        "phone": string("Telephone number in E.164, such as +573001234567; empty for none."),
        "whatsapp": string("WhatsApp number in E.164; empty for none."),
        "tags": array(string("A tag."), "The tags, in alphabetical order."),
        "fields": {
            "type": "object",
            "description": "Your own fields that have a text, by name.",
            "additionalProperties": {"type": "string"},
        },
        "created_at": moment("When the contact was added."),
        "updated_at": moment("When the contact last changed."),
    }
)
ANA = {
    "email": "ana@example.com",
    "first_name": "Ana",
    "last_name": "Díaz",
    "company": "Ferretería Díaz",
    "phone": "+57 300 123 4567",
    "tags": ["fair"],
    "fields": {"job": "Gerente"},
}


def as_json(row: ContactsRow) -> ApiReply:
    """Return a contact as the API shows it."""
    return {
        "id": row["id"],
        "email": row["email"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "company": row["company"],
        "language": row["language"],
        "phone": row["phone"],
        "whatsapp": row["whatsapp"],
        "country": row["country"],
        "time_zone": row["time_zone"],
        "tags": tags.read(row["tags"]),
        "fields": own_fields.read(row["fields"]),
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
    }
