"""What events.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class EventsRow(TypedDict):
    contact_id: str
    id: str
    message_id: str
    block: str
    kind: str
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
    judged_at: int

class EventsAnsweredMessagesRow(TypedDict):
    contact_id: str
    message_id: str

class EventsListedRow(EventsRow):
    email: str | None
    address: str | None

class EventsOfBlockRow(TypedDict):
    id: str
    value: str
    grade: str
    at: int
    verdict: str
    stands_at: int

class EventsOfContactRow(EventsRow):
    email: str | None

class EventsOfMessageItselfRow(TypedDict):
    kind: str
    at: int

class EventsOfNonceRow(TypedDict):
    message_id: str
    block: str

class Events:
    def answered(
        self,
        *,
        contact_id: str,
        id: str,
        message_id: str,
        block: str,
        kind: str,
        value: str,
        channel: str,
        nonce: str,
        grade: str,
        reasons: str,
        at: int,
        verdict: str,
        signs: str,
        rules: int,
        stands_at: int,
    ) -> int: ...
    def answered_messages(
        self, *, after_contact: str, after_message: str, limit: int
    ) -> list[EventsAnsweredMessagesRow]: ...
    def any_answer(self, *, contact_id: str, message_id: str) -> int | None: ...
    def append(
        self,
        *,
        contact_id: str,
        id: str,
        message_id: str,
        block: str,
        kind: str,
        value: str,
        channel: str,
        nonce: str,
        grade: str,
        reasons: str,
        at: int,
    ) -> int: ...
    def count(self) -> int: ...
    def count_answered_messages(self) -> int: ...
    def judge(
        self,
        *,
        verdict: str,
        signs: str,
        rules: int,
        stands_at: int,
        now: int,
        contact_id: str,
        message_id: str,
        block: str,
        nonce: str,
    ) -> int: ...
    def listed(self, *, after_at: int, after_id: str, email: str, limit: int) -> list[EventsListedRow]: ...
    def listed_of(
        self, *, contact_id: str, after_at: int, after_id: str, email: str, limit: int
    ) -> list[EventsListedRow]: ...
    def of_block(self, *, contact_id: str, message_id: str, block: str) -> list[EventsOfBlockRow]: ...
    def of_contact(self, *, contact_id: str) -> list[EventsOfContactRow]: ...
    def of_message(self, *, contact_id: str, message_id: str) -> list[EventsRow]: ...
    def of_message_itself(self, *, contact_id: str, message_id: str) -> list[EventsOfMessageItselfRow]: ...
    def of_nonce(self, *, contact_id: str, nonce: str) -> list[EventsOfNonceRow]: ...
    def page(self, *, after_at: int, after_id: str, limit: int) -> list[EventsListedRow]: ...
