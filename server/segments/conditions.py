"""Turns rules into conditions of the store, each condition of the table into one or more queries of `conditions.sql`. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from server import jsontext
from server.contacts import search
from server.segments.rules import Rule
from server.store.folding import folded
from server.store.narrowing import Condition, Joined, Negated
from server.store.narrowing import Rule as Where

DAY_MS = 86_400_000
Values = Mapping[str, Any]


def where(rule: Rule, now: int) -> Where:
    """Return a checked rule as the store takes it; `now` in ms UTC is the moment from which days are counted back."""
    if "all" in rule:
        return Joined("AND", tuple(where(part, now) for part in rule["all"]))
    if "any" in rule:
        return Joined("OR", tuple(where(part, now) for part in rule["any"]))
    if "not" in rule:
        return Negated(where(rule["not"], now))
    return CONDITIONS[rule["is"]](rule, _since(rule, now))


def _since(values: Values, now: int) -> int:
    """Return the moment since when things count; 0 for always."""
    return now - values["days"] * DAY_MS if values.get("days") else 0


def _text(query: str) -> Callable[[Values, int], Where]:
    """Return the condition on a column of text that is part of the search text."""

    def condition(values: Values, since: int) -> Where:
        within = f"%{_escaped(search.fold(values['value']))}%"
        return Condition(query, {"pattern": _pattern(values), "within": within})

    return condition


def _or_empty(of_text: Callable[[Values, int], Where], empty: str) -> Callable[[Values, int], Where]:
    return lambda values, since: Condition(empty) if values["how"] == "empty" else of_text(values, since)


def _field(values: Values, since: int) -> Where:
    field = values["field"]
    if values["how"] == "empty":
        return Condition("without_field", {"field": field})
    having = f'%"{_escaped(field)}":%'
    return Condition("field_like", {"field": field, "having": having, "pattern": _pattern(values)})


def _answered(values: Values, since: int) -> Where:
    asked = {"email": values["email"], "block": values["question"], "since_at": since}
    if not values.get("options"):
        return Condition("answered", asked)
    return Joined("OR", tuple(Condition("chose", {**asked, **_option(each)}) for each in values["options"]))


def _option(value: str) -> dict[str, str]:
    """Return the parameters that find an option in a stored list of options."""
    quoted = jsontext.dumps(value)
    many = f"%{_escaped(quoted)}%"
    return {"one": f"[{quoted}]", "many": many, "first": f"[{quoted}", "another": f",{quoted}"}


def _silent(values: Values, since: int) -> Where:
    email = {"email": values["email"]}
    return Joined("AND", (Condition("sent", email), Negated(Condition("responded", email))))


def _sent(values: Values, since: int) -> Where:
    email = values.get("email", "")
    if not email:
        return Condition("sent_anything", {"since_at": since})
    return (
        Condition("sent_since", {"email": email, "since_at": since}) if since else Condition("sent", {"email": email})
    )


def _stage(values: Values, since: int) -> Where:
    stage = values.get("stage", "")
    if not stage:
        return Negated(Condition("with_lead"))
    return (
        Condition("ended", {"outcome": stage}) if stage in ("won", "lost") else Condition("in_stage", {"stage": stage})
    )


def _owner(values: Values, since: int) -> Where:
    owned = Condition("owned_by", {"owner_id": values.get("owner", "")})
    return owned if values.get("owner") else Joined("OR", (owned, Negated(Condition("with_lead"))))


CONDITIONS: Mapping[str, Callable[[Values, int], Where]] = {
    "address": _text("address_like"),
    "name": _or_empty(_text("name_like"), "nameless"),
    "company": _or_empty(_text("company_like"), "without_company"),
    "field": _field,
    "language": lambda values, since: Condition("speaking", {"language": values.get("language", "")}),
    "country": lambda values, since: Condition("of_country", {"country": values.get("country", "")}),
    "tag": lambda values, since: Condition("tagged", {"pattern": search.within(values["tag"])}),
    "added": lambda values, since: Condition("added_since", {"since_at": since}),
    "imported": lambda values, since: Condition("imported", {"import_id": values["list"]}),
    "people": lambda values, since: Condition("these", {"ids": tuple(values["ids"])}),
    "answered": _answered,
    "silent": _silent,
    "opened": lambda values, since: Condition(
        "opened", {"email": values["email"], "block": values["question"], "since_at": since}
    ),
    "sent": _sent,
    "refused": lambda values, since: Condition("suppressed", {"scope": values["scope"]}),
    "stage": _stage,
    "owner": _owner,
    "booked": lambda values, since: Condition("booked", {"calendar": values.get("calendar", "")}),
}


def _pattern(values: Values) -> str:
    """Return the LIKE pattern of a comparison, for folded text with \\ as its escape."""
    typed = _escaped(folded(values["value"]))
    return {"is": typed, "contains": f"%{typed}%", "ends": f"%{typed}"}[values["how"]]


def _escaped(text: str) -> str:
    return text.translate(search.ESCAPED)
