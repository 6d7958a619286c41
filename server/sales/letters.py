"""Writes mail from a salesperson to a lead: saved texts with placeholders, free times, refusals, and the entry in the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import escape

from server import notices
from server.contacts import suppressions
from server.errors import CannotDo
from server.sales import history
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.saved_texts import SavedTextsRow

SUBJECT_MAX, BODY_MAX, TEXTS_MAX = 200, 5_000, 50
PLACEHOLDERS = {"{name}": "first_name", "{nombre}": "first_name", "{company}": "company", "{empresa}": "company"}
REFUSED = {
    "all": "This address gets no mail: it bounced, reported an email as spam or asked for none.",
    "marketing": "This person unsubscribed. If they asked you for an answer, write from your own mailbox.",
}
NO_SUBJECT, NO_BODY = "Write a subject.", "Write the message."
TOO_MANY = "You have saved {most} texts already. Remove one first."


class Writer(NamedTuple):
    """The salesperson who writes: answers reach `address`, the history shows `name`."""

    id: str
    name: str
    address: str


def refusal(tx: Session, contact: ContactsRow) -> str:
    """Return why the person may not be written to, as a text of REFUSED; '' if they may."""
    scopes = suppressions.covers(tx, contact["email_key"])
    return next((words for scope, words in REFUSED.items() if scope in scopes), "")


def filled(text: str, contact: Mapping[str, object]) -> str:
    """Replace the placeholders of a saved text by the person's name and company."""
    for mark, column in PLACEHOLDERS.items():
        text = text.replace(mark, str(contact[column]))
    return text


def with_times(body: str, intro: str, times: Iterable[str]) -> str:
    """Add free times to a text, one on each line."""
    return f"{body.rstrip()}\n\n{intro}\n" + "\n".join(f"- {each}" for each in times)


def send(tx: Session, contact: ContactsRow, subject: str, body: str, writer: Writer, now: int) -> None:
    """Queue the mail and record it in the lead's history. Raises CannotDo, LookupError."""
    subject, body = _checked(subject, body)
    if why := refusal(tx, contact):
        raise CannotDo(why)
    history.locked(tx, contact["id"])
    name = f"letter-{new_id(now)}"
    notices.enqueue(
        tx, name, contact["email"], subject, body, _html(body), now, about=contact["id"], reply_to=writer.address
    )
    tx.leads.touch(contact_id=contact["id"], now=now)
    history.add(tx, contact["id"], "wrote", f"{subject}\n\n{body}", "", writer.name, now)


def keep(tx: Session, owner_id: str, subject: str, body: str, now: int) -> None:
    """Save a text of a user. Raises CannotDo."""
    subject, body = _checked(subject, body)
    if len(tx.saved_texts.of_owner(owner_id=owner_id)) >= TEXTS_MAX:
        raise CannotDo(TOO_MANY, most=TEXTS_MAX)
    tx.saved_texts.put(owner_id=owner_id, id=new_id(now), subject=subject, body=body, now=now)


def saved(tx: Session, owner_id: str) -> list[SavedTextsRow]:
    """List the saved texts of a user by subject."""
    return tx.saved_texts.of_owner(owner_id=owner_id)


def remove(tx: Session, owner_id: str, text_id: str) -> None:
    """Delete a saved text of a user."""
    tx.saved_texts.remove(owner_id=owner_id, id=text_id)


def _checked(subject: str, body: str) -> tuple[str, str]:
    subject, body = " ".join(history.text(subject).split())[:SUBJECT_MAX], history.text(body)[:BODY_MAX]
    if not subject or not body:
        raise CannotDo(NO_BODY if subject else NO_SUBJECT)
    return subject, body


def _html(body: str) -> str:
    paragraphs = "".join(f"<p>{str(escape(each)).replace(chr(10), '<br>')}</p>" for each in body.split("\n\n"))
    return f'<!doctype html><html><body style="font:16px/1.5 sans-serif">{paragraphs}</body></html>'
