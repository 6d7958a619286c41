"""Turns a contact into the value `person` of email templates."""

from __future__ import annotations

from typing import Any, TypedDict

from builder.context import OwnFields
from server.contacts import own_fields


class Personal(TypedDict):
    """The columns of a contact that a template may use, besides the address."""

    first_name: str
    last_name: str
    company: str
    phone: str
    country: str
    fields: str


def person(row: Personal, address: str) -> dict[str, Any]:
    """Return the value of `person` in a template."""
    return {
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "company": row["company"],
        "email": address,
        "phone": row["phone"],
        "country": row["country"],
        "fields": OwnFields(own_fields.read(row["fields"]) if row["fields"] != "{}" else {}),
    }
