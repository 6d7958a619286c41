"""Lists the answers that count now, and records an answer that a person gave elsewhere, for example by telephone or on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.tokens import Action
from server import jsontext
from server.capture.hits import Hit
from server.capture.receive import Receipt, Refusal, receive_in_transaction
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.events import since
from server.web.api.problems import ApiProblem, field
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

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersListedRow

STATES = ("provisional", "confirmed", "undecided", "withdrawn", "machine")
ANSWER = closed_object(
    {
        "contact_id": id_("The contact who answered."),
        "address": string("The contact's email address."),
        "message_id": id_("The message that asked."),
        "email": string("The email (template) of that message."),
        "block": string("The question's name in the email."),
        "kind": string("The kind of block, such as rate or choose; empty for answers older than this field."),
        "question": string("The question, as the person read it."),
        "values": array(
            string("A value of an option, or the person's own words."), "The chosen values that count now."
        ),
        "labels": array(string("A label."), "The same choices as the person read them."),
        "state": one_of(
            "Only `confirmed` answers give points and start flows. `provisional`: probably a person's, and still within the waiting time. "
            "`undecided`: a mail scanner may have sent it; a team member decides. `withdrawn`: the person took it back. "
            "`machine`: a scanner sent it.",
            *STATES,
        ),
        "verdict": string("The judgement of who answered: person, undecided or machine."),
        "grade": string(
            "The strength of the evidence that a person answered, such as posted, gestured or authenticated."
        ),
        "changes": integer("The number of times the person changed the answer."),
        "answered_at": moment("When the answer arrived."),
    }
)
INPUT = object_(
    {
        "message_id": id_("The message that asked the question."),
        "block": line("The question's name in the email.", 64, 1),
        "values": array(words("A value of an option, or the person's own words.", 5000), "The chosen values.", 50, 1),
    },
    *("message_id", "block", "values"),
)
REFUSED = {
    Refusal.GONE: ("not_found", "This message has no question with this name, or its contact was erased."),
    Refusal.CLOSED: ("conflict", "This question is closed and takes no more answers."),
    Refusal.TIME_TAKEN: ("conflict", "The time has passed, or somebody else booked it. Choose another time."),
}


def as_json(row: AnswersListedRow) -> ApiReply:
    """Return an answer as the API shows it."""
    return {
        "contact_id": row["contact_id"],
        "address": row["address"],
        "message_id": row["message_id"],
        "email": row["email"],
        "block": row["block"],
        "kind": row["kind"],
        "question": row["question"],
        "state": row["state"],
        "verdict": row["verdict"],
        "grade": row["grade"],
        "changes": row["changes"],
        "values": jsontext.loads(row["value"]),
        "labels": [each["label"] for each in jsontext.loads(row["points"])],
        "answered_at": iso(row["answered_at"]),
    }


def index(tx: Session, call: Call) -> ApiReply:
    """List answers, oldest first, after the cursor."""
    limit, asked = call.query["limit"], call.query
    at, *after = cursors.after(call, (since(call), "", "", ""))
    given = dict(zip(("after_contact", "after_message", "after_block"), after, strict=True))
    filters = {name: asked.get(name, "") for name in ("email", "block", "state", "contact_id")}
    rows = tx.answers.listed(after_at=at, **given, **filters, limit=limit + 1)
    return cursors.page(
        rows, limit, lambda row: (row["answered_at"], row["contact_id"], row["message_id"], row["block"]), as_json
    )


def record(tx: Session, call: Call) -> ApiReply:
    """Record an answer as certainly a person's, because the caller vouches for it. An earlier answer stays in
    the history. Raises Problem.
    """
    given, message = call.body, tx.messages.by_id_alone(id=call.body["message_id"])
    if message is None:
        raise ApiProblem("not_found", "There is no message with this id.")
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
        raise field("/values", "The question has no such option. Its options are declared in the email.")
    if not isinstance(receipt, Receipt):
        raise ApiProblem(*REFUSED[receipt])
    rows = tx.answers.of_message(contact_id=message["contact_id"], message_id=message["id"])
    answer = next(as_json({**row, "address": message["address"]}) for row in rows if row["block"] == given["block"])
    return {"contact_id": message["contact_id"], "answer": answer, "kept": receipt.kept, "next": receipt.following}


RECORDED = closed_object(
    {
        "contact_id": id_("The contact who answered."),
        "answer": ANSWER,
        "kept": boolean("True when an earlier answer still counts instead of this one."),
        "next": {
            "type": ["string", "null"],
            "description": "The name of the message's next unanswered question; null when there is none.",
        },
    }
)
ENDPOINTS = (
    Endpoint(
        name="list_answers",
        method="GET",
        path="/answers",
        scope="answers:read",
        title="List the answers that count now, oldest first",
        help="A changed answer moves to the end of the list, so a program that keeps its last cursor receives it again.",
        does=index,
        reply=page_of(ANSWER),
        query={
            "contact_id": id_("Only answers of this contact."),
            "email": line("Only answers to this email.", 100),
            "block": line("Only answers to the question with this name.", 64),
            "state": one_of("Only answers in this state.", *STATES),
            "since": moment("Only answers that arrived at this moment or later."),
            **PAGING,
        },
        exports="answers",
    ),
    Endpoint(
        name="record_answer",
        method="POST",
        path="/answers",
        scope="answers:write",
        title="Record an answer that a person gave by telephone, on paper or in another system",
        help="The answer's channel is `api`. The caller guarantees that a person gave it: it counts at once and starts flows.",
        does=record,
        reply=RECORDED,
        body=INPUT,
        problems=("conflict",),
    ),
)
