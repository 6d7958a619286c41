"""What hits.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class HitsRow(TypedDict):
    contact_id: str
    id: str
    message_id: str
    block: str
    purpose: str
    at: int
    method: str
    choice: str
    agent: str
    network: str
    facts: str
    nonce: str
    gesture: str
    channel: str
    vouched: str
    email: str

class HitsRecentRow(TypedDict):
    at: int
    method: str
    purpose: str
    block: str
    choice: str
    agent: str
    network: str
    nonce: str
    gesture: str
    channel: str
    vouched: str
    facts: str

class HitsUntouchedRow(TypedDict):
    id: str
    email_key: str

class Hits:
    def add(
        self,
        *,
        contact_id: str,
        id: str,
        message_id: str,
        block: str,
        purpose: str,
        channel: str,
        vouched: str,
        at: int,
        method: str,
        choice: str,
        agent: str,
        network: str,
        facts: str,
        nonce: str,
        gesture: str,
    ) -> int: ...
    def of_contact(self, *, contact_id: str) -> list[HitsRow]: ...
    def of_message(self, *, contact_id: str, message_id: str, limit: int) -> list[HitsRow]: ...
    def recent(self, *, contact_id: str, since: str, message_id: str, limit: int) -> list[HitsRecentRow]: ...
    def untouched(self, *, network: str, since_at: int, until_at: int, limit: int) -> list[HitsUntouchedRow]: ...
