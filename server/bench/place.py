"""Creates a temporary folder for a measurement, with a store, people and messages."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import catalog
from builder.catalog import EmailSource
from server import settings as all_settings
from server import store as stores
from server.contacts import csv_import
from server.contacts.csv_import import Row
from server.sending import send
from server.settings import Settings
from server.store import Store

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesRow

EMAIL = "diagnosis"
SENDER = {"ACTO_POSTAL_ADDRESS": "1 Bench Street", "ACTO_SENDER_NAME": "Bench"}


@contextmanager
def folder(settings: Settings, database: str = "", more: Mapping[str, str] | None = None) -> Iterator[Settings]:
    """Yield the settings with all written files moved into a temporary folder beside the data, on the same disk.

    `database` is the address of another database, which is not removed afterwards; `more` are variables of the environment.
    """
    Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=settings.data_dir) as name:
        environment = {
            **SENDER,
            "ACTO_DATABASE": database or f"{name}/acto.db",
            "ACTO_DATA_DIR": name,
            "ACTO_KEYS_FILE": f"{name}/keys",
            "ACTO_PORT": str(_free_port()),
            **(more or {}),
        }
        before = {key: os.environ.get(key) for key in environment}
        os.environ.update(environment)
        try:
            there = all_settings.load()
            yield there if "ACTO_BASE_URL" in environment else replace(there, base_url=settings.base_url)
        finally:
            for key, value in before.items():
                os.environ.pop(key) if value is None else os.environ.update({key: value})


def filled(settings: Settings, people: int) -> tuple[Store, EmailSource, list[MessagesRow]]:
    """Open a store with one message to each of `people`; the rows are (contact_id, id) of the messages."""
    store = opened(settings)
    return store, *asked(store, settings, people, new=True)


def opened(settings: Settings) -> Store:
    """Open the store and migrate it."""
    store = stores.open(settings.database, settings.group_commit_max)
    store.migrate()
    return store


def asked(store: Store, settings: Settings, people: int, *, new: bool = False) -> tuple[EmailSource, list[MessagesRow]]:
    """Send one more message to each of `people`: new ones, or a sample of those in the store."""
    now, contacts = time.time_ns() // 1_000_000, _contacts(store)
    if new:
        there = {contact["id"] for contact in contacts}
        rows = [
            Row(n, f"p{n}@example.com", f"p{n}@example.com", "Ana", f"N{n}", "Example", "es") for n in range(people)
        ]
        csv_import.import_contacts(store, rows, now)
        contacts = [contact for contact in _contacts(store) if contact["id"] not in there]
    chosen = contacts[:: max(1, len(contacts) // people)][:people]
    source = send.check(settings, Path(settings.templates_dir) / EMAIL)
    send.queue(store, source, chosen, now)
    messages: list[MessagesRow] = []
    with store.read() as tx:
        for contact in chosen:
            messages += tx.messages.of_contact(contact_id=contact["id"])[:1]
    return source, messages


def files(settings: Settings) -> dict[str, str]:
    """Return the files of the email that measurements send."""
    return catalog.collect(Path(settings.templates_dir) / EMAIL)


@contextmanager
def serving(settings: Settings) -> Iterator[int]:
    """Run a web server on that store; yield its port."""
    command = [sys.executable, "-m", "server.cli", "serve", "--quiet", "--port", str(settings.port)]
    with subprocess.Popen(command) as server:  # noqa: S603 - our own command
        try:
            _wait(settings.port)
            yield settings.port
        finally:
            server.terminate()


@contextmanager
def working(settings: Settings) -> Iterator[None]:
    """Run a worker on the store of these settings, which stand in the environment as well."""
    with subprocess.Popen([sys.executable, "-m", "server.cli", "work"]) as worker:
        try:
            yield
        finally:
            worker.terminate()


def _contacts(store: Store) -> list[ContactsRow]:
    found: list[ContactsRow] = []
    with store.read() as tx:
        while page := tx.contacts.page(after=found[-1]["id"] if found else "", limit=5000):
            found += page
    return found


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the web server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
