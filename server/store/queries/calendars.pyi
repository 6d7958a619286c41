"""What calendars.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

class CalendarsRow(TypedDict):
    name: str
    title: str
    place: str
    time_zone: str
    hours: str
    minutes: int
    before_minutes: int
    after_minutes: int
    notice_minutes: int
    horizon_days: int
    capacity: int
    country: str
    days_off: str
    active: int
    updated_at: int
    title_en: str

class CalendarsAddBusyValues(TypedDict):
    owner_id: str
    starts_at: int | None
    ends_at: int

class BusyRow(TypedDict):
    owner_id: str
    starts_at: int
    ends_at: int

class OwnerCalendarsRow(TypedDict):
    owner_id: str
    feed_mark: str
    busy_url: str
    fetched_at: int
    tried_at: int
    trouble: str

class HoldsRow(TypedDict):
    owner_id: str
    piece: int
    calendar: str
    starts_at: int

class CalendarsLockRow(TypedDict):
    id: str

class CalendarsOwnersRow(TypedDict):
    owner_id: str

class CalendarsPutValues(TypedDict):
    name: str
    title: str
    title_en: str
    place: str
    time_zone: str
    hours: str
    minutes: int
    before_minutes: int
    after_minutes: int
    notice_minutes: int
    horizon_days: int
    capacity: int
    country: str
    days_off: str
    active: int
    now: int

class CalendarsZonesRow(TypedDict):
    time_zone: str

class Calendars:
    def add_busy(self, rows: Iterable[CalendarsAddBusyValues]) -> int: ...
    def add_owner(self, *, calendar: str, owner_id: str) -> int: ...
    def busy(self, *, calendar: str, since_at: int, until_at: int) -> list[BusyRow]: ...
    def by_name(self, *, name: str) -> CalendarsRow | None: ...
    def drop_owners(self, *, calendar: str) -> int: ...
    def due(self, *, before_at: int) -> list[OwnerCalendarsRow]: ...
    def every(self) -> list[CalendarsRow]: ...
    def feed(self, *, owner_id: str, mark: str) -> int: ...
    def forget_busy(self, *, owner_id: str) -> int: ...
    def held(self, *, calendar: str, first_at: int, last_at: int) -> list[HoldsRow]: ...
    def lock(self, *, calendar: str) -> list[CalendarsLockRow]: ...
    def owner(self, *, owner_id: str) -> OwnerCalendarsRow | None: ...
    def owners(self, *, calendar: str) -> list[CalendarsOwnersRow]: ...
    def put(self, **row: Unpack[CalendarsPutValues]) -> int: ...
    def tried(self, *, now: int, trouble: str, fetched_at: int, owner_id: str, url: str) -> int: ...
    def trying(self, *, now: int, owner_id: str, url: str) -> int: ...
    def watch(self, *, owner_id: str, url: str) -> int: ...
    def zones(self, *, owner_id: str) -> list[CalendarsZonesRow]: ...
