"""Plays the week on an empty store with its own clock, so that each answer has the time of its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from server import shipped, tasks
from server.cli import samples
from server.cli.language import translated
from server.cli.story import appointments, days, script
from server.cli.story.hands import CHANNELS, Hands
from server.cli.story.mails import Provider
from server.cli.story.script import Says, Send, Sweeps, Works
from server.cli.story.working import working
from server.contacts import csv_import
from server.sales import work
from server.sending import send
from server.settings import Settings
from server.store import Session, Store, required
from server.web import create_app
from server.web import state as web

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesRow

SALES = "Laura"
Step = Send | Says | Sweeps | Works
HOUR_MS, DAY_MS = 3_600_000, 86_400_000


@dataclass
class Week:
    """The state of the play. `now` is the story's clock; `start` its first midnight, in milliseconds UTC."""

    settings: Settings
    store: Store
    start: int
    now: int = 0
    hands: dict[str, Hands] = field(default_factory=dict)
    people: dict[str, ContactsRow] = field(default_factory=dict)
    owner_id: str = ""
    owner_address: str = ""


# The script says when each mail leaves; hours and caps would move it to another day.
ANY_HOUR: dict[str, Any] = {
    "marketing_hours": "any",
    "marketing_per_day": 0,
    "marketing_per_week": 0,
    "young_per_second": 0,
    "usual_per_second": 0,
}


def play(settings: Settings, store: Store, talk: Console, real_now: int) -> None:
    """Play the week up to the present. Raises CannotDo if an endpoint does not answer as it should."""
    settings = replace(settings, **ANY_HOUR)
    week = Week(settings, store, (real_now // DAY_MS - 6) * DAY_MS)
    week.now = week.start
    every: list[Step] = [*script.SENDS, *script.SWEEPS, *script.SAYS, *script.WORKS]
    steps = [step for step in sorted(every, key=lambda step: _at(week, step)) if _at(week, step) < real_now - HOUR_MS]
    with web.driven(lambda: week.now), working(store, settings, lambda: week.now) as catch_up:
        _arrive(week)
        with Progress(
            TextColumn(translated("Creating a sample week")), BarColumn(), MofNCompleteColumn(), console=talk
        ) as bar:
            for step in bar.track(steps):
                week.now = max(week.now + 1, _at(week, step))
                DOES[type(step)](week, step)
                catch_up()
        week.now = real_now
        catch_up()


def _arrive(week: Week) -> None:
    rows, _ = csv_import.read(shipped.path("templates/samples/story.csv").read_bytes())
    csv_import.import_contacts(week.store, rows, week.now)
    app, provider = create_app(week.settings, week.store), Provider()
    with week.store.read() as tx:
        found = [required(tx.contacts.by_key(email_key=row.email_key)) for row in rows]
        users = tx.users.everybody()
    week.people = {row["email"].partition("@")[0]: row for row in found}
    week.hands = {name: Hands(app, provider, f"10.{number}.7.1") for number, name in enumerate(week.people, 1)}
    samples.add_flows(week.store, week.now)
    if users:
        week.owner_id, week.owner_address = users[0]["id"], users[0]["email"]
        laura = {"id": week.owner_id, "name": SALES, "language": users[0]["language"], "time_zone": "America/Bogota"}
        week.store.write(lambda tx: tx.users.set_profile(**laura))
        week.store.write(lambda tx: appointments.begin(tx, week.owner_id, week.now))


def _send(week: Week, step: Send) -> None:
    source = send.check(week.settings, Path(week.settings.templates_dir) / step.email)
    names = step.to.split() or list(week.people)
    send.queue(
        week.store,
        source,
        [week.people[name] for name in names],
        week.now,
        days.ahead(source.sample.get("data", {}), week.now),
    )


def _says(week: Week, step: Says) -> None:
    contact, hands = week.people[step.who], week.hands[step.who]
    message = _message(week, contact, step.email)
    for block, values in _said(step.said).items():
        values = tuple(_time(week, message, value) if block == "slot" else value for value in values)
        what = hands.question(contact, message, block, week.now)
        CHANNELS[step.channel](hands, what, values, week.now)
        week.now += 9_000


def _time(week: Week, message: MessagesRow, value: str) -> str:
    """Return the value of the first, second … time that the message offers; other text is an option of the block."""
    if not value.isdigit():
        return value
    with week.store.read() as tx:
        return appointments.time_of(tx, message["contact_id"], message["id"], int(value), week.now)


def _sweeps(week: Week, step: Sweeps) -> None:
    contact = week.people[step.who]
    week.hands[step.who].sweep(contact, _message(week, contact, step.email), week.now)


def _finish_tasks(tx: Session, week: Week, contact_id: str) -> None:
    for task in tasks.of_contact(tx, contact_id):
        tasks.finish(tx, contact_id, task["id"], week.owner_address, week.now)


def _works(week: Week, step: Works) -> None:
    lead, ahead, _, text = week.people[step.who]["id"], *step.text.partition(" ")
    later = _day(week, int(ahead)) if ahead.isdigit() else ""
    acts: dict[str, Callable[[Any], object]] = {
        "done": lambda tx: _finish_tasks(tx, week, lead),
        "take": lambda tx: work.assign(tx, lead, week.owner_id, SALES, week.now),
        "plan": lambda tx: work.plan(tx, lead, text, later, SALES, week.now),
        "put off": lambda tx: work.snooze(tx, lead, later, SALES, week.now),
        "note": lambda tx: work.note(tx, lead, step.text, SALES, week.now),
        "won": lambda tx: work.finish(tx, lead, "won", step.text, SALES, week.now),
        "lost": lambda tx: work.finish(tx, lead, "lost", step.text, SALES, week.now),
    }
    week.store.write(acts[step.act])


DOES: dict[type, Callable[[Week, Any], None]] = {Send: _send, Says: _says, Sweeps: _sweeps, Works: _works}


def _at(week: Week, step: Step) -> int:
    return week.start + step.day * DAY_MS + int(step.hour * HOUR_MS)


def _message(week: Week, contact: ContactsRow, email: str) -> MessagesRow:
    with week.store.read() as tx:
        return next(row for row in tx.messages.of_contact(contact_id=contact["id"]) if row["email"] == email)


def _said(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in text.split():
        block, _, value = pair.partition("=")
        found[block] = (
            *found.get(block, ()),
            value.replace("_", " ") if block in ("improve", "other_times") else value,
        )
    return found


def _day(week: Week, days: int) -> str:
    return (datetime.fromtimestamp(week.now / 1000, UTC) + timedelta(days=days)).date().isoformat()
