"""What campaigns.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

from server.store.queries.contacts import ContactsRow

class CampaignsRow(TypedDict):
    id: str
    email: str
    version_id: str
    subject: str
    audience: str
    rule: str
    data: str
    timing: str
    starts_on: str
    time_zone: str
    deadline_on: str
    deadline_at: int | None
    state: str
    starts_at: int | None
    after_id: str
    expanded: int
    mail_class: str
    stream: str
    people: int
    counts: str
    counted_at: int
    reason: str
    resend_of: str
    by_whom: str
    approved_by: str
    created_at: int
    updated_at: int
    finished_at: int | None
    name: str

class CampaignsNewsRow(TypedDict):
    id: str
    choices: int
    answered: int
    wrote: int
    departed: int

class CampaignsOfEmailRow(TypedDict):
    id: str
    state: str
    starts_at: int | None

class CampaignsPeopleRow(TypedDict):
    contact_id: str
    first_name: str
    last_name: str
    address: str
    company: str
    id: str
    state: str
    reason: str
    next_attempt_at: int
    sent_at: int | None

class CampaignsReasonsRow(TypedDict):
    reason: str
    total: int

class CampaignsStatesRow(TypedDict):
    state: str
    total: int

class CampaignsToStopRow(TypedDict):
    id: str

class CampaignsWaitingRow(TypedDict):
    reason: str
    total: int
    until_ms: int

class Campaigns:
    def add(
        self,
        *,
        id: str,
        name: str,
        email: str,
        subject: str,
        audience: str,
        timing: str,
        starts_on: str,
        time_zone: str,
        deadline_on: str,
        data: str,
        resend_of: str,
        by_whom: str,
        now: int,
    ) -> int: ...
    def answered(self, *, id: str) -> int: ...
    def any(self) -> int | None: ...
    def approve(self, *, by_whom: str, starts_at: int | None, now: int, id: str) -> int: ...
    def before(self, *, created_at: int, id: str, limit: int) -> list[CampaignsRow]: ...
    def by_id(self, *, id: str) -> CampaignsRow | None: ...
    def change(
        self,
        *,
        name: str,
        email: str,
        subject: str,
        audience: str,
        timing: str,
        starts_on: str,
        time_zone: str,
        deadline_on: str,
        data: str,
        by_whom: str,
        now: int,
        id: str,
    ) -> int: ...
    def count(self, *, counts: str, people: int, now: int, id: str) -> int: ...
    def count_failed(self, *, id: str, limit: int) -> int: ...
    def count_unanswered(self, *, id: str, limit: int) -> int: ...
    def drafts(self, *, by_whom: str, limit: int) -> list[CampaignsRow]: ...
    def ended(self, *, since_at: int, limit: int) -> list[CampaignsRow]: ...
    def expand(
        self, *, last_id: str, expanded: int, now: int, id: str, after_id: str, starts_at: int | None, version_id: str
    ) -> int: ...
    def failed(self, *, id: str, after: str, limit: int) -> list[ContactsRow]: ...
    def finish(self, *, now: int, id: str) -> int: ...
    def hold_up(self, *, reason: str, now: int, id: str) -> int: ...
    def in_work(self) -> list[CampaignsRow]: ...
    def last_wait(self, *, id: str, never: int) -> int | None: ...
    def listed(self, *, limit: int) -> list[CampaignsRow]: ...
    def news(self, *, since_at: int, most: int) -> list[CampaignsNewsRow]: ...
    def of_email(self, *, email: str) -> list[CampaignsOfEmailRow]: ...
    def park(self, *, never: int, id: str, limit: int) -> int: ...
    def parked(self, *, id: str, never: int) -> int | None: ...
    def pause(self, *, now: int, id: str) -> int: ...
    def people(
        self, *, id: str, after: str, state: str, reason: str, answered: str, limit: int
    ) -> list[CampaignsPeopleRow]: ...
    def reasons(self, *, id: str, state: str) -> list[CampaignsReasonsRow]: ...
    def remove(self, *, id: str) -> int: ...
    def resume(self, *, now: int, id: str) -> int: ...
    def sent_between(self, *, since_at: int, until_at: int, id: str) -> int: ...
    def start(
        self,
        *,
        version_id: str,
        rule: str,
        mail_class: str,
        stream: str,
        people: int,
        starts_at: int | None,
        deadline_at: int | None,
        state: str,
        by_whom: str,
        now: int,
        id: str,
    ) -> int: ...
    def states(self, *, id: str) -> list[CampaignsStatesRow]: ...
    def stop(self, *, now: int, id: str) -> int: ...
    def stop_messages(self, *, id: str, limit: int) -> int: ...
    def take_back(self, *, now: int, id: str) -> int: ...
    def to_count_again(self, *, since_at: int, counted_at: int, limit: int) -> list[CampaignsRow]: ...
    def to_expand(self, *, now: int) -> list[CampaignsRow]: ...
    def to_stop(self, *, limit: int) -> list[CampaignsToStopRow]: ...
    def unanswered(self, *, id: str, after: str, limit: int) -> list[ContactsRow]: ...
    def unpark(self, *, never: int, id: str, limit: int) -> int: ...
    def waiting(self, *, id: str) -> list[CampaignsWaitingRow]: ...
    def waiting_approval(self) -> list[CampaignsRow]: ...
