"""Sends one email to a member of the team who wants to see it: at any hour, above no cap, and read by no report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from builder.catalog import EmailSource
from server import email_versions
from server.contacts import testers
from server.sending import outbox, send
from server.sending.gate import TEST
from server.store import Session, Store, new_id


class Reader(NamedTuple):
    """The member of the team who gets the test."""

    address: str
    name: str
    language: str


def queue(store: Store, source: EmailSource, reader: Reader, data: Mapping[str, Any], now: int) -> tuple[str, str]:
    """Queue the test; return the ids of its recipient and its message. Raises BadAddress."""

    def write(tx: Session) -> tuple[str, str]:
        tester = testers.add(tx, reader.address, reader.language, now, reader.name)
        email_versions.save(tx, source, now)
        addressee: send.Addressee = {"id": tester.id, "language": tester.language}
        intent = send.intent(source, addressee, data, new_id(now), purpose=TEST)
        outbox.enqueue(tx, intent, now)
        return tester.id, intent.id

    return store.write(write)
