"""What effects.sql takes and returns. Written by `make golden`."""

from typing import TypedDict

class EffectsRow(TypedDict):
    contact_id: str
    id: str
    flow: str
    version: int
    place: int
    kind: str
    details: str
    happened: str
    message_id: str
    block: str
    answered_at: int
    cause: str
    chain: str
    state: str
    reason: str
    result: str
    counts: int
    by_hand: int
    endpoint: str
    body: str
    tries: str
    attempts: int
    next_attempt_at: int
    lease_owner: str
    lease_until: int
    created_at: int
    done_at: int | None
    corrects: str
    corrected: int

class EffectsBrokenRow(TypedDict):
    flow: str
    state: str
    total: int

class EffectsCountsRow(TypedDict):
    state: str
    total: int

class EffectsDueEndpointsRow(TypedDict):
    name: str

class EffectsOfFlowsRow(TypedDict):
    flow: str
    total: int
    failed: int
    last_at: int

class EffectsPastAnswersRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    email: str
    value: str
    points: str
    question: str
    at: int
    mail_class: str | None
    topic: str | None
    stage: str | None
    tags: str | None
    address: str
    first_name: str
    last_name: str

class EffectsPastBookingsRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    email: str | None
    value: str
    points: str
    question: str
    at: int
    mail_class: str | None
    topic: str | None
    stage: str | None
    tags: str | None
    address: str
    first_name: str
    last_name: str

class EffectsPastStagesRow(TypedDict):
    contact_id: str
    message_id: str
    block: str
    email: str
    value: str
    points: str
    question: str
    at: int
    mail_class: str
    topic: str
    stage: str
    tags: str
    address: str
    first_name: str
    last_name: str

class EffectsRecentRow(EffectsRow):
    address: str | None
    first_name: str | None
    last_name: str | None
    company: str | None

class EffectsThatMadeRow(TypedDict):
    chain: str

class Effects:
    def again(self, *, now: int, contact_id: str, id: str) -> int: ...
    def any_lost(self, *, now: int) -> int | None: ...
    def broken(self, *, since_at: int) -> list[EffectsBrokenRow]: ...
    def by_key(self, *, contact_id: str, id: str) -> EffectsRow | None: ...
    def claim(self, *, owner: str, lease_until: int, endpoint: str, now: int, limit: int) -> list[EffectsRow]: ...
    def correct(self, *, id: str, kind: str, cause: str, now: int, contact_id: str, of: str) -> int: ...
    def count_again(self, *, now: int, contact_id: str, id: str) -> int: ...
    def counts(self, *, flow: str, endpoint: str) -> list[EffectsCountsRow]: ...
    def due_endpoints(self, *, now: int) -> list[EffectsDueEndpointsRow]: ...
    def finish(
        self,
        *,
        state: str,
        reason: str,
        result: str,
        tries: str,
        next_attempt_at: int,
        done_at: int | None,
        contact_id: str,
        id: str,
        owner: str,
    ) -> int: ...
    def is_due(self, *, endpoint: str, now: int) -> int | None: ...
    def last_turn(self, *, flow: str, place: int) -> str | None: ...
    def of_contact(self, *, contact_id: str) -> list[EffectsRow]: ...
    def of_flows(self, *, since_at: int) -> list[EffectsOfFlowsRow]: ...
    def outgrow_stage(self, *, reason: str, contact_id: str, stage: str) -> int: ...
    def past_answers(
        self, *, since_at: int, before_at: int, before_contact: str, before_message: str, before_block: str, limit: int
    ) -> list[EffectsPastAnswersRow]: ...
    def past_bookings(
        self,
        *,
        what: str,
        since_at: int,
        before_at: int,
        before_contact: str,
        before_message: str,
        before_block: str,
        limit: int,
    ) -> list[EffectsPastBookingsRow]: ...
    def past_changes(
        self, *, since_at: int, before_at: int, before_contact: str, before_message: str, before_block: str, limit: int
    ) -> list[EffectsPastAnswersRow]: ...
    def past_leavings(
        self, *, since_at: int, before_at: int, before_contact: str, before_message: str, before_block: str, limit: int
    ) -> list[EffectsPastBookingsRow]: ...
    def past_stages(
        self, *, since_at: int, before_at: int, before_contact: str, before_message: str, before_block: str, limit: int
    ) -> list[EffectsPastStagesRow]: ...
    def plan(
        self,
        *,
        contact_id: str,
        id: str,
        flow: str,
        version: int,
        place: int,
        kind: str,
        details: str,
        happened: str,
        message_id: str,
        block: str,
        answered_at: int,
        cause: str,
        chain: str,
        state: str,
        reason: str,
        endpoint: str,
        due_at: int,
        now: int,
    ) -> int: ...
    def recent(
        self, *, flow: str, state: str, endpoint: str, before_at: int, before_id: str, limit: int
    ) -> list[EffectsRecentRow]: ...
    def set_body(self, *, body: str, contact_id: str, id: str) -> int: ...
    def set_turn(self, *, flow: str, place: int, last: str) -> int: ...
    def spare(self, *, reason: str, contact_id: str, id: str) -> int: ...
    def stop_endpoint(self, *, reason: str, endpoint: str) -> int: ...
    def sweep(self, *, now: int) -> int: ...
    def that_made(self, *, contact_id: str, result: str) -> list[EffectsThatMadeRow]: ...
    def withdraw(self, *, reason: str, contact_id: str, message_id: str, block: str) -> list[EffectsRow]: ...
    def withdraw_booking(self, *, reason: str, contact_id: str, message_id: str, block: str) -> list[EffectsRow]: ...
    def withdraw_stage(self, *, reason: str, contact_id: str, stage: str) -> list[EffectsRow]: ...
