"""What testers.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class TestersRow(TypedDict):
    contact_id: str
    email: str
    email_key: str
    first_name: str
    last_name: str
    company: str
    language: str
    phone: str
    country: str
    time_zone: str
    fields: str
    created_at: int

class TestersAnswersRow(TypedDict):
    block: str
    value: str
    grade: str
    at: int

class TestersOfContactRow(TypedDict):
    contact_id: str

class Testers:
    def add(
        self,
        *,
        contact_id: str,
        email: str,
        email_key: str,
        first_name: str,
        last_name: str,
        company: str,
        language: str,
        phone: str,
        country: str,
        time_zone: str,
        fields: str,
        now: int,
    ) -> int: ...
    def answers(self, *, contact_id: str, message_id: str) -> list[TestersAnswersRow]: ...
    def is_one(self, *, contact_id: str) -> int | None: ...
    def keep(
        self,
        *,
        contact_id: str,
        message_id: str,
        block: str,
        nonce: str,
        id: str,
        value: str,
        channel: str,
        grade: str,
        reasons: str,
        at: int,
    ) -> int: ...
    def of_contact(self, *, contact_id: str) -> list[TestersOfContactRow]: ...
