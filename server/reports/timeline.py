"""Lists the history of one person, newest first: mails, opened pages, answers with their evidence, unsubscribing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from builder.tokens import Action
from server import capture, jsontext
from server.booking import availability
from server.capture import Asked
from server.capture.asked import ask
from server.capture.evidence import ACTS
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.activities import ActivitiesRow
    from server.store.queries.answers import AnswersRow
    from server.store.queries.asked import AskedByIdRow
    from server.store.queries.effects import EffectsRow
    from server.store.queries.events import EventsOfContactRow
    from server.store.queries.hits import HitsRow
    from server.store.queries.overrules import OverrulesRow

Entry = dict[str, Any]
OF_PEOPLE = ("answered", "withdrew", "reply", "booking", "unsubscribed", "not_me")
OF_SALES = ("note", "wrote", "won", "lost", "reopened", "snoozed", "owner", "next_step")
Questions = dict[tuple[str, str], Asked]  # by message and block


def of_contact(tx: Session, contact_id: str) -> list[Entry]:
    """Return entries with `at` (ms UTC), `kind` (`message`, `opened`, `answered`, `reply`, `unsubscribed`, `worked`, …) and its
    fields.
    """
    messages = tx.messages.of_contact(contact_id=contact_id)
    hits, events = tx.hits.of_contact(contact_id=contact_id), tx.events.of_contact(contact_id=contact_id)
    asked = _asked(tx, contact_id, [*hits, *events])
    answers = tx.answers.of_contact(contact_id=contact_id)
    entries = [
        *({"at": message["sent_at"] or message["created_at"], "kind": "message", **message} for message in messages),
        *_opened(hits, {message["id"]: message["email"] for message in messages}, asked),
        *_happened(events, answers, asked, _overruled(tx, contact_id)),
        *({**row, "kind": "booking"} for row in tx.bookings.changes(contact_id=contact_id)),
        *_worked(tx.activities.of_contact(contact_id=contact_id)),
        *({**row, "kind": "reply"} for row in tx.replies.of_contact(contact_id=contact_id)),
        *_effects(tx.effects.of_contact(contact_id=contact_id)),
    ]
    in_order = sorted(
        entries, key=lambda entry: (entry["at"], entry["kind"] in ("worked", "effect"))
    )  # an answer, then its changes and effects
    return _caused_together(_folded(reversed(in_order)))


def told_by_people(entries: Iterable[Entry]) -> list[Entry]:
    """Keep the entries that a person caused: answers, words, appointments, and what sales did; without mails and flows."""
    return [entry for entry in entries if entry["kind"] in OF_PEOPLE or (_by_sales(entry) and entry["did"] in OF_SALES)]


def _by_sales(entry: Entry) -> bool:
    return entry["kind"] == "worked" and not entry["by_whom"].startswith("flow ")


def _caused_together(entries: Iterable[Entry]) -> list[Entry]:
    """Fold the effects that flows had for one cause into one entry, `effects`, in the place of the newest of them."""
    told: list[Entry] = []
    by_cause: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        cause = (entry["message_id"], entry["block"], entry["answered_at"]) if entry["kind"] == "effect" else ()
        if not any(cause[:1]):
            told.append(entry)
        elif cause in by_cause:
            by_cause[cause]["effects"].append(entry)
        else:
            by_cause[cause] = {"kind": "effects", "at": entry["at"], "effects": [entry]}
            told.append(by_cause[cause])
    return told


def _asked(tx: Session, contact_id: str, rows: Iterable[HitsRow | EventsOfContactRow]) -> Questions:
    """Load the questions of the rows, in the words in which they were asked."""
    keys = {(row["message_id"], row["block"]) for row in rows if row["block"]}
    found = {key: capture.find(tx, Action("answer", contact_id, *key, signed_at=0)) for key in keys}
    return {key: _as_sent(tx, asked) for key, asked in found.items() if asked}


def _as_sent(tx: Session, asked: Asked) -> Asked:
    """Replace the times of a calendar by those in the mail."""
    if not asked.block.calendar:
        return asked
    message: AskedByIdRow = {**asked.message, "data": availability.as_sent(tx, asked.message)}
    return ask(message, asked.email, asked.block.name) or asked


def _opened(hits: list[HitsRow], emails: Mapping[str, str], questions: Questions) -> Iterator[Entry]:
    for hit in hits:
        if hit["method"] not in ACTS and hit["purpose"] != "not_me":
            asked = questions.get((hit["message_id"], hit["block"]))
            yield {
                **hit,
                "kind": "opened",
                "email": emails.get(hit["message_id"], ""),
                "count": 1,
                "question": asked.question if asked else hit["block"],
                "label": _label(asked, hit["choice"]),
            }


def _happened(
    events: list[EventsOfContactRow],
    answers: list[AnswersRow],
    questions: Questions,
    overruled: Mapping[tuple[str, ...], OverrulesRow],
) -> Iterator[Entry]:
    current = {(row["message_id"], row["block"]): row for row in answers}
    for event in events:
        key = (event["message_id"], event["block"])
        answer, values = current.get(key), jsontext.loads(event["value"])
        said = {each["value"]: each["label"] for each in jsontext.loads(answer["points"])} if answer else {}
        yield {
            **event,
            "reasons": jsontext.loads(event["reasons"]),
            "answer": answer,
            "signs": [(name, numbers) for name, numbers in jsontext.loads(event["signs"])],
            "overruled": overruled.get((*key, event["nonce"])),
            "counts": answer is not None and answer["value"] == event["value"],
            "labels": [said.get(value) or _label(questions.get(key), value) for value in values],
        }


def _worked(activities: Iterable[ActivitiesRow]) -> Iterator[Entry]:
    """Yield the changes by sales and by points, without the first stage of a lead."""
    for row in activities:
        if row["kind"] != "stage" or row["was"]:
            yield {**row, "did": row["kind"], "kind": "worked"}


def _effects(rows: Sequence[EffectsRow]) -> Iterator[Entry]:
    """Yield the effects of flows, planned, done or taken back, without those withdrawn in time."""
    kinds = {row["id"]: row["kind"] for row in rows}
    for row in rows:
        if row["state"] != "gone":
            back = kinds.get(row["corrects"], "")
            yield {
                **row,
                "at": row["done_at"] or row["created_at"],
                "did": row["kind"],
                "kind": "effect",
                "taken_back": back,
            }


def _overruled(tx: Session, contact_id: str) -> dict[tuple[str, ...], OverrulesRow]:
    """Return the decisions in force, by message, block and nonce."""
    rows = tx.overrules.of_contact(contact_id=contact_id)
    return {(row["message_id"], row["block"], row["nonce"]): row for row in rows}


def _label(asked: Asked | None, value: str) -> str:
    """Return the label of an option; the value itself if it is unknown."""
    return asked.labels.get(value, value) if asked else value


def _folded(entries: Iterable[Entry]) -> list[Entry]:
    """Merge consecutive openings of one message into one entry with their `count`, because a scanner makes dozens.

    The opening right before an answer is left out.
    """
    folded: list[Entry] = []
    above: Entry = {"kind": ""}
    for entry in entries:
        if _is_more_of(above, entry):
            above["count"] += 1
        elif _is_implied_by(above, entry):
            above = {"kind": ""}  # only this one; earlier openings had another purpose
        else:
            above = entry
            folded.append(entry)
    return folded


def _is_implied_by(above: Entry, entry: Entry) -> bool:
    return (above["kind"], entry["kind"]) == ("answered", "opened") and _question(above) == _question(entry)


def _question(entry: Entry) -> tuple[str, str]:
    return entry["message_id"], entry["block"]


def _is_more_of(above: Entry, entry: Entry) -> bool:
    return above["kind"] == entry["kind"] == "opened" and bool(above["message_id"] == entry["message_id"])
