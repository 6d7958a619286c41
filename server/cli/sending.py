"""Queues one email for one person or for all contacts: the work of `acto send`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from server import reasons
from server.branding import brand
from server.cli import language
from server.contacts import contacts
from server.contacts.addresses import BadAddress
from server.emails import homes
from server.errors import CannotDo
from server.sending import gate
from server.sending import send as sender
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

PAGE = 1000


def send(
    store: Store,
    settings: Settings,
    email: str,
    address: str | None,
    data: str | None,
    now: int,
    progress: Callable[[int, int], None],
) -> int:
    """Queue the email and return the number of messages; `address` None means everybody. Raises CannotDo and BrokenTemplate."""
    with store.read() as tx:
        files, address_of_sender = homes.find(tx, settings, email), brand.current(tx, settings).address
    source = sender.check_files(settings, email, files)
    facts = gate.Facts(source.mail_class, frozenset(), address_of_sender, settings.base_url, now)
    if isinstance(stop := gate.decide(facts), gate.Stop):  # a rule that stops every message of this email
        raise CannotDo(reasons.sentence(stop.reason, language.current()))
    people = [_one(store, address, now)] if address else everybody(store)
    if not people:
        raise CannotDo("There are no contacts yet. `acto import contacts FILE.csv` imports them.")
    return sender.queue(store, source, people, now, _data(data), progress=progress)


def everybody(store: Store) -> list[ContactsRow]:
    """Return every contact."""
    with store.read() as tx:
        return _pages(tx)


def _pages(tx: Session) -> list[ContactsRow]:
    found: list[ContactsRow] = []
    while page := tx.contacts.page(after=found[-1]["id"] if found else "", limit=PAGE):
        found += page
    return found


def _one(store: Store, address: str, now: int) -> ContactsRow:
    try:
        return store.write(lambda tx: contacts.find(tx, address) or contacts.upsert(tx, address, now))
    except BadAddress as error:
        raise CannotDo(f"{error}") from error


def _data(text: str | None) -> dict[str, Any]:
    try:
        data = json.loads(text or "{}")
    except json.JSONDecodeError as error:
        raise CannotDo(f"--data is not JSON: {error}.") from error
    if not isinstance(data, dict):
        raise CannotDo('--data must be a JSON object, like {"order": {"number": "A-17"}}.')
    return data
