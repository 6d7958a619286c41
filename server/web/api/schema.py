"""Builds the JSON Schemas of parameters, bodies and replies; the same schemas validate calls and describe the API."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

Schema = dict[str, Any]
LINE = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"  # one line, without control characters
TEXT = r"^[^\u0000]*$"  # PostgreSQL cannot store NUL
ID = r"^[A-Za-z0-9_-]{1,64}$"


def line(help_: str, most: int, least: int = 0) -> Schema:
    """Return the schema of a text on one line, `least` to `most` characters long."""
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": LINE, "description": help_}


def words(help_: str, most: int, least: int = 0) -> Schema:
    """Return the schema of a text that may have several lines."""
    return {**line(help_, most, least), "pattern": TEXT}


def id_(help_: str) -> Schema:
    """Return the schema of an id."""
    return {"type": "string", "pattern": ID, "maxLength": 64, "description": help_}


def one_of(help_: str, *values: str) -> Schema:
    """Return the schema of a text with one of these values."""
    return {"type": "string", "enum": list(values), "description": help_}


def moment(help_: str) -> Schema:
    """Return the schema of a date and time with a zone (RFC 3339)."""
    return {"type": "string", "format": "date-time", "maxLength": 40, "pattern": LINE, "description": help_}


def day(help_: str) -> Schema:
    """Return the schema of a date such as 2027-03-01."""
    return {"type": "string", "format": "date", "maxLength": 10, "pattern": LINE, "description": help_}


def integer(help_: str, least: int | None = None, most: int | None = None) -> Schema:
    """Return the schema of an integer, with optional bounds."""
    bounds = {"minimum": least, "maximum": most}
    return {"type": "integer", "description": help_, **{name: at for name, at in bounds.items() if at is not None}}


def boolean(help_: str) -> Schema:
    """Return the schema of true or false."""
    return {"type": "boolean", "description": help_}


def array(of: Schema, help_: str = "", most: int | None = None, least: int | None = None) -> Schema:
    """Return the schema of a list of `of`, with optional bounds of its length."""
    bounds = {"maxItems": most, "minItems": least}
    return {
        "type": "array",
        "items": of,
        **({"description": help_} if help_ else {}),
        **{name: at for name, at in bounds.items() if at is not None},
    }


def string(help_: str) -> Schema:
    """Return the schema of a text in a reply, without limits."""
    return {"type": "string", "description": help_}


def or_null(schema: Schema) -> Schema:
    """Return the schema with null allowed too."""
    return {**schema, "type": [schema["type"], "null"]}


def object_(fields: dict[str, Schema], *required: str) -> Schema:
    """Return the schema of an object with these fields and no others."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def closed_object(fields: dict[str, Schema]) -> Schema:
    """Return the schema of an object in a reply, which always has every field."""
    return object_(fields, *fields)


def page_of(item: Schema) -> Schema:
    """Return the schema of a page of a list; its `next` is the cursor of the following page."""
    after = or_null(string("Send it as `cursor` to read the next page; null on the last page."))
    return closed_object({"data": array(item), "next": after})


PAGING: dict[str, Schema] = {
    "limit": {**integer("The maximum number of entries in the page.", 1, 200), "default": 50},
    "cursor": line("The value of `next` from the previous page.", 400),
}


def iso(at_ms: int) -> str:
    """Write milliseconds UTC as 2027-03-01T15:00:00.000Z."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_or_none(at_ms: int | None) -> str | None:
    """Write milliseconds UTC like `iso`; None for None and 0."""
    return iso(at_ms) if at_ms else None


def read_moment(given: str) -> int:
    """Read a date and time as milliseconds UTC. Raises ValueError if it is invalid or has no zone."""
    found = datetime.fromisoformat(given.upper())
    if found.tzinfo is None:
        raise ValueError(given)
    try:
        return int(found.timestamp() * 1000)
    except OverflowError as error:
        raise ValueError(given) from error


def read_day(given: str) -> str:
    """Read a date and return it as 2027-03-01. Raises ValueError."""
    return date.fromisoformat(given).isoformat()
