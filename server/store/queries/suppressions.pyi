"""What suppressions.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict

class SuppressionsRow(TypedDict):
    address_key: str
    scope: str
    reason: str
    contact_id: str
    message_id: str
    at: int

class SuppressionsAddAllValues(TypedDict):
    address_key: str
    scope: str
    reason: str
    at: int

class SuppressionsOfAddressRow(TypedDict):
    scope: str
    reason: str
    at: int

class Suppressions:
    def add(self, *, address_key: str, scope: str, reason: str, contact_id: str, message_id: str, at: int) -> int: ...
    def add_all(self, rows: Iterable[SuppressionsAddAllValues]) -> int: ...
    def copy(self, *, address_key: str, contact_id: str, from_key: str) -> int: ...
    def of_address(self, *, address_key: str) -> list[SuppressionsOfAddressRow]: ...
    def of_contact(self, *, contact_id: str) -> list[SuppressionsRow]: ...
