"""What messages.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict

class MessagesRow(TypedDict):
    contact_id: str
    id: str
    email: str
    version_id: str
    language: str
    mail_class: str
    stream: str
    topic: str
    data: str
    state: str
    reason: str
    attempts: int
    next_attempt_at: int
    lease_owner: str
    lease_until: int
    created_at: int
    sent_at: int | None
    recipients: int
    campaign_id: str
    purpose: str
    deadline_at: int | None
    begun_at: int

class MessagesByIdAloneRow(MessagesRow):
    address: str

class MessagesCountsRow(TypedDict):
    stream: str
    state: str
    total: int

class MessagesEnqueueManyValues(TypedDict):
    contact_id: str
    id: str
    email: str
    version_id: str
    language: str
    mail_class: str
    stream: str
    topic: str
    data: str
    recipients: int
    campaign_id: str
    deadline_at: int | None
    state: str
    reason: str
    next_attempt_at: int
    now: int

class MessagesLeftBeforeRow(TypedDict):
    campaign_id: str
    mail_class: str
    purpose: str
    begun_at: int

class MessagesReleaseValues(TypedDict):
    contact_id: str
    id: str
    owner: str

class MessagesStuckRow(TypedDict):
    total: int
    since_at: int
    next_at: int

class MessagesUnansweredRow(TypedDict):
    id: str

class Messages:
    def begin_attempt(self, *, lease_until: int, now: int, contact_id: str, id: str, owner: str) -> int: ...
    def by_id(self, *, contact_id: str, id: str) -> MessagesRow | None: ...
    def by_id_alone(self, *, id: str) -> MessagesByIdAloneRow | None: ...
    def claim(self, *, owner: str, lease_until: int, now: int, stream: str, limit: int) -> list[MessagesRow]: ...
    def counts(self) -> list[MessagesCountsRow]: ...
    def enqueue(
        self,
        *,
        contact_id: str,
        id: str,
        email: str,
        version_id: str,
        language: str,
        mail_class: str,
        stream: str,
        topic: str,
        data: str,
        recipients: int,
        purpose: str,
        now: int,
    ) -> int: ...
    def enqueue_many(self, rows: Iterable[MessagesEnqueueManyValues]) -> int: ...
    def finish(
        self,
        *,
        state: str,
        reason: str,
        next_attempt_at: int,
        sent_at: int | None,
        contact_id: str,
        id: str,
        owner: str,
    ) -> int: ...
    def first_sent(self) -> int | None: ...
    def in_state(self, *, state: str, before: str, tests: str, limit: int) -> list[MessagesByIdAloneRow]: ...
    def in_this_state(self, *, state: str, limit: int) -> int: ...
    def is_due(self, *, stream: str, now: int) -> int | None: ...
    def left_before(
        self, *, contact_id: str, id: str, since_at: int, campaign_id: str
    ) -> list[MessagesLeftBeforeRow]: ...
    def of_contact(self, *, contact_id: str) -> list[MessagesRow]: ...
    def recent(self, *, before: str, tests: str, limit: int) -> list[MessagesByIdAloneRow]: ...
    def recent_of(self, *, contact_id: str, before: str, state: str, limit: int) -> list[MessagesByIdAloneRow]: ...
    def release(self, rows: Iterable[MessagesReleaseValues]) -> int: ...
    def requeue(self, *, now: int, contact_id: str, id: str) -> int: ...
    def stop_marketing(self, *, reason: str, contact_id: str) -> int: ...
    def stuck(self, *, stream: str) -> MessagesStuckRow: ...
    def sweep(self, *, reason: str, now: int) -> int: ...
    def unanswered(self, *, email: str, language: str, limit: int) -> list[MessagesUnansweredRow]: ...
    def withdraw(self, *, reason: str, contact_id: str, id: str) -> int: ...
