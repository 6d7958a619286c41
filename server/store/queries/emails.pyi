"""What emails.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class EmailsRow(TypedDict):
    name: str
    title_es: str
    title_en: str
    folder: str
    search_text: str
    revision: int
    published: int | None
    state: str
    by_whom: str
    created_at: int
    updated_at: int

class EmailsFoldersRow(TypedDict):
    folder: str

class EmailsOutOfUseRow(TypedDict):
    name: str
    state: str

class EmailsPublishedRow(TypedDict):
    name: str
    files: str

class EmailsRevisionsRow(TypedDict):
    name: str
    revision: int
    note: str
    by_whom: str
    at: int

class EmailsTotalsRow(TypedDict):
    state: str
    total: int

class Emails:
    def add(
        self, *, name: str, title_es: str, title_en: str, folder: str, search_text: str, by_whom: str, now: int
    ) -> int: ...
    def add_revision(self, *, name: str, revision: int, files: str, note: str, by_whom: str, now: int) -> int: ...
    def advance(self, *, by_whom: str, now: int, name: str, base: int) -> int: ...
    def by_name(self, *, name: str) -> EmailsRow | None: ...
    def describe(
        self, *, title_es: str, title_en: str, folder: str, search_text: str, by_whom: str, now: int, name: str
    ) -> int: ...
    def files(self, *, name: str, revision: int) -> str | None: ...
    def folders(self) -> list[EmailsFoldersRow]: ...
    def listed(self, *, state: str, folder: str, pattern: str, after: str, limit: int) -> list[EmailsRow]: ...
    def out_of_use(self) -> list[EmailsOutOfUseRow]: ...
    def publish(self, *, revision: int, by_whom: str, now: int, name: str) -> int: ...
    def published(self) -> list[EmailsPublishedRow]: ...
    def revisions(self, *, name: str, before_revision: int, limit: int) -> list[EmailsRevisionsRow]: ...
    def set_state(self, *, state: str, by_whom: str, now: int, name: str) -> int: ...
    def totals(self) -> list[EmailsTotalsRow]: ...
    def unfinished(self, *, by_whom: str, limit: int) -> list[EmailsRow]: ...
