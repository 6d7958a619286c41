"""What bulk.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict

class BulkAnswersValues(TypedDict):
    contact_id: str
    message_id: str
    block: str
    kind: str
    email: str
    value: str
    grade: str
    state: str
    answered_at: int
    confirm_at: int
    changes: int
    verdict: str
    question: str
    points: str
    superseded: int

class BulkContactsValues(TypedDict):
    id: str
    email: str
    first_name: str
    last_name: str
    company: str
    language: str
    search_text: str
    now: int

class BulkEventsValues(TypedDict):
    contact_id: str
    id: str
    message_id: str
    block: str
    value: str
    channel: str
    nonce: str
    grade: str
    reasons: str
    at: int
    verdict: str
    signs: str
    rules: int
    stands_at: int

class BulkHitsValues(TypedDict):
    contact_id: str
    id: str
    message_id: str
    block: str
    purpose: str
    channel: str
    vouched: str
    at: int
    method: str
    choice: str
    agent: str
    network: str
    facts: str
    nonce: str
    gesture: str
    email: str

class BulkMessagesValues(TypedDict):
    contact_id: str
    id: str
    email: str
    version_id: str
    language: str
    mail_class: str
    stream: str
    topic: str
    at: int

class Bulk:
    def answers(self, rows: Iterable[BulkAnswersValues]) -> int: ...
    def contacts(self, rows: Iterable[BulkContactsValues]) -> int: ...
    def events(self, rows: Iterable[BulkEventsValues]) -> int: ...
    def hits(self, rows: Iterable[BulkHitsValues]) -> int: ...
    def messages(self, rows: Iterable[BulkMessagesValues]) -> int: ...
