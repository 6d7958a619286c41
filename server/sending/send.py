"""Queues an email to contacts: checks that it can be sent, then adds one intent for each contact to the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from builder import brand as builder_brand
from builder import catalog, emails, lint
from builder.catalog import EmailSource
from builder.problems import BrokenTemplate, errors
from server import email_versions, jsontext
from server.branding import brand, email_brand
from server.branding.brand import Brand
from server.errors import CannotDo
from server.sending import outbox, parity_check
from server.sending.outbox import Intent
from server.settings import Settings
from server.store import Session, Store, new_id

BATCH = 500
NO_STREAM = "{name} uses the stream “{stream}”, which is not set up. Use one of these: {streams}."
NO_CALENDAR = (
    "“{name}” books in the calendar “{calendar}”, which does not exist. Make it on the page Bookings → Calendars, "
    'or write the name of another one in calendar="…".'
)
CALENDAR_OFF = (
    "“{name}” books in the calendar “{calendar}”, which is switched off. Switch it on on the page Bookings → Calendars, "
    'or write the name of another one in calendar="…".'
)


class Addressee(TypedDict):
    """The columns of a contact that queueing an email reads."""

    id: str
    language: str


def check(settings: Settings, folder: Path) -> EmailSource:
    """Return the email of a folder if it can be sent, as `check_files` does."""
    return check_files(settings, folder.name, catalog.collect(folder))


def check_files(settings: Settings, name: str, files: Mapping[str, str], held: Brand | None = None) -> EmailSource:
    """Return the email of these files if it can be sent. Raises BrokenTemplate with lint's errors, or CannotDo.

    Its formats are checked for parity on its sample, in each language. An email that reads the brand gets `held`, or keeps the one among
    its files; without either, that of the settings.
    """
    if held or builder_brand.FILE not in files:
        files = email_brand.added(files, held or brand.of_settings(settings), settings.base_url)
    source, _ = catalog.inspect(name, files)
    problems = lint.check(name, files)
    if source is None or errors(problems):
        raise BrokenTemplate(errors(problems))
    if source.stream not in settings.streams:
        raise CannotDo(NO_STREAM, name=source.name, stream=source.stream, streams=", ".join(settings.streams))
    parity_check.prove_sample(source)
    return source


def queue(
    store: Store,
    source: EmailSource,
    contacts: Sequence[Addressee],
    now: int,
    data: Mapping[str, Any] | None = None,
    message_id: Callable[[Addressee], str] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Queue one intent for each contact; return how many are new. Raises CannotDo.

    A stable `message_id` makes a repetition harmless, because an id is queued once.
    """
    with store.read() as tx:
        bookable(tx, source)
    store.write(lambda tx: email_versions.save(tx, source, now))
    added = 0
    for start in range(0, len(contacts), BATCH):
        intents = [
            intent(source, contact, data or {}, message_id(contact) if message_id else new_id(now), len(contacts))
            for contact in contacts[start : start + BATCH]
        ]
        added += store.write(lambda tx, some=intents: sum(outbox.enqueue(tx, each, now) for each in some))  # type: ignore[misc]
        progress(start + len(intents), len(contacts))
    return added


def bookable(tx: Session, source: EmailSource) -> None:
    """Raise CannotDo if the email books in a calendar that does not exist or is off.

    A question under a condition is not checked, because without its calendar it is not asked.
    """
    blocks = (block for language in source.languages for block in emails.compile(source, language).blocks.values())
    for name in sorted({block.calendar for block in blocks if block.calendar and not block.when}):
        calendar = tx.calendars.by_name(name=name)
        if calendar is None or not calendar["active"]:
            raise CannotDo(CALENDAR_OFF if calendar else NO_CALENDAR, name=source.name, calendar=name)


def intent(
    source: EmailSource,
    contact: Addressee,
    data: Mapping[str, Any],
    message_id: str,
    recipients: int = 1,
    purpose: str = "",
) -> Intent:
    """Make the intent to send the email to one contact."""
    return Intent(
        id=message_id,
        contact_id=contact["id"],
        email=source.name,
        version_id=source.version,
        language=source.speaks(contact["language"]),
        mail_class=source.mail_class,
        stream=source.stream,
        topic=source.topic,
        data=jsontext.dumps(data),
        recipients=recipients,
        purpose=purpose,
    )
