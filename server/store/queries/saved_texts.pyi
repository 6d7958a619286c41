"""What saved_texts.sql takes and returns. Written by `make golden`."""

from typing import TypedDict, Unpack

class SavedTextsRow(TypedDict):
    owner_id: str
    id: str
    subject: str
    body: str
    updated_at: int

class SavedTextsPutValues(TypedDict):
    owner_id: str
    id: str
    subject: str
    body: str
    now: int

class SavedTexts:
    def of_owner(self, *, owner_id: str) -> list[SavedTextsRow]: ...
    def put(self, **row: Unpack[SavedTextsPutValues]) -> int: ...
    def remove(self, *, owner_id: str, id: str) -> int: ...
