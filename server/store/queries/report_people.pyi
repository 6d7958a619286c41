"""What report_people.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class ReportPeopleAnsweredRow(TypedDict):
    contact_id: str
    at: int

class ReportPeopleDetailsRow(TypedDict):
    contact_id: str
    address: str
    first_name: str
    last_name: str
    company: str
    phone: str
    stage: str | None
    outcome: str | None
    worth: int | None

class ReportPeopleMarksRow(TypedDict):
    block: str
    week: int
    value: str
    people: int

class ReportPeople:
    def answered(self, *, email: str, stands: str, limit: int, offset: int) -> list[ReportPeopleAnsweredRow]: ...
    def booked(self, *, email: str, own: str, limit: int, offset: int) -> list[ReportPeopleAnsweredRow]: ...
    def departed(self, *, email: str, limit: int, offset: int) -> list[ReportPeopleAnsweredRow]: ...
    def departed_number(self, *, email: str) -> int: ...
    def details(self, *, ids: str) -> list[ReportPeopleDetailsRow]: ...
    def doubtful(self, *, email: str, state: str, limit: int, offset: int) -> list[ReportPeopleAnsweredRow]: ...
    def marks(self, *, email: str) -> list[ReportPeopleMarksRow]: ...
    def median_wait(self, *, email: str, half: int) -> int | None: ...
    def of_messages(self, *, email: str, states: str, limit: int, offset: int) -> list[ReportPeopleAnsweredRow]: ...
    def silent(self, *, email: str, limit: int, offset: int) -> list[ReportPeopleAnsweredRow]: ...
    def silent_number(self, *, email: str) -> int: ...
