"""What bookings.sql takes and returns. Written by `make golden`."""

from collections.abc import Iterable
from typing import TypedDict

class BookingsRow(TypedDict):
    contact_id: str
    id: str
    calendar: str
    owner_id: str
    starts_at: int
    ends_at: int
    seat: int
    state: str
    sequence: int
    told: int
    rsvp: str
    title: str
    place: str
    language: str
    time_zone: str
    message_id: str
    block: str
    reminded: str
    created_at: int
    updated_at: int

class BookingsBetweenRow(BookingsRow):
    address: str
    first_name: str
    last_name: str
    company: str

class BookingsByIdRow(BookingsRow):
    address: str

class CalledOffRow(TypedDict):
    id: str
    owner_id: str
    starts_at: int
    ends_at: int
    sequence: int
    title: str
    place: str
    time_zone: str

class BookingChangesRow(TypedDict):
    contact_id: str
    id: str
    booking_id: str
    what: str
    starts_at: int
    was: int | None
    by_whom: str
    at: int

class BookingsChangedRow(BookingChangesRow):
    title: str
    address: str
    first_name: str
    last_name: str

class BookingsChangesRow(BookingChangesRow):
    title: str
    time_zone: str
    calendar: str

class BookingsComingRow(BookingsRow):
    address: str
    first_name: str
    last_name: str
    company: str
    phone: str
    whatsapp: str

class BookingsHoldValues(TypedDict):
    owner_id: str
    piece: int
    calendar: str
    starts_at: int | None

class BookingsLoadRow(TypedDict):
    owner_id: str
    total: int
    last_at: int

class BookingsOfOwnerRow(BookingsRow):
    address: str
    first_name: str
    last_name: str

class BookingsOfferedRow(TypedDict):
    calendar: str
    times: str

class BookingsSeatsRow(TypedDict):
    owner_id: str
    starts_at: int
    seat: int

class BookingsUntoldRow(BookingsRow):
    address: str
    first_name: str
    last_name: str
    company: str
    phone: str
    whatsapp: str
    answered: str | None

class Bookings:
    def add(
        self,
        *,
        contact_id: str,
        id: str,
        calendar: str,
        owner_id: str,
        starts_at: int | None,
        ends_at: int,
        seat: int,
        title: str,
        place: str,
        language: str,
        time_zone: str,
        message_id: str,
        block: str,
        now: int,
    ) -> int: ...
    def between(self, *, since_at: int, until_at: int, owner_id: str, limit: int) -> list[BookingsBetweenRow]: ...
    def by_id(self, *, id: str) -> BookingsByIdRow | None: ...
    def by_key(self, *, contact_id: str, id: str) -> BookingsRow | None: ...
    def call_off(self, *, contact_id: str) -> int: ...
    def called_off(self, *, limit: int) -> list[CalledOffRow]: ...
    def cancel(self, *, now: int, contact_id: str, id: str) -> int: ...
    def changed(self, *, since_at: int, limit: int) -> list[BookingsChangedRow]: ...
    def changes(self, *, contact_id: str) -> list[BookingsChangesRow]: ...
    def coming(self, *, since_at: int, owner_id: str, limit: int) -> list[BookingsComingRow]: ...
    def give_back(self, *, contact_id: str, id: str) -> int: ...
    def held_by(self, *, owner_id: str, calendar: str, starts_at: int | None) -> int: ...
    def hold(self, rows: Iterable[BookingsHoldValues]) -> int: ...
    def let_go(self, *, owner_id: str, calendar: str, starts_at: int | None) -> int: ...
    def listed(
        self, *, after_at: int, after_id: str, calendar: str, owner_id: str, contact_id: str, state: str, limit: int
    ) -> list[BookingsByIdRow]: ...
    def load(self, *, calendar: str, since_at: int) -> list[BookingsLoadRow]: ...
    def move(
        self, *, owner_id: str, starts_at: int | None, ends_at: int, seat: int, now: int, contact_id: str, id: str
    ) -> int: ...
    def note(
        self,
        *,
        contact_id: str,
        id: str,
        booking_id: str,
        what: str,
        starts_at: int | None,
        was: int | None,
        by_whom: str,
        now: int,
    ) -> int: ...
    def of_answer(self, *, contact_id: str, message_id: str, block: str) -> BookingsRow | None: ...
    def of_contact(self, *, contact_id: str) -> list[BookingsRow]: ...
    def of_machines(self, *, since_at: int) -> list[BookingsRow]: ...
    def of_owner(self, *, owner_id: str, since_at: int) -> list[BookingsOfOwnerRow]: ...
    def offer(self, *, contact_id: str, message_id: str, calendar: str, times: str) -> int: ...
    def offered(self, *, contact_id: str, message_id: str) -> list[BookingsOfferedRow]: ...
    def remind(self, *, reminder: str, contact_id: str, id: str) -> int: ...
    def rsvp(self, *, rsvp: str, contact_id: str, id: str) -> int: ...
    def seats(self, *, calendar: str, since_at: int, until_at: int) -> list[BookingsSeatsRow]: ...
    def sweep_holds(self, *, piece: int) -> int: ...
    def tell(self, *, sequence: int, contact_id: str, id: str, told: int) -> int: ...
    def to_remind(self, *, since_at: int, until_at: int, reminder: str, limit: int) -> list[BookingsComingRow]: ...
    def told_off(self, *, id: str) -> int: ...
    def untold(self, *, limit: int) -> list[BookingsUntoldRow]: ...
