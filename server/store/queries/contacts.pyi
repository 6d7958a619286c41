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

class ContactsAddManyValues(TypedDict):
    id: str
    email: str
    email_key: str
    first_name: str
    last_name: str
    company: str
    language: str
    phone: str
    whatsapp: str
    country: str
    time_zone: str
    tags: str
    fields: str
    search_text: str
    now: int

class ContactsAliasRow(TypedDict):
    contact_id: str

class ContactAliasesRow(TypedDict):
    alias_id: str
    contact_id: str
    by_whom: str
    at: int
    email: str
    email_key: str

class ContactsAnybodyRow(TypedDict):
    contact_id: str
    address: str
    first_name: str
    last_name: str
    company: str
    phone: str
    whatsapp: str
    stage: str | None
    outcome: str | None
    snoozed_until: str | None
    owner_id: str | None

class ContactsChangeManyValues(TypedDict):
    first_name: str
    last_name: str
    company: str
    language: str
    phone: str
    whatsapp: str
    country: str
    time_zone: str
    tags: str
    fields: str
    search_text: str
    now: int
    id: str

class ContactsCountriesInUseRow(TypedDict):
    country: str

class ContactsFieldNamesRow(TypedDict):
    name: str

class ContactsFoundRow(ContactsRow):
    stage: str | None
    answered_at: int | None
    no_mail: str | None
    no_marketing: str | None

class ContactsLockRow(TypedDict):
    id: str

class ContactsSetSearchTextValues(TypedDict):
    search_text: str
    id: str

class ContactsTagsInUseRow(TypedDict):
    tags: str

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
    def add(
        self,
        *,
        id: str,
        email: str,
        email_key: str,
        first_name: str,
        last_name: str,
        company: str,
        language: str,
        phone: str,
        whatsapp: str,
        country: str,
        time_zone: str,
        tags: str,
        fields: str,
        search_text: str,
        now: int,
    ) -> int: ...
    def add_alias(
        self, *, alias_id: str, contact_id: str, email: str, email_key: str, by_whom: str, at: int
    ) -> int: ...
    def add_field_name(self, *, name: str, now: int) -> int: ...
    def add_many(self, rows: Iterable[ContactsAddManyValues]) -> int: ...
    def alias(self, *, alias_id: str) -> ContactsAliasRow | None: ...
    def alias_of_key(self, *, email_key: str) -> ContactsRow | None: ...
    def aliases_of(self, *, contact_id: str) -> list[ContactAliasesRow]: ...
    def alike(self, *, id: str, phone: str, last_name: str, word: str, limit: int) -> list[ContactsRow]: ...
    def any_alias(self) -> int | None: ...
    def anybody(
        self, *, word1: str, word2: str, word3: str, word4: str, word5: str, word6: str, digits: str, limit: int
    ) -> list[ContactsAnybodyRow]: ...
    def by_id(self, *, id: str) -> ContactsRow | None: ...
    def by_key(self, *, email_key: str) -> ContactsRow | None: ...
    def change(
        self,
        *,
        email: str,
        email_key: str,
        first_name: str,
        last_name: str,
        company: str,
        language: str,
        phone: str,
        whatsapp: str,
        country: str,
        time_zone: str,
        fields: str,
        search_text: str,
        now: int,
        id: str,
    ) -> int: ...
    def change_many(self, rows: Iterable[ContactsChangeManyValues]) -> int: ...
    def count(self) -> int: ...
    def counted(self, *, limit: int) -> int: ...
    def countries_in_use(self) -> list[ContactsCountriesInUseRow]: ...
    def field_names(self) -> list[ContactsFieldNamesRow]: ...
    def found(
        self,
        *,
        tag: str,
        language: str,
        country: str,
        suppressed: str,
        word1: str,
        word2: str,
        word3: str,
        word4: str,
        word5: str,
        word6: str,
        limit: int,
        offset: int,
    ) -> list[ContactsFoundRow]: ...
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
    def locked(self, *, id: str) -> ContactsRow | None: ...
    def page(self, *, after: str, limit: int) -> list[ContactsRow]: ...
    def set_search_text(self, rows: Iterable[ContactsSetSearchTextValues]) -> int: ...
    def set_tags(self, *, tags: str, now: int, id: str) -> int: ...
    def tags_in_use(self) -> list[ContactsTagsInUseRow]: ...
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
