"""What open_pages.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class OpenPagesRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    page: str
    choice: str
    token_at: int
    agent: str
    network: str
    visit: str
    sign: str
    viewed: int
    declined: int
    opened_at: int
    due_at: int

class OpenPages:
    def due(self, *, now: int, limit: int) -> list[OpenPagesRow]: ...
    def next_due(self) -> int | None: ...
    def remove(self, *, contact_id: str, message_id: str, block: str, page: str) -> int: ...
    def report(
        self,
        *,
        contact_id: str,
        message_id: str,
        block: str,
        page: str,
        choice: str,
        token_at: int,
        agent: str,
        network: str,
        visit: str,
        sign: str,
        viewed: int,
        declined: int,
        opened_at: int,
        due_at: int,
    ) -> int: ...
