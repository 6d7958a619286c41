"""Queues an email for one contact, and lists messages with their state. The worker's gate checks each before it leaves, as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.catalog import EmailSource
from server import email_versions, reasons
from server.contacts import contacts
from server.contacts.addresses import BadAddress
from server.errors import CannotDo
from server.flows import references
from server.sending import outbox, send
from server.sending.outbox import STATES
from server.store import Session, new_id
from server.web.api import cursors
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem, field
from server.web.api.schema import (
    PAGING,
    closed_object,
    id_,
    integer,
    iso,
    iso_or_none,
    line,
    moment,
    object_,
    one_of,
    or_null,
    page_of,
    string,
)

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesByIdAloneRow

MESSAGE = closed_object(
    {
        "id": id_("The message's id."),
        "contact_id": id_("The contact who receives it."),
        "address": string("The contact's email address."),
        "email": string("The email (template)."),
        "language": string("The language."),
        "mail_class": string("The class: transactional or marketing."),
        "stream": string("The stream: sender, domain and mail server by which it leaves."),
        "state": one_of(
            "The state. `unknown`: the mail may have arrived; an operator decides whether to send it again.", *STATES
        ),
        "reason": string("The reason why it waits, failed or was stopped, in a sentence; empty for none."),
        "attempts": integer("The number of attempts."),
        "created_at": moment("When it was queued."),
        "sent_at": or_null(moment("When the mail server accepted it; null before that.")),
    }
)
INPUT = object_(
    {
        "email": line("The email: the name of its template folder.", 100, 1),
        "to": {
            **line("The recipient's email address. An unknown address is added as a contact.", 254, 3),
            "format": "email",
        },
        "data": {"type": "object", "description": "Values for the template besides the contact, such as an order."},
    },
    *("email", "to"),
)


def as_json(row: MessagesByIdAloneRow) -> ApiReply:
    """Return a message as the API shows it."""
    return {
        "id": row["id"],
        "contact_id": row["contact_id"],
        "address": row["address"],
        "email": row["email"],
        "language": row["language"],
        "mail_class": row["mail_class"],
        "stream": row["stream"],
        "state": row["state"],
        "attempts": row["attempts"],
        "reason": reasons.sentence(row["reason"]),
        "created_at": iso(row["created_at"]),
        "sent_at": iso_or_none(row["sent_at"]),
    }


def index(tx: Session, call: Call) -> ApiReply:
    """List messages, newest first, after the cursor."""
    asked, limit = call.query, call.query["limit"]
    (before,) = cursors.after(call, (outbox.NEWEST,))
    if contact := asked.get("contact_id"):
        state = asked.get("state", "")
        rows = tx.messages.recent_of(contact_id=contact, state=state, before=before, limit=limit + 1)
    else:
        rows = outbox.listed(tx, asked.get("state"), before, limit + 1)
    return cursors.page(rows, limit, lambda row: (row["id"],), as_json)


def get(tx: Session, call: Call) -> ApiReply:
    """Return a message. Raises Problem."""
    return as_json(_known(tx, call.path["message_id"]))


def queue(tx: Session, call: Call) -> ApiReply:
    """Queue an email for an address; add an unknown address as a contact. Raises Problem."""
    given, source = call.body, call.prepared
    try:
        contact = contacts.find(tx, given["to"]) or contacts.upsert(tx, given["to"], call.now)
    except BadAddress as error:
        raise field("/to", error.why) from error
    try:
        send.bookable(tx, source)
    except CannotDo as error:
        raise field("/email", str(error)) from error
    email_versions.save(tx, source, call.now)
    try:
        intent = send.intent(source, contact, given.get("data", {}), new_id(call.now))
    except TypeError as error:
        raise field("/data", "The object is nested too deeply.") from error
    outbox.enqueue(tx, intent, call.now)
    return as_json(_known(tx, intent.id))


def again(tx: Session, call: Call) -> ApiReply:
    """Queue a failed, stopped or unknown message again. Raises Problem."""
    row = _known(tx, call.path["message_id"])
    if not outbox.requeue(tx, row["contact_id"], row["id"], call.now):
        raise ApiProblem(
            "conflict",
            f"The message is {row['state']}. Only a message that is failed, stopped or unknown can be sent again.",
        )
    return as_json(_known(tx, row["id"]))


def _sendable(call: Call) -> EmailSource:
    """Return the email if it can be sent. Run before the transaction, because lint and the check of all
    formats are slow. Raises Problem.
    """
    try:
        return references.sendable(call.state.store, call.state.settings, call.body["email"])
    except CannotDo as error:
        raise field("/email", str(error)) from error


def _known(tx: Session, message_id: str) -> MessagesByIdAloneRow:
    found = tx.messages.by_id_alone(id=message_id)
    if found is None:
        raise ApiProblem("not_found", "There is no message with this id.")
    return found


ENDPOINTS = (
    Endpoint(
        name="list_messages",
        method="GET",
        path="/messages",
        scope="messages:read",
        title="List messages, newest first",
        does=index,
        reply=page_of(MESSAGE),
        query={
            "state": one_of("Only messages in this state.", *STATES),
            "contact_id": id_("Only messages to this contact."),
            **PAGING,
        },
        exports="messages",
    ),
    Endpoint(
        name="send_message",
        method="POST",
        path="/messages",
        scope="messages:send",
        title="Send an email to a contact",
        help="The message is queued and leaves within seconds. If consent, a suppression or another rule forbids it, its state "
        "becomes `stopped` and `reason` says why.",
        does=queue,
        prepare=_sendable,
        reply=MESSAGE,
        body=INPUT,
        example={"email": "diagnosis", "to": "ana@example.com"},
        status=202,
    ),
    Endpoint(
        name="get_message",
        method="GET",
        path="/messages/{message_id}",
        scope="messages:read",
        title="Get a message and its state",
        does=get,
        reply=MESSAGE,
    ),
    Endpoint(
        name="send_again",
        method="POST",
        path="/messages/{message_id}/again",
        scope="messages:send",
        title="Send a failed, stopped or unknown message again",
        does=again,
        reply=MESSAGE,
        status=202,
        problems=("conflict",),
    ),
)
