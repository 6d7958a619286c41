"""Reads a call's path, parameters and body, and validates them with jsonschema against the endpoint's declaration.

The OpenAPI document shows the same schemas, so that it promises exactly what is checked. No other module uses jsonschema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from flask import Request
from jsonschema import Draft202012Validator, ValidationError, validators

from server import jsontext
from server.web.api import schema
from server.web.api.endpoint import Endpoint
from server.web.api.problems import ApiProblem
from server.web.api.schema import Schema

ERRORS_MOST = 20
INTEGER = re.compile(r"-?[0-9]{1,15}")
TRUTHS = {"true": True, "false": False}
Error = dict[str, str]

FORMATS = {
    "date-time": "This must be a date and time with a zone, such as 2027-03-01T15:00:00Z.",
    "date": "This must be a date, such as 2027-03-01.",
}
SENTENCES: Mapping[str, Callable[[ValidationError], str]] = {
    "type": lambda error: f"This must be {_named(error.validator_value)}.",
    "enum": lambda error: f"This must be one of: {', '.join(map(str, error.validator_value))}.",
    "minLength": lambda error: f"This must have {error.validator_value} characters or more.",
    "maxLength": lambda error: f"This may have {error.validator_value} characters at most.",
    "pattern": lambda error: "This has a character that is not allowed here.",
    "minimum": lambda error: f"This must be {error.validator_value} or more.",
    "maximum": lambda error: f"This must be {error.validator_value} or less.",
    "minItems": lambda error: f"This must have {error.validator_value} entries or more.",
    "maxItems": lambda error: f"This may have {error.validator_value} entries at most.",
    "minProperties": lambda error: "This must have at least one field.",
    "format": lambda error: FORMATS[error.validator_value],
}


def path(endpoint: Endpoint, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return the arguments in the path. Raises Problem (not found) if one cannot be an id."""
    if not all(re.fullmatch(schema.ID, value) for value in given.values()):
        raise ApiProblem("not_found")
    return given


def query(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    """Return the parameters, converted to their types, with the defaults of those left out. Raises Problem."""
    given = {name: _typed(value, endpoint.query.get(name, {})) for name, value in request.args.items()}
    twice = [name for name in request.args if len(request.args.getlist(name)) > 1]
    errors = [{"parameter": name, "detail": "This parameter was sent twice."} for name in twice]
    for found in _errors(schema.object_(dict(endpoint.query)), given):
        errors.append({"parameter": found["pointer"][1:], "detail": found["detail"]})
    if errors:
        raise ApiProblem("bad_parameter", errors=errors[:ERRORS_MOST])
    defaults = {name: row["default"] for name, row in endpoint.query.items() if "default" in row}
    return {**defaults, **given}


def body(endpoint: Endpoint, request: Request) -> Any:
    """Return the validated body; None if the endpoint takes none. Raises Problem."""
    if endpoint.body is None:
        return None
    if request.mimetype != "application/json":
        raise ApiProblem("not_json")
    try:
        given = jsontext.loads(request.get_data().decode("utf-8"))
    except ValueError as error:
        raise ApiProblem("bad_json", f"The body is not JSON: {str(error)[:200]}.") from error
    if errors := _errors(endpoint.body, given):
        raise ApiProblem("invalid", errors=errors)
    return given


def _typed(value: str, declared: Schema) -> Any:
    """Convert a parameter's text to its declared type. A text that cannot be converted stays text, which validation refuses."""
    if declared.get("type") == "integer" and INTEGER.fullmatch(value):
        return int(value)
    if declared.get("type") == "boolean":
        return TRUTHS.get(value, value)
    return value


def _errors(declared: Schema, given: Any) -> list[Error]:
    checked = _validator(jsontext.dumps(declared))
    found: list[Error] = []
    for error in checked.iter_errors(given):
        found += _told(error)
        if len(found) >= ERRORS_MOST:
            break
    return found[:ERRORS_MOST]


def _told(error: ValidationError) -> list[Error]:
    """Convert an error of jsonschema to our form, with the pointer of the missing or unknown field itself."""
    at = "".join(f"/{_escaped(part)}" for part in error.absolute_path)
    if error.validator == "required":
        missing = next(name for name in error.validator_value if repr(name) == error.message.split(" is a ")[0])
        return [{"pointer": f"{at}/{_escaped(missing)}", "detail": "This is required."}]
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        detail = f"This field does not exist. Fields: {', '.join(known) or 'none'}."
        return [{"pointer": f"{at}/{_escaped(name)}", "detail": detail} for name in error.instance if name not in known]
    return [{"pointer": at, "detail": SENTENCES[str(error.validator)](error)}]


def _escaped(part: object) -> str:
    """Escape a part of a JSON Pointer (RFC 6901 section 3)."""
    return str(part).replace("~", "~0").replace("/", "~1")


def _named(types: str | list[str]) -> str:
    names = {"string": "a string", "integer": "an integer", "boolean": "true or false", "array": "a list"}
    wanted = [types] if isinstance(types, str) else types
    return " or ".join(names.get(name, "an object" if name == "object" else name) for name in wanted)


@cache
def _validator(declared: str) -> Draft202012Validator:
    found: Draft202012Validator = _Validator(jsontext.loads(declared))
    return found


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Match `$` at the very end only, as ECMA 262 does; Python's `$` would allow a line break after it."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError("does not match")


def _format(validator: Any, name: str, instance: Any, declared: Any) -> Iterator[ValidationError]:
    readers = {"date-time": schema.read_moment, "date": schema.read_day}
    if isinstance(instance, str) and name in readers:
        try:
            readers[name](instance)
        except ValueError:
            yield ValidationError("is none")


_Validator: Any = validators.extend(Draft202012Validator, {"pattern": _pattern, "format": _format})
