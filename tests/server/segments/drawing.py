"""Draws stores and rules from small pools of values, so that a rule finds somebody often."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from server.contacts import search
from server.segments import model, table
from tests.server.segments.rows import Row

NOW = 1_803_913_200_000
DAY = 86_400_000
IDS = [f"c{number}" for number in range(6)]
WORDS = ["Ana", "ANA", "Núñez", "nunez", "Café 100%", "a_b", "a\\b", "ÑAME", "Øre", "ﬁn", "Straße", 'x"y', "e\u0301l"]
EMAILS, BLOCKS, VALUES = ["hello", "Hello", "bye"], ["need", "when"], ["crm", "CRM", "a,b", 'q"t', "ñ"]
TAGS, FIELDS, CALENDARS, OWNERS = ["vip", "vi", "v_p"], ["city", "cit", "job_title"], ["call", "visit"], ["u1", "u2"]
word = st.sampled_from(WORDS)
text = st.one_of(st.just(""), word)
moments = st.sampled_from([NOW - days * DAY + shift for days in (0, 1, 30, 31, 400) for shift in (-1, 0, 1)])


@st.composite
def contact(draw: st.DrawFn, number: int) -> Row:
    fields = draw(st.dictionaries(st.sampled_from(FIELDS), word, max_size=3))
    row: dict[str, Any] = {
        "id": IDS[number],
        "email": f"p{number}@{draw(st.sampled_from(['Uno.example', 'dos.example']))}",
        "first_name": draw(text),
        "last_name": draw(text),
        "company": draw(text),
        "language": draw(st.sampled_from(["", "es", "en"])),
        "country": draw(st.sampled_from(["", "CO", "ES"])),
        "tags": "".join([",", *(f"{tag}," for tag in sorted(draw(st.sets(st.sampled_from(TAGS)))))]),
        "fields": json.dumps(dict(sorted(fields.items())), ensure_ascii=False, separators=(",", ":")),
        "created_at": draw(moments),
    }
    return {**row, "email_key": row["email"].lower(), "search_text": search.text_of(row)}  # type: ignore[arg-type]


def answers(ids: list[str]) -> st.SearchStrategy[list[Row]]:
    row = st.fixed_dictionaries(
        {
            "contact_id": st.sampled_from(ids),
            "message_id": st.sampled_from(["m1", "m2", "m3"]),
            "block": st.sampled_from(BLOCKS),
            "email": st.sampled_from(EMAILS),
            "value": st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True).map(_compact),
            "state": st.sampled_from(["confirmed", "confirmed", "provisional", "machine", "withdrawn"]),
            "superseded": st.sampled_from([0, 0, 1]),
            "answered_at": moments,
        }
    )
    return st.lists(
        row, min_size=4, max_size=12, unique_by=lambda each: (each["contact_id"], each["message_id"], each["block"])
    )


def messages(ids: list[str]) -> st.SearchStrategy[list[Row]]:
    row = st.fixed_dictionaries(
        {
            "contact_id": st.sampled_from(ids),
            "id": st.sampled_from(["m1", "m2", "m3"]),
            "email": st.sampled_from(EMAILS),
            "state": st.sampled_from(["sent", "sent", "queued", "failed"]),
            "sent_at": moments,
        }
    ).map(lambda each: {**each, "sent_at": each["sent_at"] if each["state"] == "sent" else None})
    return st.lists(row, min_size=3, max_size=10, unique_by=lambda each: (each["contact_id"], each["id"]))


def leads(ids: list[str]) -> st.SearchStrategy[list[Row]]:
    row = st.fixed_dictionaries(
        {
            "contact_id": st.sampled_from(ids),
            "stage": st.sampled_from(["cold", "warm", "hot"]),
            "outcome": st.sampled_from(["", "", "won", "lost"]),
            "owner_id": st.sampled_from(["", *OWNERS]),
        }
    )
    return st.lists(row, max_size=6, unique_by=lambda each: each["contact_id"])


@st.composite
def stores(draw: st.DrawFn) -> dict[str, list[Row]]:
    """A store of up to six contacts with everything that conditions read."""
    contacts = [draw(contact(number)) for number in range(draw(st.sampled_from([0, 4, 5, 6])))]
    ids = [row["id"] for row in contacts] or IDS[:3]
    some = st.sampled_from(ids)
    booking = {
        "contact_id": some,
        "calendar": st.sampled_from(CALENDARS),
        "state": st.sampled_from(["booked", "cancelled"]),
    }
    hit = {
        "contact_id": some,
        "message_id": st.sampled_from(["m1", "m2"]),
        "block": st.sampled_from(BLOCKS),
        "purpose": st.sampled_from(["answer", "unsubscribe"]),
        "method": st.sampled_from(["GET", "POST"]),
        "at": moments,
    }
    listed = {
        "contact_id": st.sampled_from([*ids, ""]),
        "import_id": st.sampled_from(["i1", "i2"]),
        "outcome": st.sampled_from(["new", "changed", "same", "left_out"]),
    }
    refusal = {
        "address_key": st.sampled_from([row["email_key"] for row in contacts] or ["nobody@example.com"]),
        "scope": st.sampled_from(["all", "marketing"]),
    }
    bookings = draw(st.lists(st.fixed_dictionaries(booking), max_size=4))
    hits = draw(st.lists(st.fixed_dictionaries(hit), max_size=5))
    mails = draw(messages(ids))
    merged = draw(st.lists(st.fixed_dictionaries({"contact_id": some}), max_size=2))
    return {
        "contacts": contacts,
        "answers": draw(answers(ids)),
        "messages": mails,
        "leads": draw(leads(ids)),
        "bookings": [{**row, "id": f"b{at}", "seat": at + 1} for at, row in enumerate(bookings)],
        "hits": _of_emails(hits, mails),
        "suppressions": draw(
            st.lists(
                st.fixed_dictionaries(refusal), max_size=4, unique_by=lambda row: (row["address_key"], row["scope"])
            )
        ),
        "import_rows": [
            {**row, "line": at} for at, row in enumerate(draw(st.lists(st.fixed_dictionaries(listed), max_size=5)))
        ],
        "contact_aliases": [{**row, "alias_id": f"a{at}"} for at, row in enumerate(merged)],
    }


VALUES_OF: dict[str, st.SearchStrategy[Any]] = {
    "text": st.one_of(word, st.sampled_from(["p1@uno.EXAMPLE", "dos.example", "%", "_", "nu", "e"])),
    "field": st.sampled_from(FIELDS),
    "language": st.sampled_from(["es", "en"]),
    "country": st.sampled_from(["CO", "ES"]),
    "tag": st.sampled_from(TAGS),
    "days": st.sampled_from([1, 30, 400]),
    "list": st.sampled_from(["i1", "i2"]),
    "ids": st.lists(st.sampled_from([*IDS, "a0", "a1", "gone"]), min_size=1, max_size=3),
    "email": st.sampled_from(EMAILS),
    "question": st.sampled_from(BLOCKS),
    "options": st.lists(st.sampled_from(VALUES), min_size=1, max_size=2, unique=True),
    "stage": st.sampled_from(table.STAGES),
    "owner": st.sampled_from(OWNERS),
    "calendar": st.sampled_from(CALENDARS),
    "scope": st.sampled_from(list(table.SCOPES)),
}


@st.composite
def condition(draw: st.DrawFn, name: str = "") -> dict[str, Any]:
    """One condition of the table, of this name if it is given, with values for its fields; optional ones may be missing."""
    chosen = table.WORDS[name or draw(st.sampled_from(list(table.WORDS)))]
    values: dict[str, Any] = {"is": chosen.name}
    for field in chosen.fields:
        kind, *choices = field.kind.split()
        needed = not field.optional or (field.name == "value" and values.get("how") != "empty")
        if needed or draw(st.booleans()):
            values[field.name] = draw(st.sampled_from(choices) if choices else VALUES_OF[kind])
    return values


rules = st.recursive(
    condition(),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
).filter(lambda rule: depth(rule) <= model.DEPTH_MOST)


each_condition = st.tuples(*map(condition, table.WORDS))


def depth(rule: dict[str, Any]) -> int:
    inside = [rule["not"]] if "not" in rule else rule.get("all", rule.get("any", []))
    return 1 + max(map(depth, inside), default=0)


def _compact(values: list[str]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _of_emails(hits: list[Row], mails: list[Row]) -> list[Row]:
    """Give each hit its id and, if it opened a page, the email of its message, as the program stores them."""
    emails = {(row["contact_id"], row["id"]): row["email"] for row in mails}
    opened = ("GET", "answer")
    return [
        {**row, "id": f"h{at}", "email": emails.get((row["contact_id"], row["message_id"]), "") * is_opened}
        for at, row in enumerate(hits)
        for is_opened in [(row["method"], row["purpose"]) == opened]
    ]
