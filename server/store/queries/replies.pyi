"""What replies.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class RepliesRow(TypedDict):
    contact_id: str
    id: str
    message_id: str
    block: str
    why: str
    text: str
    sender: str
    nonce: str
    at: int

class RepliesOfContactRow(RepliesRow):
    email: str | None

class Replies:
    def add(
        self,
        *,
        contact_id: str,
        id: str,
        message_id: str,
        block: str,
        why: str,
        text: str,
        sender: str,
        nonce: str,
        at: int,
    ) -> int: ...
    def count(self, *, contact_id: str) -> int: ...
    def of_contact(self, *, contact_id: str) -> list[RepliesOfContactRow]: ...
