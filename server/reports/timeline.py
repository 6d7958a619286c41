"""What happened with one person, newest first: mails, pages opened, answers with their evidence, leaving."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from server.store import Session

Entry = dict[str, Any]


def of_contact(tx: Session, contact_id: str) -> list[Entry]:
    """Entries of at (ms UTC), kind (`message`, `opened`, `answered`, `unsubscribed`) and what the kind needs."""
    messages = tx.messages.of_contact(contact_id=contact_id)
    emails = {message["id"]: message["email"] for message in messages}
    entries = [
        *({"at": message["sent_at"] or message["created_at"], "kind": "message", **message} for message in messages),
        *_opened(tx.hits.of_contact(contact_id=contact_id), emails),
        *_events(tx, contact_id),
    ]
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def _opened(hits: list[Mapping[str, Any]], emails: Mapping[str, str]) -> Iterator[Entry]:
    for hit in hits:
        if hit["method"] != "POST":
            yield {**hit, "kind": "opened", "email": emails.get(hit["message_id"], "")}


def _events(tx: Session, contact_id: str) -> Iterator[Entry]:
    answers = tx.answers.of_contact(contact_id=contact_id)
    current = {(row["message_id"], row["block"]): row for row in answers}
    for event in tx.events.of_contact(contact_id=contact_id):
        answer = current.get((event["message_id"], event["block"]))
        counts = answer is not None and answer["value"] == event["value"]
        yield {
            **event,
            "values": json.loads(event["value"]),
            "reasons": json.loads(event["reasons"]),
            "answer": answer,
            "counts": counts,
            "labels": _labels(event, answer),
        }


def _labels(event: Mapping[str, Any], answer: Mapping[str, Any] | None) -> list[str]:
    """What was said in words; an answer that was replaced since is only known by its values."""
    values = json.loads(event["value"])
    known = {point["value"]: point["label"] for point in json.loads(answer["points"])} if answer else {}
    return [known.get(value, value) for value in values]
