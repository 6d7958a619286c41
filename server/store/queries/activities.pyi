"""What activities.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class ActivitiesRow(TypedDict):
    contact_id: str
    id: str
    kind: str
    text: str
    was: str
    by_whom: str
    at: int
    replaced: str

class Activities:
    def add(
        self, *, contact_id: str, id: str, kind: str, text: str, was: str | None, by_whom: str, now: int
    ) -> int: ...
    def by_key(self, *, contact_id: str, id: str) -> ActivitiesRow | None: ...
    def last_said(self, *, contact_id: str, kind: str, text: str) -> ActivitiesRow | None: ...
    def of_contact(self, *, contact_id: str) -> list[ActivitiesRow]: ...
    def remember(self, *, replaced: str, contact_id: str, id: str) -> int: ...
    def remove(self, *, contact_id: str, id: str) -> int: ...
