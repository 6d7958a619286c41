"""A small world for tests: one company, Ana and Grace, the email `diagnosis` sent to both, and a web client."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from builder.catalog import EmailSource
from builder.tokens import Keyring, Purpose
from server import settings as all_settings
from server import store as stores
from server.accounts import sessions, users
from server.contacts import contacts
from server.sending import send
from server.settings import Settings
from server.store import Session, Store, new_id
from tests.server import apps

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.events import EventsOfContactRow
    from server.store.queries.hits import HitsRow
    from server.store.queries.leads import LeadsByContactRow
    from server.store.queries.messages import MessagesRow

ROOT = Path(__file__).resolve().parents[2]
ADMIN, PASSWORD = "admin@example.com", "correct horse battery"
HOLD_MS = 300_000
PAGE = "one-page-from-the-mail-x"  # as a nonce begins whose page a person stays on


@dataclass
class World:
    store: Store
    settings: Settings
    app: Flask
    now: int
    people: dict[str, ContactsRow]
    sent: dict[str, MessagesRow]
    nonces: Iterator[int] = field(default_factory=count)

    @property
    def keyring(self) -> Keyring:
        keyring: Keyring = self.app.extensions["acto"].keyring
        return keyring

    def close(self) -> None:
        """What was begun is finished, and the store is closed."""
        apps.close(self.app)
        self.store.close()

    def visitor(self) -> FlaskClient:
        """Somebody's browser, without a session."""
        return self.app.test_client()

    def admin(self) -> FlaskClient:
        """A browser that is signed in. How one signs in has its own tests."""
        self.add_admin()
        return self.signed_in(ADMIN)

    def member(self, role: str, email: str = "") -> FlaskClient:
        """The browser of somebody of that role, who is signed in."""
        email = email or f"{role}@example.com"
        self.add_member(role, email)
        return self.signed_in(email)

    def add_member(self, role: str, email: str) -> None:
        """Somebody of the team, with a password that nobody knows."""
        row = {"id": new_id(self.now), "email": email, "name": "", "language": "", "session_key": f"key of {email}"}

        def write(tx: Session) -> None:
            if tx.users.invite(**row, role=role, now=self.now):
                changed = {"password_hash": "none", "session_key": row["session_key"]}
                tx.users.set_password(id=row["id"], old_key=row["session_key"], **changed)

        self.store.write(write)

    def signed_in(self, email: str) -> FlaskClient:
        client = self.app.test_client()
        with self.store.read() as tx:
            user = tx.users.by_email(email=email)
        with client.session_transaction() as session:
            session["name"] = self.store.write(lambda tx: sessions.begin(tx, user["id"], "", "", self.now))
        return client

    def add_admin(self) -> None:
        """Only where somebody signs in: hashing a password takes as long as the rest of this world."""
        with self.store.read() as tx:
            there = users.exist(tx)
        if not there:
            users.add_or_reset(self.store, ADMIN, PASSWORD, self.now)

    def token(self, name: str, block: str, purpose: Purpose = "answer", signed_at: int | None = None) -> str:
        message = self.sent[name]
        seconds = (signed_at or self.now) // 1000
        return self.keyring.sign(purpose, message["contact_id"], message["id"], block, seconds)

    def nonce(self, page: str = "") -> str:
        """Of an answer from a page of its own; with `page` (24 characters) of another answer from that page."""
        return f"{page or 'nonce-of-a-page'}-{next(self.nonces):06d}"

    def post(self, name: str, block: str, *choice: str, gesture: str = "", nonce: str = "") -> TestResponse:
        """An answer as our page sends it."""
        form = {"choice": list(choice), "nonce": nonce or self.nonce(), "gesture": gesture}
        return self.visitor().post(f"/a/{self.token(name, block)}", data=form)

    def answer(self, name: str, block: str) -> dict[str, Any] | None:
        """What counts now, with its values read."""
        message = self.sent[name]
        with self.store.read() as tx:
            rows = tx.answers.of_message(contact_id=message["contact_id"], message_id=message["id"])
        found = next((row for row in rows if row["block"] == block), None)
        return {**found, "values": json.loads(found["value"])} if found else None

    def events(self, name: str) -> list[EventsOfContactRow]:
        with self.store.read() as tx:
            return tx.events.of_contact(contact_id=self.people[name]["id"])

    def hits(self, name: str) -> list[HitsRow]:
        """Every hit, those stored after their reply included."""
        self.app.extensions["acto"].hit_buffer.flush()
        with self.store.read() as tx:
            return tx.hits.of_contact(contact_id=self.people[name]["id"])

    def lead(self, name: str) -> LeadsByContactRow | None:
        with self.store.read() as tx:
            return tx.leads.by_contact(contact_id=self.people[name]["id"])


def csrf(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found, "the page has no form"
    return found[1]


def make(database: str, folder: Path, now: int, **changes: str) -> World:
    """The world on an empty, migrated database."""
    environ = {
        "ACTO_DATABASE": database,
        "ACTO_DATA_DIR": str(folder),
        "ACTO_KEYS_FILE": str(folder / "keys"),
        "ACTO_TEMPLATES_DIR": str(ROOT / "templates/emails"),
        "ACTO_POSTAL_ADDRESS": "Calle 1 # 2-3, Bogotá",
        "ACTO_SENDER_NAME": "Brújula",
        "ACTO_PATIENCE_SECONDS": "0",  # what waits for a burst has its own tests
        **changes,
    }
    settings = all_settings.load(str(folder / "none.toml"), environ)
    store = stores.open(database)
    people = {
        "ana": _contact(store, now, "ana@example.com", "Ana", "Díaz", "Ferretería Díaz", "es"),
        "grace": _contact(store, now, "grace@example.org", "Grace", "Hill", "Hill & Co", "en"),
    }
    source = _diagnosis(settings.templates_dir)
    send.queue(store, source, list(people.values()), now)
    with store.read() as tx:
        sent = {name: tx.messages.of_contact(contact_id=row["id"])[0] for name, row in people.items()}
    return World(store, settings, apps.over(settings, store), now, people, sent)


@lru_cache
def _diagnosis(templates_dir: str) -> EmailSource:
    """Checked once: lint and the proof of its formats take a tenth of a second."""
    return send.check(all_settings.load("none.toml", {}), Path(templates_dir) / "diagnosis")


def _contact(store: Store, now: int, *row: str) -> ContactsRow:
    return store.write(lambda tx: contacts.upsert(tx, row[0], now, *row[1:]))
