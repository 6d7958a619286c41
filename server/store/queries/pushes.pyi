"""What pushes.sql takes and returns. Written by `make golden`."""

from typing import TypedDict, Unpack

class PushesRow(TypedDict):
    contact_id: str
    cause: str
    device_id: str
    state: str
    reason: str
    attempts: int
    next_attempt_at: int
    lease_owner: str
    lease_until: int
    created_at: int

class PushesPutValues(TypedDict):
    contact_id: str
    cause: str
    device_id: str
    now: int

class Pushes:
    def claim(self, *, owner: str, lease_until: int, now: int, limit: int) -> list[PushesRow]: ...
    def drop_of_device(self, *, device_id: str) -> int: ...
    def finish(
        self, *, state: str, reason: str, next_attempt_at: int, contact_id: str, cause: str, device_id: str, owner: str
    ) -> int: ...
    def is_due(self, *, now: int) -> int | None: ...
    def of_contact(self, *, contact_id: str) -> list[PushesRow]: ...
    def put(self, **row: Unpack[PushesPutValues]) -> int: ...
