"""Events: the facts as they happened, oldest first, so that a program that keeps its last cursor reads each once."""

from __future__ import annotations

from server import jsontext
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import Call, Endpoint, Row
from server.web.api.schema import (
    PAGING,
    array,
    closed_object,
    id_,
    iso,
    line,
    moment,
    one_of,
    or_null,
    page_of,
    read_moment,
    string,
)

EVENT = closed_object(
    {
        "id": id_("The event."),
        "kind": string("answered, withdrew (an answer taken back), unsubscribed, and others as they come."),
        "contact_id": id_("Whose."),
        "address": or_null(string("Their address.")),
        "message_id": string("The message it came from; empty for none."),
        "email": or_null(string("The email of that message.")),
        "block": string("The question; empty for what is about no question."),
        "values": array(string("One choice."), "What was chosen or written."),
        "channel": string("page, amp, gmail, card, reply, reaction, calendar or api."),
        "grade": string(
            "How sure we are that a person did it: fetched, posted, left_open, gestured, asked or authenticated."
        ),
        "verdict": one_of(
            "Who did it, as judged; empty where nobody was to be judged.", "person", "machine", "undecided", ""
        ),
        "at": moment("When."),
    }
)


def as_json(row: Row) -> Row:
    kept = ("id", "kind", "contact_id", "address", "message_id", "email", "block", "channel", "grade", "verdict")
    return {**{name: row[name] for name in kept}, "values": jsontext.loads(row["value"]), "at": iso(row["at"])}


def index(tx: Session, call: Call) -> Row:
    limit, asked = call.query["limit"], call.query
    after_at, after_id = cursors.after(call, (since(call), ""))
    given = {"after_at": after_at, "after_id": after_id, "email": asked.get("email", ""), "limit": limit + 1}
    contact = asked.get("contact_id")
    rows = tx.events.listed_of(contact_id=contact, **given) if contact else tx.events.listed(**given)
    return cursors.page(rows, limit, lambda row: (row["at"], row["id"]), as_json)


def since(call: Call) -> int:
    """Just before the moment that `since` names, or before everything."""
    return read_moment(call.query["since"]) - 1 if "since" in call.query else -(2**52)


ENDPOINTS = (
    Endpoint(
        name="list_events",
        method="GET",
        path="/events",
        scope="events:read",
        title="List events, oldest first",
        help="Answers as they arrived, changes of mind and machines' included. What counts now is in the list of answers.",
        does=index,
        reply=page_of(EVENT),
        query={
            "contact_id": id_("Of this person alone."),
            "email": line("Of this email alone.", 100),
            "since": moment("From this moment on."),
            **PAGING,
        },
        exports="events",
    ),
)
