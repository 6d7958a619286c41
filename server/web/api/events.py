"""Lists events in the order they happened, so that a program which keeps its last cursor reads each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server import jsontext
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import ApiReply, Call, Endpoint
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

if TYPE_CHECKING:
    from server.store.queries.events import EventsListedRow

EVENT = closed_object(
    {
        "id": id_("The event's id."),
        "kind": string("answered, withdrew (the person took an answer back), unsubscribed. New kinds may be added."),
        "contact_id": id_("The contact."),
        "address": or_null(string("The contact's email address.")),
        "message_id": string("The message that the event belongs to; empty for none."),
        "email": or_null(string("The email (template) of that message.")),
        "block": string("The question's name; empty for an event without a question."),
        "values": array(string("A value of an option, or the person's own words."), "The chosen or written values."),
        "channel": string("The way it arrived: page, amp, gmail, card, reply, reaction, calendar or api."),
        "grade": string(
            "The strength of the evidence that a person acted, weakest first: fetched, posted, left_open, gestured, asked, "
            "authenticated."
        ),
        "verdict": one_of(
            "The judgement of who acted; empty for events that are not judged.", "person", "machine", "undecided", ""
        ),
        "at": moment("When it happened."),
    }
)


def as_json(row: EventsListedRow) -> ApiReply:
    """Return an event as the API shows it."""
    return {
        "id": row["id"],
        "kind": row["kind"],
        "contact_id": row["contact_id"],
        "address": row["address"],
        "message_id": row["message_id"],
        "email": row["email"],
        "block": row["block"],
        "channel": row["channel"],
        "grade": row["grade"],
        "verdict": row["verdict"],
        "values": jsontext.loads(row["value"]),
        "at": iso(row["at"]),
    }


def index(tx: Session, call: Call) -> ApiReply:
    """List events, oldest first, after the cursor."""
    limit, asked = call.query["limit"], call.query
    after_at, after_id = cursors.after(call, (since(call), ""))
    given = {"after_at": after_at, "after_id": after_id, "email": asked.get("email", ""), "limit": limit + 1}
    contact = asked.get("contact_id")
    rows = tx.events.listed_of(contact_id=contact, **given) if contact else tx.events.listed(**given)
    return cursors.page(rows, limit, lambda row: (row["at"], row["id"]), as_json)


def since(call: Call) -> int:
    """Return the moment just before the parameter `since` (ms UTC); a moment before every row without it."""
    return read_moment(call.query["since"]) - 1 if "since" in call.query else -(2**52)


ENDPOINTS = (
    Endpoint(
        name="list_events",
        method="GET",
        path="/events",
        scope="events:read",
        title="List events, oldest first",
        help="Every answer as it arrived, with changed answers and those of mail scanners. GET /answers lists the answers that count.",
        does=index,
        reply=page_of(EVENT),
        query={
            "contact_id": id_("Only events of this contact."),
            "email": line("Only events of this email.", 100),
            "since": moment("Only events at this moment or later."),
            **PAGING,
        },
        exports="events",
    ),
)
