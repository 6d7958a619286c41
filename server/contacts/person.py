"""The contact as the templates of emails see it."""

from __future__ import annotations

from typing import TypedDict


class Personal(TypedDict):
    """What a template may say of a person, besides their address."""

    first_name: str
    last_name: str
    company: str


def person(row: Personal, address: str) -> dict[str, str]:
    """The value of `person` in a template."""
    return {
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "company": row["company"],
        "email": address,
    }
