"""What qualifications.sql takes and returns. Written by `make golden`."""

import builtins
from typing import TypedDict

class QualificationsRow(TypedDict):
    id: str
    content: str
    by_whom: str
    at: int

class Qualifications:
    def add(self, *, id: str, content: str, by_whom: str, now: int) -> int: ...
    def by_id(self, *, id: str) -> QualificationsRow | None: ...
    def current(self) -> QualificationsRow | None: ...
    def list(self, *, limit: int) -> builtins.list[QualificationsRow]: ...
