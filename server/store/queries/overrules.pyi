"""What overrules.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class OverrulesRow(TypedDict):
    contact_id: str
    id: str
    message_id: str
    block: str
    nonce: str
    verdict: str
    reason: str
    by_whom: str
    at: int

class Overrules:
    def add(
        self,
        *,
        contact_id: str,
        id: str,
        message_id: str,
        block: str,
        nonce: str,
        verdict: str,
        reason: str,
        by_whom: str,
        at: int,
    ) -> int: ...
    def of_contact(self, *, contact_id: str) -> list[OverrulesRow]: ...
