"""Answers: what counts now, and one that a person gave elsewhere, at the telephone or on paper, recorded like any other."""

from __future__ import annotations

from builder.tokens import Action
from server import jsontext
from server.capture.hits import Hit
from server.capture.receive import Receipt, Refusal, receive_in_transaction
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import Call, Endpoint, Row
from server.web.api.events import since
from server.web.api.problems import Problem, field
from server.web.api.schema import (
    PAGING,
    array,
    boolean,
    closed_object,
    id_,
    integer,
    iso,
    line,
    moment,
    object_,
    one_of,
    page_of,
    string,
    words,
)

FIELDS = (
    "contact_id",
    "address",
    "message_id",
    "email",
    "block",
    "kind",
    "question",
    "state",
    "verdict",
    "grade",
    "changes",
)
STATES = ("provisional", "confirmed", "undecided", "withdrawn", "machine")
ANSWER = closed_object(
    {
        "contact_id": id_("Whose."),
        "address": string("Their address."),
        "message_id": id_("The message it answers."),
        "email": string("The email of that message."),
        "block": string("The question's name in it."),
        "kind": string("What kind of block it is; empty for those of old."),
        "question": string("What was asked, in the words it was asked in."),
        "values": array(string("One choice."), "What counts now."),
        "labels": array(string("In words."), "The same as the person read it."),
        "state": one_of(
            "Only confirmed answers give points and set flows off. Provisional: a person's, and its wait is not over. Undecided: a "
            "mail scanner may have given it, until somebody of the team says. Withdrawn: the person took it back. Machine: a scanner's.",
            *STATES,
        ),
        "verdict": string("Who gave it, as judged: person, undecided or machine."),
        "grade": string("How sure we are that a person did it."),
        "changes": integer("How often the mind was changed."),
        "answered_at": moment("When."),
    }
)
INPUT = object_(
    {
        "message_id": id_("The message whose question it answers."),
        "block": line("The question's name in the email.", 64, 1),
        "values": array(words("A value of an option, or the person's own words.", 5000), "What they chose.", 50, 1),
    },
    *("message_id", "block", "values"),
)
REFUSED = {
    Refusal.GONE: ("not_found", "This message has no such question, or its person was erased."),
    Refusal.CLOSED: ("conflict", "This question takes no more answers."),
    Refusal.TAKEN: ("conflict", "The time was taken meanwhile, or has passed. Choose another one."),
}


def as_json(row: Row) -> Row:
    said_ = {
        "values": jsontext.loads(row["value"]),
        "labels": [each["label"] for each in jsontext.loads(row["points"])],
    }
    return {**{name: row[name] for name in FIELDS}, **said_, "answered_at": iso(row["answered_at"])}


def index(tx: Session, call: Call) -> Row:
    limit, asked = call.query["limit"], call.query
    at, *after = cursors.after(call, (since(call), "", "", ""))
    given = dict(zip(("after_contact", "after_message", "after_block"), after, strict=True))
    filters = {name: asked.get(name, "") for name in ("email", "block", "state", "contact_id")}
    rows = tx.answers.listed(after_at=at, **given, **filters, limit=limit + 1)
    return cursors.page(
        rows, limit, lambda row: (row["answered_at"], row["contact_id"], row["message_id"], row["block"]), as_json
    )


def record(tx: Session, call: Call) -> Row:
    """The program vouches for the person: that is what its scope is for. What they said before is kept as history."""
    given, message = call.body, tx.messages.by_id_alone(id=call.body["message_id"])
    if message is None:
        raise Problem("not_found", "There is no message with this id.")
    action = Action("answer", message["contact_id"], message["id"], given["block"], call.now // 1000)
    hit = Hit(
        *(message["contact_id"], message["id"], given["block"], "answer", "POST"),
        choice=",".join(given["values"])[:300],
        agent=call.by_whom,
        nonce=call.nonce,
        channel="api",
        vouched="api",
    )
    receipt = receive_in_transaction(tx, action, tuple(given["values"]), hit, call.state.rules, call.now)
    if receipt is Refusal.NOT_AN_ANSWER:
        raise field("/values", "The question takes no such answer: its options stand in the email.")
    if not isinstance(receipt, Receipt):
        raise Problem(*REFUSED[receipt])
    rows = tx.answers.of_message(contact_id=message["contact_id"], message_id=message["id"])
    answer = next(as_json({**row, "address": message["address"]}) for row in rows if row["block"] == given["block"])
    return {"contact_id": message["contact_id"], "answer": answer, "kept": receipt.kept, "next": receipt.following}


RECORDED = closed_object(
    {
        "contact_id": id_("Whose."),
        "answer": ANSWER,
        "kept": boolean("True when an answer of before still counts instead of this one."),
        "next": {"type": ["string", "null"], "description": "The next question of the message without an answer."},
    }
)
ENDPOINTS = (
    Endpoint(
        name="list_answers",
        method="GET",
        path="/answers",
        scope="answers:read",
        title="List the answers that count now, those given first before the others",
        help="A change of mind moves an answer to the end, so that a program that keeps its last cursor meets it again.",
        does=index,
        reply=page_of(ANSWER),
        query={
            "contact_id": id_("Of this person alone."),
            "email": line("To this email alone.", 100),
            "block": line("To this question alone.", 64),
            "state": one_of("Those that stand so.", *STATES),
            "since": moment("Given from this moment on."),
            **PAGING,
        },
        exports="answers",
    ),
    Endpoint(
        name="record_answer",
        method="POST",
        path="/answers",
        scope="answers:write",
        title="Record an answer that a person gave elsewhere",
        help="Its channel is `api`, and the key vouches that a person gave it: it counts at once, and flows follow.",
        does=record,
        reply=RECORDED,
        body=INPUT,
        problems=("conflict",),
    ),
)
