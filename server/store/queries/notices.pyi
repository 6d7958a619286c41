"""What notices.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

class NoticesRow(TypedDict):
    id: str
    to_address: str
    subject: str
    text: str
    html: str
    attachments: str
    state: str
    reason: str
    attempts: int
    next_attempt_at: int
    lease_owner: str
    lease_until: int
    created_at: int
    sent_at: int | None
    contact_id: str
    reply_to: str

class NoticesCountsRow(TypedDict):
    state: str
    total: int

class NoticesNewestRow(TypedDict):
    id: str
    to_address: str
    subject: str
    state: str
    reason: str
    attempts: int
    next_attempt_at: int
    created_at: int
    sent_at: int | None

class NoticesPutValues(TypedDict):
    id: str
    contact_id: str
    to_address: str
    subject: str
    text: str
    html: str
    attachments: str
    reply_to: str
    now: int

class NoticesReleaseValues(TypedDict):
    id: str
    owner: str

class Notices:
    def begin_attempt(self, *, lease_until: int, id: str, owner: str) -> int: ...
    def by_id(self, *, id: str) -> NoticesRow | None: ...
    def claim(self, *, owner: str, lease_until: int, now: int, limit: int) -> list[NoticesRow]: ...
    def counts(self) -> list[NoticesCountsRow]: ...
    def finish(
        self, *, state: str, reason: str, next_attempt_at: int, sent_at: int | None, id: str, owner: str
    ) -> int: ...
    def is_due(self, *, now: int) -> int | None: ...
    def is_on_its_way(self, *, now: int) -> int | None: ...
    def newest(self, *, limit: int, offset: int) -> list[NoticesNewestRow]: ...
    def newest_in_state(self, *, state: str, limit: int, offset: int) -> list[NoticesNewestRow]: ...
    def put(self, **row: Unpack[NoticesPutValues]) -> int: ...
    def release(self, rows: Iterable[NoticesReleaseValues]) -> int: ...
    def requeue(self, *, now: int, id: str) -> int: ...
    def sweep(self, *, reason: str, now: int) -> int: ...
    def withdraw(self, *, id: str) -> int: ...
