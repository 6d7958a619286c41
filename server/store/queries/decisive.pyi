"""What decisive.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class DecisiveAnswersRow(TypedDict):
    contact_id: str
    kind: str
    value: str
    question: str
    points: str
    at: int

class DecisiveBookingsRow(TypedDict):
    contact_id: str
    state: str
    title: str
    starts_at: int
    time_zone: str
    at: int

class DecisiveLeavingsRow(TypedDict):
    contact_id: str
    reason: str
    at: int

class DecisiveRepliesRow(TypedDict):
    contact_id: str
    text: str
    at: int

class Decisive:
    def answers(self, *, ids: str) -> list[DecisiveAnswersRow]: ...
    def bookings(self, *, ids: str, now: int) -> list[DecisiveBookingsRow]: ...
    def leavings(self, *, ids: str) -> list[DecisiveLeavingsRow]: ...
    def replies(self, *, ids: str) -> list[DecisiveRepliesRow]: ...
