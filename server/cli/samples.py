"""Fills the demo: imports invented contacts, stores the sample flows, and sends two emails to each contact.

The email that a visitor should answer is sent last, so that it is on top of the demo's inbox.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from builder import catalog
from server import shipped
from server.cli.language import translated
from server.cli.shared import now_ms
from server.contacts import csv_import
from server.contacts.csv_import import Row
from server.errors import CannotDo
from server.flows import flow_store, reading
from server.sending import outbox, send
from server.settings import Settings
from server.store import Store, required
from server.web.admin.inbox import FIRST_EMAIL

EMAILS = ("order-delivered", FIRST_EMAIL)  # the last one is on top of the inbox
SEND_SECONDS = 120


def add_flows(store: Store, now: int) -> None:
    """Add each sample flow once; a changed or removed one stays as it is."""
    for path in sorted(shipped.path("templates/samples/flows").glob("*.toml")):
        flow = reading.read(path.stem, path.read_text(encoding="utf-8")).flow
        with store.read() as tx:
            known = tx.flows.last_version(name=path.stem)
        if flow and not known:
            store.write(lambda tx, flow=flow: flow_store.save(tx, flow, "acto demo", now))  # type: ignore[misc]


def refuse_real_people(store: Store) -> None:
    """Raise CannotDo if the store has contacts that the demo did not add, so that invented people are never mixed with real ones."""
    rows = people()
    with store.read() as tx:
        there, invented = tx.contacts.count(), [tx.contacts.by_key(email_key=row.email_key) for row in rows]
    if there and not any(invented):
        raise CannotDo(
            "This database has your own contacts. Run the demo in an empty folder, or with ACTO_DATABASE=demo.db, "
            "so that its invented people are not mixed with them."
        )


def people() -> list[Row]:
    """Return the invented contacts of the demo."""
    return csv_import.read(shipped.path("templates/samples/contacts.csv").read_bytes())[0]


def send_all(settings: Settings, store: Store, talk: Console) -> None:
    """Import the contacts and send each email, with a progress bar; a second run sends nothing twice."""
    rows = people()
    csv_import.import_contacts(store, rows, now_ms())
    with store.read() as tx:
        invited = [required(tx.contacts.by_key(email_key=row.email_key)) for row in rows]
    folder = Path(settings.templates_dir)
    there = [name for name in EMAILS if name in catalog.names(folder)]
    columns = (TextColumn(translated("Sending")), BarColumn(), MofNCompleteColumn(), TextColumn(translated("messages")))
    with Progress(*columns, console=talk) as bar:
        task = bar.add_task("", total=len(invited) * len(there))
        for name in there:
            source = send.check(settings, folder / name)
            send.queue(store, source, invited, now_ms(), source.sample.get("data", {}), _message_id(name))
            _wait_until_sent(store)
            bar.advance(task, len(invited))


def _message_id(email: str) -> Callable[[send.Addressee], str]:
    """Derive the message id from email and contact, so that a second run sends nothing twice."""

    def of(contact: send.Addressee) -> str:
        return contact["id"][:10] + hashlib.sha256(f"{email} {contact['id']}".encode()).hexdigest()[:10]

    return of


def _wait_until_sent(store: Store) -> None:
    """Wait until nothing is queued, for at most SEND_SECONDS; slower mail is sent later."""
    deadline = time.monotonic() + SEND_SECONDS
    while time.monotonic() < deadline:
        with store.read() as tx:
            counts = outbox.counts(tx)
        if not sum(stream["queued"] + stream["attempting"] for stream in counts.values()):
            return
        time.sleep(0.1)
