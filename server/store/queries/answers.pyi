"""What answers.sql takes and returns. Written by `make golden`."""

from typing import TypedDict, Unpack

class AnswersRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    email: str
    value: str
    grade: str
    state: str
    answered_at: int
    confirm_at: int
    changes: int
    question: str
    points: str
    kind: str
    verdict: str
    superseded: int

class AnswersBookedRow(TypedDict):
    contact_id: str
    message_id: str
    value: str

class AnswersDueRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    grade: str

class AnswersEmailsRow(TypedDict):
    email: str

class AnswersLastMessageRow(TypedDict):
    version_id: str
    language: str

class AnswersListedRow(AnswersRow):
    address: str

class AnswersPutValues(TypedDict):
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

class AnswersRecentRow(AnswersRow):
    address: str
    first_name: str
    last_name: str
    company: str

class AnswersTotalsRow(TypedDict):
    block: str
    value: str
    state: str
    total: int

class Answers:
    def between(self, *, first: str, last: str) -> list[AnswersRow]: ...
    def booked(self, *, email: str, block: str) -> list[AnswersBookedRow]: ...
    def confirm(self, *, contact_id: str, now: int) -> int: ...
    def count_undecided(self) -> int: ...
    def due(self, *, now: int, limit: int) -> list[AnswersDueRow]: ...
    def emails(self) -> list[AnswersEmailsRow]: ...
    def last_asked(self, *, email: str, block: str) -> str | None: ...
    def last_at(self, *, email: str) -> int | None: ...
    def last_given(self, *, email: str, block: str, state: str, value: str) -> str | None: ...
    def last_message(self, *, email: str) -> AnswersLastMessageRow | None: ...
    def listed(
        self,
        *,
        after_at: int,
        after_contact: str,
        after_message: str,
        after_block: str,
        contact_id: str,
        email: str,
        block: str,
        state: str,
        limit: int,
    ) -> list[AnswersListedRow]: ...
    def mark(self, *, superseded: int, contact_id: str, message_id: str, block: str) -> int: ...
    def next_due(self) -> int | None: ...
    def of_contact(self, *, contact_id: str) -> list[AnswersRow]: ...
    def of_message(self, *, contact_id: str, message_id: str) -> list[AnswersRow]: ...
    def put(self, **row: Unpack[AnswersPutValues]) -> int: ...
    def recent(self, *, email: str, everyone: str, limit: int, offset: int) -> list[AnswersRecentRow]: ...
    def totals(self, *, email: str) -> list[AnswersTotalsRow]: ...
    def totals_of_campaign(self, *, campaign_id: str) -> list[AnswersTotalsRow]: ...
    def undecided(self, *, limit: int, offset: int) -> list[AnswersRecentRow]: ...
