"""Turns campaigns into what their pages show: titles, people in words, times in the reader's zone, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from builder import catalog
from server import jsontext, texts
from server.campaigns import audience, plans
from server.emails import homes
from server.segments import words
from server.segments.names import Names
from server.sending import pace
from server.sending.gate import NEVER
from server.settings import Settings
from server.store import Session
from server.web import language, viewer
from server.web.marketing import email_list
from server.web.state import state

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

FINAL = ("sent", "failed", "unknown", "stopped")
MINUTE_MS = 60_000
EVERYBODY = "All contacts"
SEGMENT = "The segment “{name}”"
AGAIN = {  # by the kind of audience
    "unanswered": "Those who got “{title}” and did not answer",
    "failed": "Those for whom “{title}” failed",
}


class Progress(NamedTuple):
    """The progress of a campaign. `left` are its messages that have not ended; `ends_at` is ms, 0 when nobody can say."""

    people: int
    counts: dict[str, int]
    left: int
    done: int
    a_minute: int
    ends_at: int
    answered: int


def title(tx: Session, settings: Settings, email: str) -> str:
    """Return the email's title in the reader's language."""
    found = homes.open_email(tx, settings, email)
    return email_list.title(found) if found else email


def name(tx: Session, settings: Settings, row: CampaignsRow) -> str:
    """Return what the team calls a campaign, or the title of its email."""
    return row["name"] or title(tx, settings, row["email"])


def people(tx: Session, settings: Settings, row: CampaignsRow) -> str:
    """Return who a campaign is for, in words."""
    return describe(tx, settings, jsontext.loads(row["audience"]))


def describe(tx: Session, settings: Settings, wanted: dict[str, Any]) -> str:
    """Return an audience in words of the reader's language."""
    kind = audience.kind(wanted)
    if kind in AGAIN:
        before = tx.campaigns.by_id(id=wanted[kind])
        return texts.text(AGAIN[kind], language.current(), title=name(tx, settings, before) if before else "—")
    if "segment" in wanted:
        row = tx.segments.by_id(id=str(wanted["segment"]))
        return texts.text(SEGMENT, language.current(), name=row["name"] if row else "—")
    if "rule" in wanted:
        return words.sentence(wanted["rule"], Names(tx, language.current(), lambda name: title(tx, settings, name)))
    return texts.text(EVERYBODY, language.current())


def progress(tx: Session, row: CampaignsRow, now: int) -> Progress:
    """Return how far it is, from the last count."""
    counts: dict[str, int] = jsontext.loads(row["counts"])
    answered = counts.pop("answered", 0)
    done = sum(counts.get(each, 0) for each in FINAL)
    left = max(0, row["people"] - done)
    a_minute = 0
    if row["state"] == "sending":
        a_minute = tx.campaigns.sent_between(id=row["id"], since_at=now - MINUTE_MS, until_at=now)
    rate = a_minute or 60 * pace.of(tx, state().settings, row["stream"], now)
    ends = now + left * MINUTE_MS // rate if rate and row["state"] == "sending" and left else 0
    ends = max(ends, tx.campaigns.last_wait(id=row["id"], never=NEVER) or 0) if ends else 0
    return Progress(row["people"], counts, left, done, a_minute, ends, answered)


def zone() -> str:
    """Return the name of the reader's time zone."""
    return viewer.zone().key


def chooseable(tx: Session, settings: Settings) -> list[tuple[str, str]]:
    """Return name and title of every email that can be sent, by title."""
    return sorted(((each, title(tx, settings, each)) for each in homes.names(tx, settings)), key=lambda each: each[1])


def by_class(tx: Session, settings: Settings) -> dict[str, list[tuple[str, str]]]:
    """Return the same by class, marketing first."""
    found: dict[str, list[tuple[str, str]]] = {"marketing": [], "transactional": []}
    for each, email in ((each, homes.open_email(tx, settings, each)) for each in homes.names(tx, settings)):
        source = catalog.inspect(each, email.files)[0] if email else None
        if email and source:
            found[source.mail_class].append((each, email_list.title(email)))
    return {kind: sorted(emails, key=lambda each: each[1]) for kind, emails in found.items() if emails}


def plan_of(form: dict[str, str], wanted: dict[str, Any]) -> plans.Plan:
    """Return the plan that a form describes, for an audience."""
    subject = {each: form.get(f"subject.{each}", "") for each in ("es", "en")}
    return plans.Plan(
        email=form.get("email", ""),
        audience=wanted,
        subject={name: text.strip() for name, text in subject.items() if text.strip()},
        timing=next((each for each in plans.TIMINGS if each == form.get("timing")), "now"),
        starts_on=form.get("starts_on", "")[:16],
        time_zone=form.get("time_zone") or zone(),
        deadline_on=form.get("deadline_on", "")[:16],
        resend_of=str(wanted.get("unanswered", "")),
        name=form.get("name", ""),
    )
