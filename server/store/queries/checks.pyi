"""What checks.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

from server.store.queries.answers import AnswersRow
from server.store.queries.leads import LeadsRow

class ChecksBookingsInNoStateRow(TypedDict):
    contact_id: str
    message_id: str
    detail: str

class ChecksBookingsOfNobodyRow(TypedDict):
    contact_id: str
    detail: str

class ChecksContactsRow(TypedDict):
    id: str
    email: str
    first_name: str
    last_name: str
    company: str
    search_text: str

class ChecksCountsRow(TypedDict):
    contacts: int
    messages: int
    hits: int
    events: int
    answers: int
    leads: int

class ChecksEventsRow(TypedDict):
    contact_id: str
    id: str
    message_id: str
    block: str
    nonce: str
    value: str
    grade: str
    at: int
    verdict: str
    signs: str
    rules: int
    stands_at: int
    version_id: str | None
    language: str | None
    email: str | None
    data: str | None

class ChecksEventsOfNoMessageRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    detail: str

class ChecksLeadsOfNobodyRow(TypedDict):
    contact_id: str

class ChecksMessagesOfNobodyRow(TypedDict):
    contact_id: str
    message_id: str

class ChecksVersionsRow(TypedDict):
    id: str
    name: str

class Checks:
    def answers(self, *, contact_id: str, message_id: str, block: str, limit: int) -> list[AnswersRow]: ...
    def bookings_in_no_state(self, *, limit: int) -> list[ChecksBookingsInNoStateRow]: ...
    def bookings_of_nobody(self, *, limit: int) -> list[ChecksBookingsOfNobodyRow]: ...
    def bookings_twice(self, *, limit: int) -> list[ChecksBookingsInNoStateRow]: ...
    def bookings_without_hold(self, *, since_at: int, limit: int) -> list[ChecksBookingsInNoStateRow]: ...
    def contacts(self, *, id: str, limit: int) -> list[ChecksContactsRow]: ...
    def counts(self) -> ChecksCountsRow: ...
    def effects_in_no_state(self, *, limit: int) -> list[ChecksBookingsInNoStateRow]: ...
    def effects_of_nobody(self, *, limit: int) -> list[ChecksBookingsOfNobodyRow]: ...
    def events(
        self, *, contact_id: str, message_id: str, block: str, nonce: str, limit: int
    ) -> list[ChecksEventsRow]: ...
    def events_of_no_message(self, *, limit: int) -> list[ChecksEventsOfNoMessageRow]: ...
    def hits_of_no_message(self, *, limit: int) -> list[ChecksBookingsInNoStateRow]: ...
    def leads(self, *, contact_id: str, limit: int) -> list[LeadsRow]: ...
    def leads_of_nobody(self, *, limit: int) -> list[ChecksLeadsOfNobodyRow]: ...
    def messages_in_no_state(self, *, limit: int) -> list[ChecksBookingsInNoStateRow]: ...
    def messages_of_no_version(self, *, limit: int) -> list[ChecksBookingsInNoStateRow]: ...
    def messages_of_nobody(self, *, limit: int) -> list[ChecksMessagesOfNobodyRow]: ...
    def overrules_not_followed(self, *, limit: int) -> list[ChecksEventsOfNoMessageRow]: ...
    def overrules_of_no_event(self, *, limit: int) -> list[ChecksEventsOfNoMessageRow]: ...
    def remove_answer(self, *, contact_id: str, message_id: str, block: str) -> int: ...
    def remove_lead(self, *, contact_id: str) -> int: ...
    def tasks_missing(self, *, limit: int) -> list[ChecksBookingsOfNobodyRow]: ...
    def tasks_of_nobody(self, *, limit: int) -> list[ChecksBookingsOfNobodyRow]: ...
    def versions(self) -> list[ChecksVersionsRow]: ...
