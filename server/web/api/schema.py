"""Words for the shapes of what goes in and out, as JSON Schema: what checks a call is what the document says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

Schema = dict[str, Any]
LINE = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"  # no control characters and no line ends of any kind: a name is one line
TEXT = r"^[^\u0000]*$"  # PostgreSQL has no room for NUL
ID = r"^[A-Za-z0-9_-]{1,64}$"


def line(help_: str, most: int, least: int = 0) -> Schema:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": LINE, "description": help_}


def words(help_: str, most: int, least: int = 0) -> Schema:
    return {**line(help_, most, least), "pattern": TEXT}


def id_(help_: str) -> Schema:
    return {"type": "string", "pattern": ID, "maxLength": 64, "description": help_}


def one_of(help_: str, *values: str) -> Schema:
    return {"type": "string", "enum": list(values), "description": help_}


def moment(help_: str) -> Schema:
    return {"type": "string", "format": "date-time", "maxLength": 40, "pattern": LINE, "description": help_}


def day(help_: str) -> Schema:
    return {"type": "string", "format": "date", "maxLength": 10, "pattern": LINE, "description": help_}


def integer(help_: str, least: int | None = None, most: int | None = None) -> Schema:
    bounds = {"minimum": least, "maximum": most}
    return {"type": "integer", "description": help_, **{name: at for name, at in bounds.items() if at is not None}}


def boolean(help_: str) -> Schema:
    return {"type": "boolean", "description": help_}


def array(of: Schema, help_: str = "", most: int | None = None, least: int | None = None) -> Schema:
    bounds = {"maxItems": most, "minItems": least}
    return {
        "type": "array",
        "items": of,
        **({"description": help_} if help_ else {}),
        **{name: at for name, at in bounds.items() if at is not None},
    }


def string(help_: str) -> Schema:
    """A text that we send: whatever it holds."""
    return {"type": "string", "description": help_}


def or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def object_(fields: dict[str, Schema], *required: str) -> Schema:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def closed_object(fields: dict[str, Schema]) -> Schema:
    """An object that we send: every field is always there."""
    return object_(fields, *fields)


def page_of(item: Schema) -> Schema:
    """A page of a list; `next` is the cursor of the page after it."""
    after = or_null(string("Send it as `cursor` to read the next page; null on the last page."))
    return closed_object({"data": array(item), "next": after})


PAGING: dict[str, Schema] = {
    "limit": {**integer("The maximum number of entries in the page.", 1, 200), "default": 50},
    "cursor": line("The value of `next` from the previous page.", 400),
}


def iso(at_ms: int) -> str:
    """Milliseconds UTC as 2027-03-01T15:00:00.000Z."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_or_none(at_ms: int | None) -> str | None:
    return iso(at_ms) if at_ms else None


def read_moment(given: str) -> int:
    """Milliseconds UTC. Raises ValueError for what is no moment with a zone."""
    found = datetime.fromisoformat(given.upper())
    if found.tzinfo is None:
        raise ValueError(given)
    try:
        return int(found.timestamp() * 1000)
    except OverflowError as error:
        raise ValueError(given) from error


def read_day(given: str) -> str:
    """Raises ValueError for what is none."""
    return date.fromisoformat(given).isoformat()
