"""What versions.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class EmailVersionsRow(TypedDict):
    id: str
    name: str
    files: str
    created_at: int

class VersionsLockRow(TypedDict):
    id: str

class Versions:
    def add(self, *, id: str, name: str, files: str, now: int) -> int: ...
    def by_id(self, *, id: str) -> EmailVersionsRow | None: ...
    def latest(self, *, name: str) -> str | None: ...
    def lock(self, *, id: str) -> VersionsLockRow | None: ...
