"""Shows an email as the person saw it, with their answers marked, to everybody who may see the lead. Its links lead nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Response, abort, render_template

from builder.personalise import CannotPersonalise
from builder.tokens import TokenInvalid
from server import email_versions, jsontext
from server.booking import availability
from server.contacts.known_answers import answers_by_name
from server.sending import compose, preview
from server.store import Session
from server.web import headers
from server.web.room import Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.messages import MessagesRow

room = Room(
    "lead_mail",
    __name__,
    access={
        "show": "leads.read",
        "frame": "leads.read",
    },
)
LINK = re.compile(r'(<a\b[^>]*?)\shref="([^"]*)"', re.IGNORECASE)
ANSWER = re.compile(r"/a/([^/?#]+)/([^/?#]+)$")
MARK = (
    "<style>a[data-pressed]{outline:4px solid #12693a!important;outline-offset:3px;border-radius:6px}"
    'a[data-pressed]::after{content:" ✓";font-weight:700}</style></head>'
)
Pressed = frozenset[tuple[str, str]]  # blocks with the values that were answered


@room.app_template_filter()
def answer_labels(answer: AnswersRow) -> str:
    """Write the options of an answer in the words of the email."""
    return ", ".join(each["label"] for each in jsontext.loads(answer["points"])) or ", ".join(
        jsontext.loads(answer["value"])
    )


@room.get("/leads/<contact_id>/mails/<message_id>")
def show(contact_id: str, message_id: str) -> str:
    """Show one email to a lead, in a frame."""
    with state().store.read() as tx:
        message, contact = _message(tx, contact_id, message_id), tx.contacts.by_id(id=contact_id)
        answers = [row for row in tx.answers.of_contact(contact_id=contact_id) if row["message_id"] == message_id]
    return render_template("leads/mail.html", message=message, contact=contact, answers=answers)


@room.get("/leads/<contact_id>/mails/<message_id>/html")
def frame(contact_id: str, message_id: str) -> Response:
    """Return the email's HTML for the frame."""
    with state().store.read() as tx:
        message = _message(tx, contact_id, message_id)
        contact = tx.contacts.by_id(id=contact_id) or abort(404)
        answers = tx.answers.of_contact(contact_id=contact_id)
        email = email_versions.load(tx, message["version_id"], message["language"])
        as_sent: MessagesRow = {**message, "data": availability.as_sent(tx, message)}
    at = message["sent_at"] or message["created_at"]
    earlier = [row for row in answers if row["answered_at"] <= at]
    sender = compose.sender(
        state().settings, message["stream"], state().keyring, signed=False, held=state().brand.at(now_ms())
    )
    try:
        to = compose.recipient(as_sent, contact, answers_by_name(earlier), at)
        html = preview.plain(email, sender, to, at).html
    except CannotPersonalise:
        abort(404)
    return headers.mail(marked(html, pressed(answers, message_id), at))


def pressed(answers: list[AnswersRow], message_id: str) -> Pressed:
    """Return what the person answered to one message."""
    rows = [row for row in answers if row["message_id"] == message_id and row["state"] != "withdrawn"]
    return frozenset((row["block"], value) for row in rows for value in jsontext.loads(row["value"]))


def marked(html: str, answered: Pressed, at: int) -> str:
    """Remove the addresses of links, so that nobody answers for the person, and mark the options that were answered."""

    def without(found: re.Match[str]) -> str:
        return f"{found[1]} data-pressed" if _option(found[2], at) in answered else found[1]

    return LINK.sub(without, html).replace("</head>", MARK, 1)


def _option(url: str, at: int) -> tuple[str, str]:
    """Return the block and the value that a link answers; empty for another link."""
    found = ANSWER.search(url)
    try:
        return (state().keyring.read("answer", found[1], at // 1000).block, found[2]) if found else ("", "")
    except TokenInvalid:
        return "", ""


def _message(tx: Session, contact_id: str, message_id: str) -> MessagesRow:
    rows = tx.messages.of_contact(contact_id=contact_id)
    return next((row for row in rows if row["id"] == message_id), None) or abort(404)
