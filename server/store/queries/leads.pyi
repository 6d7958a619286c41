"""What leads.sql takes and returns. Written by `make golden`."""

import builtins
from collections.abc import Iterable
from typing import TypedDict, Unpack

class LeadsRow(TypedDict):
    contact_id: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str
    reasons: str
    waiting: int
    answered_at: int
    updated_at: int
    people: int
    machines: int
    product: str
    products: str
    product_names: str
    scored_stage: str
    stage_was: str
    scored_on: int
    scored_by: str
    pinned: str
    owner_id: str
    next_step: str
    next_on: str
    snoozed_until: str
    outcome: str
    outcome_reason: str
    outcome_at: int
    tags: str
    undecided: int
    outcome_amount: int
    outcome_currency: str
    outcome_on: str
    by_hand: int

class LeadsByContactRow(LeadsRow):
    address: str
    first_name: str
    last_name: str
    company: str
    language: str
    phone: str
    whatsapp: str

class LeadsChangedRow(TypedDict):
    contact_id: str
    stage: str
    stage_was: str
    updated_at: int
    answered_at: int
    address: str
    first_name: str
    last_name: str

class LeadsProductsRow(TypedDict):
    names: str

class LeadsPutValues(TypedDict):
    contact_id: str
    product: str
    products: str
    product_names: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str
    reasons: str
    scored_on: int
    scored_by: str
    waiting: int
    people: int
    machines: int
    undecided: int
    answered_at: int
    now: int

class LeadsRescoreRow(TypedDict):
    stage: str
    stage_was: str

class LeadsSearchRow(LeadsRow):
    address: str
    first_name: str
    last_name: str
    company: str
    language: str
    phone: str
    whatsapp: str
    hot: int
    warm: int
    cold: int

class LeadsStandingRow(TypedDict):
    stage: str
    pinned: str

class LeadsTagManyValues(TypedDict):
    tags: str
    now: int
    contact_id: str

class LeadsToRescoreRow(TypedDict):
    contact_id: str

class Leads:
    def assign(self, *, owner_id: str, now: int, contact_id: str) -> int: ...
    def by_contact(self, *, contact_id: str) -> LeadsByContactRow | None: ...
    def changed(self, *, since_at: int, limit: int) -> builtins.list[LeadsChangedRow]: ...
    def count(self) -> int: ...
    def count_due(self, *, today: str, owner_id: str) -> int: ...
    def due(self, *, today: str, owner_id: str, limit: int) -> builtins.list[LeadsByContactRow]: ...
    def finish(
        self, *, outcome: str, reason: str, amount: int, currency: str, on_day: str, at: int, now: int, contact_id: str
    ) -> int: ...
    def in_stage(
        self,
        *,
        stage: str,
        outcome: str,
        snoozed: str,
        today: str,
        owner: str,
        free: str,
        product: str,
        tag: str,
        everyone: str,
        limit: int,
    ) -> int: ...
    def latest(self) -> int | None: ...
    def list(
        self,
        *,
        worth: int,
        answered_at: int,
        contact_id: str,
        stage: str,
        outcome: str,
        snoozed: str,
        today: str,
        owner: str,
        free: str,
        product: str,
        tag: str,
        everyone: str,
        word1: str,
        word2: str,
        word3: str,
        word4: str,
        word5: str,
        word6: str,
        limit: int,
        offset: int,
    ) -> builtins.list[LeadsByContactRow]: ...
    def lock(self, *, contact_id: str) -> LeadsRow | None: ...
    def machines(self) -> int: ...
    def mark_by_hand(self, *, contact_id: str) -> int: ...
    def pin(self, *, stage: str, now: int, contact_id: str) -> int: ...
    def plan(self, *, next_step: str, next_on: str, now: int, contact_id: str) -> int: ...
    def products(self) -> builtins.list[LeadsProductsRow]: ...
    def put(self, **row: Unpack[LeadsPutValues]) -> int: ...
    def rescore(
        self,
        *,
        product: str,
        products: str,
        product_names: str,
        interest: int,
        need: int,
        urgency: int,
        worth: int,
        stage: str,
        reasons: str,
        scored_on: int,
        scored_by: str,
        now: int,
        contact_id: str,
    ) -> LeadsRescoreRow | None: ...
    def scored(self, *, after: str, limit: int) -> builtins.list[LeadsRow]: ...
    def search(
        self,
        *,
        outcome: str,
        snoozed: str,
        today: str,
        owner: str,
        free: str,
        product: str,
        tag: str,
        everyone: str,
        word1: str,
        word2: str,
        word3: str,
        word4: str,
        word5: str,
        word6: str,
        stage: str,
        limit: int,
        offset: int,
    ) -> builtins.list[LeadsSearchRow]: ...
    def snooze(self, *, until: str, now: int, contact_id: str) -> int: ...
    def sorted(
        self,
        *,
        stage: str,
        outcome: str,
        snoozed: str,
        today: str,
        owner: str,
        free: str,
        product: str,
        tag: str,
        everyone: str,
        word1: str,
        word2: str,
        word3: str,
        word4: str,
        word5: str,
        word6: str,
        sort: str,
        limit: int,
        offset: int,
    ) -> builtins.list[LeadsByContactRow]: ...
    def standing(self, *, contact_id: str) -> LeadsStandingRow | None: ...
    def tag(self, *, tags: str, now: int, contact_id: str) -> int: ...
    def tag_many(self, rows: Iterable[LeadsTagManyValues]) -> int: ...
    def to_call(self, *, today: str, owner_id: str, since_at: int, limit: int) -> builtins.list[LeadsByContactRow]: ...
    def to_rescore(self, *, scored_by: str, scored_on: int, limit: int) -> builtins.list[LeadsToRescoreRow]: ...
    def touch(self, *, now: int, contact_id: str) -> int: ...
    def unclaimed(self, *, since_at: int, today: str, limit: int) -> builtins.list[LeadsByContactRow]: ...
