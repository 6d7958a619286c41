"""What asked.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class AskedByIdRow(TypedDict):
    contact_id: str
    id: str
    email: str
    version_id: str
    language: str
    mail_class: str
    purpose: str
    data: str
    sent_at: int | None
    created_at: int
    address: str
    first_name: str
    last_name: str
    company: str
    phone: str
    country: str
    fields: str

class AskedLockRow(TypedDict):
    contact_id: str
    id: str
    email: str
    version_id: str
    language: str
    mail_class: str
    purpose: str
    topic: str
    data: str
    sent_at: int | None
    created_at: int
    address: str
    first_name: str
    last_name: str
    company: str
    phone: str
    country: str
    fields: str
    stage: str
    pinned: str
    table_id: str | None
    flows: str | None

class Asked:
    def by_id(self, *, id: str) -> AskedByIdRow | None: ...
    def lock(self, *, contact_id: str, id: str) -> AskedLockRow | None: ...
    def message(self, *, contact_id: str, id: str) -> AskedByIdRow | None: ...
    def test(self, *, id: str) -> AskedByIdRow | None: ...
