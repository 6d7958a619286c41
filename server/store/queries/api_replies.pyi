"""What api_replies.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class ApiRepliesRow(TypedDict):
    key_id: str
    name: str
    request: str
    contact_id: str
    status: int
    body: str
    at: int

class ApiReplies:
    def by_name(self, *, key_id: str, name: str) -> ApiRepliesRow | None: ...
    def claim(self, *, key_id: str, name: str, request: str, now: int) -> int: ...
    def forget(self, *, before_at: int) -> int: ...
    def keep(self, *, contact_id: str, status: int, body: str, key_id: str, name: str) -> int: ...
