"""Calls an endpoint for one effect: builds the body in the endpoint's shape, signs and posts it, and judges the reply. Only 2xx
is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from server import jsontext, texts
from server.flows import words
from server.flows.outcomes import Call, Done, EffectOutcome, Retry, Stopped
from server.flows.table import BOOKINGS
from server.http_client import retry_after
from server.http_client.client import Door, HttpReply, NotCalled
from server.reasons import reason
from server.webhooks import bodies, chat_text, endpoints, signing

if TYPE_CHECKING:
    from server.store.queries.endpoints import EndpointsRow

SAID_MOST = 500  # characters of a reply that are stored
TYPES = {
    "answered": "answer.confirmed",
    "changed": "answer.changed",
    "stage": "lead.stage_reached",
    "unsubscribed": "contact.unsubscribed",
    "booked": "booking.made",
    "moved": "booking.moved",
    "cancelled": "booking.cancelled",
    "test": "test",
}
CORRECTED = {  # the type of a correction by what it corrects
    "answered": "answer.corrected",
    "changed": "answer.corrected",
    "stage": "lead.stage_corrected",
    "booked": "booking.corrected",
    "moved": "booking.corrected",
}
GONE = 410
REDIRECTS = (301, 302, 303, 307, 308)
LINK = "Open in Acto"


class Person(words.Person):
    """The fields of a contact in the body of a call."""

    id: str
    language: str


class LeadNow(TypedDict):
    """The fields of a lead in the body of a call, as they are when the body is written."""

    stage: str
    worth: int
    interest: int
    need: int
    urgency: int
    undecided: int


class Receiver(TypedDict):
    """The body shape of an endpoint and the language of its sentences."""

    shape: str
    language: str


NOBODY: Person = {
    "id": "",
    "email": "test@example.com",
    "first_name": "",
    "last_name": "",
    "company": "",
    "language": "",
}


class Called(NamedTuple):
    """The result of a call; `off` tells that the endpoint must be switched off."""

    outcome: EffectOutcome
    call: Call
    off: bool = False


def body(effect: words.ReadEffect, endpoint: Receiver, contact: Person | None, lead: LeadNow | None, url: str) -> str:
    """Return the body of a call as JSON text."""
    cause, person = effect["cause"], contact or NOBODY
    spoken = endpoint["language"]
    details, said = effect["details"], words.values(effect, person, spoken)
    was = cause.get("was")
    happened = was["happened"] if was else effect["happened"]
    chosen = "" if was else details.get("text") or ""
    text = words.fill(chosen, said) or words.happened(effect, person, spoken)
    typed = {name: chat_text.plain(value) for name, value in said.items()}  # values from outside, escaped for chats
    at = datetime.fromtimestamp(effect["created_at"] / 1000, UTC).isoformat(timespec="milliseconds")
    values = {
        "type": type_of(effect["happened"], cause),
        "timestamp": at.replace("+00:00", "Z"),
        "flow": effect["flow"],
        "contact": _contact(person),
        "answer": _answer(cause) if happened not in BOOKINGS else None,
        "booking": _booking(cause) if happened in BOOKINGS else None,
        "was": _was(cause) if was else None,
        "lead": _lead(lead) if lead else None,
        "person": said["person"],
        "text": text,
        "chat_text": words.fill(chosen, typed) or chat_text.plain(text),
        "slack_text": chat_text.slack(text),
        "card_text": chat_text.card(text),
        "url": url,
        "link_text": texts.text(LINK, spoken),
    }
    return jsontext.dumps(bodies.fill(bodies.SHAPES[endpoint["shape"]], values))


def type_of(happened: str, cause: Mapping[str, Any]) -> str:
    """Return the event type of an effect, such as `answer.confirmed`."""
    return CORRECTED[cause["was"]["happened"]] if happened == "corrected" else TYPES[happened]


def call(door: Door, endpoint: EndpointsRow, message_id: str, text: str, now: int) -> Called:
    """Make one call. Never raises for failures of the network or the receiver."""
    headers = {
        "Content-Type": "application/json",
        **signing.headers(endpoint, message_id, text, now),
        **endpoints.headers(endpoint),
    }
    try:
        reply = door.post(endpoint["url"], text.encode(), headers)
    except NotCalled as error:
        why = reason(error.name, error.detail)
        stays = error.name in ("private_address", "bad_url", "not_https")
        return Called(Stopped(why) if stays else Retry(why), Call(now, 0, 0, error.detail[:SAID_MOST]))
    tried = Call(now, reply.status, reply.ms, " ".join(reply.said.split())[:SAID_MOST])
    return Called(_judged(reply, now), tried, reply.status == GONE)


def _judged(reply: HttpReply, now: int) -> EffectOutcome:
    if 200 <= reply.status < 300:
        return Done(str(reply.status))
    if reply.status == GONE:
        return Stopped(reason("gone_for_good"))
    if reply.status in REDIRECTS:
        return Retry(reason("redirect", reply.location or reply.status))
    return Retry(reason("refused_status", reply.status), retry_after.milliseconds(reply.retry_after, now))


def _contact(person: Person) -> Person:
    return {
        "id": person["id"],
        "email": person["email"],
        "first_name": person["first_name"],
        "last_name": person["last_name"],
        "company": person["company"],
        "language": person["language"],
    }


def _lead(lead: LeadNow) -> LeadNow:
    return {
        "stage": lead["stage"],
        "worth": lead["worth"],
        "interest": lead["interest"],
        "need": lead["need"],
        "urgency": lead["urgency"],
        "undecided": lead["undecided"],
    }


def _booking(cause: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the booking of a cause; None for a cancelled one in a correction."""
    if not cause["values"]:
        return None
    return {
        "calendar": cause["block"],
        "title": cause["question"],
        "starts_at": cause["values"][0],
        "text": cause["labels"][0],
    }


def _was(cause: Mapping[str, Any]) -> dict[str, Any]:
    """Return the former state that no longer counts, why, and the `webhook-id` of the call that reported it."""
    was = cause["was"]
    stood = [was["stage"]] if cause["why"] == "stage" else was["values"]
    return {
        "webhook_id": was["id"],
        "type": TYPES[was["happened"]],
        "why": cause["why"],
        "values": stood,
        "labels": was["labels"],
        "text": words.answer_text(was) or ", ".join(stood),
        "at": was["at"],
    }


def _answer(cause: Mapping[str, Any]) -> dict[str, Any] | None:
    if not cause["block"]:
        return None
    return {
        "email": cause["email"],
        "message_id": cause["message_id"],
        "block": cause["block"],
        "question": cause["question"],
        "values": cause["values"],
        "labels": cause["labels"],
        "text": ", ".join(cause["labels"] or cause["values"]),
        "answered_at": cause["at"],
        **({"state": cause["state"]} if cause.get("was") else {}),
    }
