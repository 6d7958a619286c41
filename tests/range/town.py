"""A town of people with one mail each, on a store of its own, and the hands that may touch it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.test import Client

from builder import emails
from builder.tokens import Keyring
from server import settings as all_settings
from server import store as stores
from server.capture import confirmation, left_open, rules
from server.capture.rules import Rules
from server.contacts import contacts
from server.sending import send
from server.store import Session, Store
from server.web import create_app
from tests.range.clock import Clock, driven
from tests.server.world import ROOT

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.events import EventsRow
    from server.store.queries.hits import HitsRow

ADDRESS = "notices@range.example.com"
SENDER = {
    "ACTO_POSTAL_ADDRESS": "Calle 1",
    "ACTO_SENDER_NAME": "Range",
    "ACTO_BASE_URL": "https://acto.example.com",
    "ACTO_STREAMS_MARKETING_FROM_ADDRESS": ADDRESS,
    "ACTO_STREAMS_MARKETING_AMP_REGISTERED": "yes",
}
COMPANY = 30  # people of one domain


@dataclass
class Mail:
    """The links of one message: for each question its address, that of its form in the AMP part, and its options in order."""

    contact_id: str
    message_id: str
    asks: Mapping[str, str]
    in_mail: Mapping[str, str]
    options: Mapping[str, tuple[str, ...]]
    leave: str

    def links(self) -> list[tuple[str, str]]:
        """(question, option), as they stand in the mail."""
        return [(block, option) for block, options in self.options.items() for option in options]


@dataclass
class Town:
    store: Store
    app: Any
    client: Client
    clock: Clock
    rules: Rules
    mails: list[Mail]
    later: Any
    sender: str = ADDRESS

    def settle(self) -> int:
        """What is stored after replies is stored, and what a worker does every second is done."""
        self.later.flush()
        left_open.settle_due(self.store, self.clock.now, self.rules)
        return confirmation.confirm_due(self.store, self.clock.now, self.rules)

    def answers(self, mail: Mail) -> list[AnswersRow]:
        with self.store.read() as tx:
            return list(tx.answers.of_message(contact_id=mail.contact_id, message_id=mail.message_id))

    def hits(self, mail: Mail) -> list[HitsRow]:
        with self.store.read() as tx:
            return list(tx.hits.of_message(contact_id=mail.contact_id, message_id=mail.message_id, limit=1000))

    def events(self, mail: Mail) -> list[EventsRow]:
        with self.store.read() as tx:
            return list(tx.events.of_message(contact_id=mail.contact_id, message_id=mail.message_id))


@contextmanager
def town(address: str, folder: Path, people: int, now: int, **settings: str) -> Iterator[Town]:
    """`people` people, each sent the email `diagnosis` at `now`."""
    environ = {
        **SENDER,
        "ACTO_DATABASE": address,
        "ACTO_DATA_DIR": str(folder),
        "ACTO_KEYS_FILE": str(folder / "keys"),
        "ACTO_TEMPLATES_DIR": str(ROOT / "templates/emails"),
        **settings,
    }
    chosen = all_settings.load(str(folder / "none.toml"), environ)
    with driven(now) as clock, stores.open(address) as store:
        store.migrate()
        app = create_app(chosen, store)
        state = app.extensions["acto"]
        mails = _mails(store, state.keyring, send.check(chosen, ROOT / "templates/emails/diagnosis"), people, now)
        try:
            yield Town(store, app, Client(app), clock, rules.of(chosen), mails, state.hit_buffer)
        finally:
            state.hit_buffer.close()


def _mails(store: Store, keyring: Keyring, source: Any, people: int, now: int) -> list[Mail]:
    persons = store.write(lambda tx: [_person(tx, number, now) for number in range(people)])
    send.queue(store, source, persons, now)
    email = emails.compile(source, "es")
    options = {block.name: tuple(option.value for option in block.options) for block in email.blocks.values()}
    with store.read() as tx:
        ids = [(row["id"], tx.messages.of_contact(contact_id=row["id"])[0]["id"]) for row in persons]
    return [_mail(keyring, *each, options, now // 1000) for each in ids]


def _person(tx: Session, number: int, now: int) -> ContactsRow:
    """Thirty to a company."""
    return contacts.upsert(tx, f"p{number}@company{number // COMPANY}.example", now, "Ana", f"N{number}", "", "es")


def _mail(
    keyring: Keyring, contact_id: str, message_id: str, options: dict[str, tuple[str, ...]], seconds: int
) -> Mail:
    asks = {block: f"/a/{keyring.sign('answer', contact_id, message_id, block, seconds)}" for block in options}
    in_mail = {block: f"/amp/{keyring.sign('amp', contact_id, message_id, block, seconds)}" for block in options}
    leave = f"/u/{keyring.sign('unsubscribe', contact_id, message_id, '', seconds)}"
    return Mail(contact_id, message_id, asks, in_mail, options, leave)
