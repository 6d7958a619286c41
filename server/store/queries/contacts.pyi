"""What contacts.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict

class ContactsRow(TypedDict):
    id: str
    email: str
    email_key: str
    first_name: str
    last_name: str
    company: str
    language: str
    search_text: str
    created_at: int
    updated_at: int
    phone: str
    whatsapp: str
    country: str
    time_zone: str
    tags: str
    fields: str

class ContactsLockRow(TypedDict):
    id: str

class ContactsSetSearchTextValues(TypedDict):
    search_text: str
    id: str

class ContactsUpsertManyValues(TypedDict):
    id: str
    email: str
    email_key: str
    first_name: str
    last_name: str
    company: str
    language: str
    search_text: str
    now: int

class Contacts:
    def by_id(self, *, id: str) -> ContactsRow | None: ...
    def by_key(self, *, email_key: str) -> ContactsRow | None: ...
    def count(self) -> int: ...
    def listed(
        self,
        *,
        after: str,
        since_at: int,
        email_key: str,
        word1: str,
        word2: str,
        word3: str,
        word4: str,
        word5: str,
        word6: str,
        limit: int,
    ) -> list[ContactsRow]: ...
    def lock(self, *, id: str) -> ContactsLockRow | None: ...
    def page(self, *, after: str, limit: int) -> list[ContactsRow]: ...
    def set_place(self, *, country: str, time_zone: str, id: str) -> int: ...
    def set_search_text(self, rows: Iterable[ContactsSetSearchTextValues]) -> int: ...
    def unfolded(self) -> list[ContactsRow]: ...
    def upsert(
        self,
        *,
        id: str,
        email: str,
        email_key: str,
        first_name: str,
        last_name: str,
        company: str,
        language: str,
        search_text: str,
        now: int,
    ) -> ContactsRow: ...
    def upsert_many(self, rows: Iterable[ContactsUpsertManyValues]) -> int: ...
