"""The contact as the templates of emails see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FIELDS = ("first_name", "last_name", "company")


def person(row: Mapping[str, Any]) -> dict[str, Any]:
    """The value of `person` in a template. `row` is a contact with its email address as `address`."""
    return {**{name: row[name] for name in FIELDS}, "email": row["address"]}
