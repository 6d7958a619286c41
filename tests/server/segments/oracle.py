"""Says in plain Python which contacts meet a rule, from the same rows that the store has."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.server.segments.rows import Row, Tables

DAY = 86_400_000


def people(rule: Mapping[str, Any], tables: Tables, now: int) -> list[str]:
    """The ids of the contacts that meet the rule, in order."""
    return sorted(row["id"] for row in tables["contacts"] if meets(rule, row, tables, now))


def meets(rule: Mapping[str, Any], contact: Row, tables: Tables, now: int) -> bool:
    if "all" in rule:
        return all(meets(part, contact, tables, now) for part in rule["all"])
    if "any" in rule:
        return any(meets(part, contact, tables, now) for part in rule["any"])
    if "not" in rule:
        return not meets(rule["not"], contact, tables, now)
    since = now - rule["days"] * DAY if rule.get("days") else 0
    return bool(TESTS[rule["is"]](rule, contact, _Own(contact, tables), since))


class _Own:
    """The rows of one contact."""

    def __init__(self, contact: Row, tables: Tables) -> None:
        self._contact, self._tables = contact, tables

    def of(self, table: str, **wanted: Any) -> Iterator[Row]:
        for row in self._tables.get(table, ()):
            if row["contact_id"] == self._contact["id"] and all(row[key] == value for key, value in wanted.items()):
                yield row

    def refused(self, scope: str) -> bool:
        scopes = {
            row["scope"]
            for row in self._tables.get("suppressions", ())
            if row["address_key"] == self._contact["email_key"]
        }
        return bool(scopes & {"all", scope})

    def aliases(self) -> set[str]:
        return {row["alias_id"] for row in self.of("contact_aliases")} | {self._contact["id"]}


def plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not 0x300 <= ord(c) <= 0x36F)
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in bare)


def compares(rule: Mapping[str, Any], text: str) -> bool:
    if rule["how"] == "empty":
        return not text
    value, text = plain(rule["value"]), plain(text)
    return {"is": text == value, "contains": value in text, "ends": text.endswith(value)}[rule["how"]]


def answered(rule: Mapping[str, Any], contact: Row, own: _Own, since: int) -> bool:
    wanted = {"email": rule["email"], "block": rule["question"], "state": "confirmed", "superseded": 0}
    rows = [row for row in own.of("answers", **wanted) if row["answered_at"] >= since]
    options = rule.get("options")
    return bool(rows) if not options else any(set(options) & set(json.loads(row["value"])) for row in rows)


def silent(rule: Mapping[str, Any], contact: Row, own: _Own, since: int) -> bool:
    got = any(own.of("messages", email=rule["email"], state="sent"))
    said = [
        r for r in own.of("answers", email=rule["email"], superseded=0) if r["state"] in ("confirmed", "provisional")
    ]
    return got and not said


def sent(rule: Mapping[str, Any], contact: Row, own: _Own, since: int) -> bool:
    only = {"email": rule["email"]} if rule.get("email") else {}
    return any(row["sent_at"] >= since for row in own.of("messages", state="sent", **only))


def opened(rule: Mapping[str, Any], contact: Row, own: _Own, since: int) -> bool:
    mine = {row["id"] for row in own.of("messages", email=rule["email"])}
    hits = own.of("hits", block=rule["question"], method="GET", purpose="answer")
    return any(row["message_id"] in mine and row["at"] >= since for row in hits)


def stage(rule: Mapping[str, Any], contact: Row, own: _Own, since: int) -> bool:
    leads = list(own.of("leads"))
    wanted = rule.get("stage")
    return not leads if not wanted else any((row["outcome"] or row["stage"]) == wanted for row in leads)


TESTS: Mapping[str, Callable[[Mapping[str, Any], Row, _Own, int], Any]] = {
    "address": lambda rule, contact, own, since: compares(rule, contact["email"]),
    "name": lambda rule, contact, own, since: compares(rule, f"{contact['first_name']} {contact['last_name']}".strip()),
    "company": lambda rule, contact, own, since: compares(rule, contact["company"]),
    "field": lambda rule, contact, own, since: compares(rule, json.loads(contact["fields"]).get(rule["field"], "")),
    "language": lambda rule, contact, own, since: contact["language"] == rule.get("language", ""),
    "country": lambda rule, contact, own, since: contact["country"] == rule.get("country", ""),
    "tag": lambda rule, contact, own, since: rule["tag"] in contact["tags"].split(","),
    "added": lambda rule, contact, own, since: contact["created_at"] >= since,
    "imported": lambda rule, contact, own, since: any(
        row["outcome"] != "left_out" for row in own.of("import_rows", import_id=rule["list"])
    ),
    "people": lambda rule, contact, own, since: own.aliases() & set(rule["ids"]),
    "answered": answered,
    "silent": silent,
    "opened": opened,
    "sent": sent,
    "refused": lambda rule, contact, own, since: own.refused(rule["scope"]),
    "stage": stage,
    "owner": lambda rule, contact, own, since: rule.get("owner", "") == next(own.of("leads"), {}).get("owner_id", ""),
    "booked": lambda rule, contact, own, since: any(
        rule.get("calendar", "") in ("", row["calendar"]) for row in own.of("bookings", state="booked")
    ),
}
