"""What tasks.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class TasksRow(TypedDict):
    contact_id: str
    id: str
    title: str
    note: str
    owner: str
    flow: str
    by_whom: str
    stale: int
    due_at: int
    done_at: int | None
    done_by: str
    created_at: int
    withdrawn: str

class TasksBeforeRow(TypedDict):
    id: str
    due_at: int

class TasksByIdAloneRow(TasksRow):
    address: str | None

class TasksDoneRow(TasksRow):
    address: str | None
    first_name: str | None
    last_name: str | None
    company: str | None
    phone: str | None
    whatsapp: str | None

class Tasks:
    def add(
        self,
        *,
        contact_id: str,
        id: str,
        title: str,
        note: str,
        owner: str,
        flow: str,
        by_whom: str,
        due_at: int,
        now: int,
    ) -> int: ...
    def before(self, *, contact_id: str, until_at: int) -> list[TasksBeforeRow]: ...
    def by_id_alone(self, *, id: str) -> TasksByIdAloneRow | None: ...
    def count_due(self, *, now: int, owner: str) -> int: ...
    def done(self, *, owner: str, limit: int) -> list[TasksDoneRow]: ...
    def done_after(
        self, *, after_at: int, after_id: str, owner: str, contact_id: str, limit: int
    ) -> list[TasksByIdAloneRow]: ...
    def finish(self, *, now: int, by_whom: str, contact_id: str, id: str) -> int: ...
    def of_contact(self, *, contact_id: str) -> list[TasksRow]: ...
    def of_withdrawn(self, *, contact_id: str, message_id: str, block: str) -> int: ...
    def open(self, *, owner: str, limit: int) -> list[TasksDoneRow]: ...
    def open_after(
        self, *, after_at: int, after_id: str, owner: str, contact_id: str, limit: int
    ) -> list[TasksByIdAloneRow]: ...
    def postpone(self, *, due_at: int, contact_id: str, id: str) -> int: ...
    def reopen(self, *, contact_id: str, id: str) -> int: ...
    def set_stale(self, *, stale: int, contact_id: str, id: str) -> int: ...
    def settle(self, *, now: int, by_whom: str, reason: str, contact_id: str) -> int: ...
    def unsettle(self, *, contact_id: str, reason: str, at: int) -> int: ...
    def withdraw(self, *, now: int, reason: str, contact_id: str, id: str) -> int: ...
