"""What imports.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict

from server.store.queries.contacts import ContactsRow

class ImportsRow(TypedDict):
    id: str
    name: str
    program: str
    encoding: str
    separator: str
    layout: str
    state: str
    total: int
    done: int
    last_line: int
    by_whom: str
    created_at: int
    started_at: int
    finished_at: int

class ImportsAddRowsValues(TypedDict):
    import_id: str
    line: int
    cells: str
    email_key: str
    repeats: int

class ImportsDropContactsValues(TypedDict):
    contact_id: str

class ImportsForgetContactsValues(TypedDict):
    contact_id: str

class ImportsKnownRow(ContactsRow):
    listed_key: str | None
    preference: int

class ImportsMarkUndoneValues(TypedDict):
    undone: str
    import_id: str
    line: int

class ImportRowsRow(TypedDict):
    import_id: str
    line: int
    contact_id: str
    email_key: str
    repeats: int
    cells: str
    outcome: str
    notes: str
    suppressed: str
    changes: str
    undone: str

class ImportsPlanValues(TypedDict):
    contact_id: str
    outcome: str
    notes: str
    suppressed: str
    changes: str
    import_id: str
    line: int

class ImportsSetKeysValues(TypedDict):
    email_key: str
    repeats: int
    import_id: str
    line: int

class ImportsSinceRow(TypedDict):
    line: int
    happened: str

class ImportsSuppressedRow(TypedDict):
    listed_key: str | None
    reason: str

class ImportsTotalsRow(TypedDict):
    outcome: str
    total: int

class ImportsUndoneTotalsRow(TypedDict):
    undone: str
    total: int

class ImportsWorkingRow(TypedDict):
    id: str

class Imports:
    def add(
        self,
        *,
        id: str,
        name: str,
        program: str,
        encoding: str,
        separator: str,
        layout: str,
        total: int,
        by_whom: str,
        now: int,
    ) -> int: ...
    def add_rows(self, rows: Iterable[ImportsAddRowsValues]) -> int: ...
    def advance(self, *, done: int, last_line: int, id: str) -> int: ...
    def begin(self, *, state: str, started_at: int, id: str) -> int: ...
    def by_id(self, *, id: str) -> ImportsRow | None: ...
    def clear_cells(self, *, import_id: str) -> int: ...
    def count_noted(self, *, import_id: str) -> int: ...
    def count_suppressed(self, *, import_id: str) -> int: ...
    def drop_contacts(self, rows: Iterable[ImportsDropContactsValues]) -> int: ...
    def finish(self, *, state: str, now: int, id: str) -> int: ...
    def forget_contacts(self, rows: Iterable[ImportsForgetContactsValues]) -> int: ...
    def known(self, *, import_id: str, after_line: int, until_line: int) -> list[ImportsKnownRow]: ...
    def lock(self, *, id: str) -> ImportsRow | None: ...
    def mark_undone(self, rows: Iterable[ImportsMarkUndoneValues]) -> int: ...
    def of_rows(self, *, import_id: str, after_line: int, until_line: int) -> list[ContactsRow]: ...
    def page(
        self, *, import_id: str, outcome: str, suppressed: str, noted: str, kept: str, limit: int, offset: int
    ) -> list[ImportRowsRow]: ...
    def plan(self, rows: Iterable[ImportsPlanValues]) -> int: ...
    def recent(self, *, limit: int) -> list[ImportsRow]: ...
    def remove(self, *, id: str) -> int: ...
    def remove_rows(self, *, import_id: str) -> int: ...
    def rows(self, *, import_id: str, after_line: int, limit: int) -> list[ImportRowsRow]: ...
    def rows_back(self, *, import_id: str, before_line: int, limit: int) -> list[ImportRowsRow]: ...
    def set_keys(self, rows: Iterable[ImportsSetKeysValues]) -> int: ...
    def set_layout(self, *, layout: str, id: str) -> int: ...
    def set_state(self, *, state: str, id: str) -> int: ...
    def since(self, *, started_at: int, import_id: str, after_line: int, until_line: int) -> list[ImportsSinceRow]: ...
    def suppressed(self, *, import_id: str, after_line: int, until_line: int) -> list[ImportsSuppressedRow]: ...
    def totals(self, *, import_id: str) -> list[ImportsTotalsRow]: ...
    def undone_totals(self, *, import_id: str) -> list[ImportsUndoneTotalsRow]: ...
    def working(self) -> list[ImportsWorkingRow]: ...
