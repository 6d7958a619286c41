"""What reports.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class ReportsAgesRow(TypedDict):
    email: str
    as_of: int
    cost_ms: int

class ReportsAnsweredSinceRow(TypedDict):
    email: str

class ReportsBookedRow(TypedDict):
    block: str
    value: str
    people: int
    variant: str

class ReportsCameOfRow(TypedDict):
    variant: str
    stage: str
    outcome: str
    people: int

class ReportsChannelsRow(TypedDict):
    channel: str
    people: int

class ReportsDoubtsRow(TypedDict):
    state: str
    people: int

class ReportsGotRow(TypedDict):
    variant: str
    people: int
    since_at: int

class ReportsHoursRow(TypedDict):
    hour: int
    people: int

class ReportsLeadsRow(TypedDict):
    week: int
    stage: str
    outcome: str
    people: int

class ReportSnapshotsRow(TypedDict):
    email: str
    content: str
    as_of: int
    cost_ms: int

class ReportsStatesRow(TypedDict):
    sent: int
    delivered: int
    failed: int
    queued: int

class ReportsWhoRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    value: str
    points: str
    state: str
    answered_at: int
    address: str
    first_name: str
    last_name: str
    company: str
    stage: str | None
    worth: int | None
    tags: str | None

class Reports:
    def ages(self) -> list[ReportsAgesRow]: ...
    def answered_since(self, *, since_at: int) -> list[ReportsAnsweredSinceRow]: ...
    def booked(self, *, by: str, email: str) -> list[ReportsBookedRow]: ...
    def came_of(self, *, by: str, email: str) -> list[ReportsCameOfRow]: ...
    def channels(self, *, email: str) -> list[ReportsChannelsRow]: ...
    def doubts(self, *, email: str) -> list[ReportsDoubtsRow]: ...
    def emails(self) -> list[ReportsAnsweredSinceRow]: ...
    def got(self, *, by: str, email: str) -> list[ReportsGotRow]: ...
    def hours(self, *, email: str) -> list[ReportsHoursRow]: ...
    def how_many(self, *, email: str, block: str, state: str, value: str, one: str) -> int: ...
    def keep(self, *, email: str, content: str, as_of: int, cost_ms: int) -> int: ...
    def leads(self, *, email: str) -> list[ReportsLeadsRow]: ...
    def sent_since(self, *, since_at: int) -> list[ReportsAnsweredSinceRow]: ...
    def snapshot(self, *, email: str) -> ReportSnapshotsRow | None: ...
    def states(self, *, email: str) -> list[ReportsStatesRow]: ...
    def who(
        self, *, email: str, block: str, state: str, value: str, one: str, limit: int, offset: int
    ) -> list[ReportsWhoRow]: ...
