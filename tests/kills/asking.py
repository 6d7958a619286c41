"""A place of its own with people in it who were asked the questions of a starter email."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from builder import emails
from builder.tokens import Keyring
from server import settings as all_settings
from server import store as stores
from server.contacts import contacts
from server.sending import send
from server.sending.delivery import clock
from server.settings import Settings
from server.store import Session, Store
from tests.kills.clients import Ask
from tests.server.sending.mailserver import free_port

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

ROOT = Path(__file__).parents[2]
EMAIL = ROOT / "templates/emails/diagnosis"


def environment(address: str, folder: Path) -> dict[str, str]:
    """What a process needs to work with the database at `address` and to write only below `folder`."""
    return {
        "ACTO_DATABASE": address,
        "ACTO_DATA_DIR": str(folder),
        "ACTO_KEYS_FILE": str(folder / "keys"),
        "ACTO_PORT": str(free_port()),
        "ACTO_PATIENCE_SECONDS": "0",
        "ACTO_MESSAGE_REQUESTS": "0",  # few people answer as if they were a city
        "ACTO_HOLD_SECONDS": "86400",  # nothing is confirmed by the passing of time while we compare
    }


def settings(environment: dict[str, str]) -> Settings:
    """The same as that process would read."""
    return all_settings.load(Path(environment["ACTO_DATA_DIR"]) / "acto.toml", environment)


def everybody(settings: Settings, people: int, language: str = "es") -> list[Ask]:
    """Every question of the email, to `people` people."""
    source, now = send.check(settings, EMAIL), clock()
    email, keyring = emails.compile(source, language), Keyring(all_settings.keys(settings))
    with stores.open(settings.database) as store:
        store.migrate()
        persons = [_person(store, f"{language}{number}@example.com", language, now) for number in range(people)]
        send.queue(store, source, persons, now)
        with store.read() as tx:
            messages = [_message(tx, person["id"]) for person in persons]
    return [
        Ask(
            *message,
            block.name,
            keyring.sign("answer", *message, block.name, now // 1000),
            tuple(option.value for option in block.options),
        )
        for message in messages
        for block in email.blocks.values()
    ]


def _person(store: Store, address: str, language: str, now: int) -> ContactsRow:
    return store.write(lambda tx: contacts.upsert(tx, address, now, language=language))


def _message(tx: Session, contact_id: str) -> tuple[str, str]:
    (row,) = tx.messages.of_contact(contact_id=contact_id)
    return row["contact_id"], row["id"]
