"""What audit.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class AuditRow(TypedDict):
    id: str
    at: int
    by_whom: str
    what: str
    subject: str
    details: str

class AuditPeopleRow(TypedDict):
    by_whom: str

class Audit:
    def add(self, *, id: str, at: int, by_whom: str, what: str, subject: str, details: str) -> int: ...
    def last(self, *, what: str) -> AuditRow | None: ...
    def newest(self, *, before: str, by_whom: str, kind: str, limit: int) -> list[AuditRow]: ...
    def people(self) -> list[AuditPeopleRow]: ...
