"""Queues the invitation, changes and reminders of an appointment for both sides, as notices with a calendar entry. A hook of the worker.

A booking stores the last sequence its people were told of (`told`), so that after a crash nothing is lost or sent twice. Once a
minute the hook also cancels the bookings of machines and deletes expired holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from builder import times
from builder.formats import calendar as wire
from builder.formats.calendar import Meeting, Method
from builder.messages import Sender
from builder.mime import Address
from builder.tokens import Keyring
from server import notices, texts
from server.accounts import users
from server.booking import reservations
from server.booking.slots import MINUTE_MS, PIECE_MS
from server.branding import brand
from server.contacts import contacts, zones
from server.flows import planning
from server.notices import Attachment, letterhead, notice_templates
from server.sending import compose
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsComingRow, BookingsRow, BookingsUntoldRow, CalledOffRow
    from server.store.queries.users import UsersRow

AT_ONCE, EVERY, PLACE = 50, 1_000_000, 99  # PLACE: of a booking in the token of a UID; no email has that many blocks
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
REMINDERS = (("day", HOUR_MS, DAY_MS), ("hour", 0, HOUR_MS))  # name, and when before the start
FRESH_MS = 2 * HOUR_MS  # no reminder this soon after booking
MACHINE, STREAM = "judged a machine", "transactional"


class Dated(TypedDict):
    """The columns of a booking that a calendar entry uses, also after its person was erased."""

    id: str
    starts_at: int
    ends_at: int
    sequence: int
    place: str
    time_zone: str


class Appointments:
    """The hook: each second it sends due notices, each minute it clears expired holds and machines' bookings."""

    def __init__(self, store: Store, settings: Settings, keyring: Keyring) -> None:
        self._store, self._settings, self._keyring, self._next = store, settings, keyring, 0

    def __call__(self, now: int) -> None:
        if now >= self._next:
            self._next = now + MINUTE_MS
            self._store.write(lambda tx: _clear(tx, now))
        tell_due(self._store, self._settings, self._keyring, now)


class Desk(NamedTuple):
    """The settings, keys and sender that writing about appointments needs."""

    settings: Settings
    keyring: Keyring
    sender: Sender

    def url(self, booking: BookingsRow, now: int) -> str:
        """Sign the link to the page of an appointment."""
        token = self.keyring.sign("booking", booking["contact_id"], booking["id"], "", now // 1000)
        return f"{self.sender.base_url}/b/{token}"

    def uid(self, booking: Dated) -> str:
        """Return the UID of the calendar entry, which contains a signed token so that replies to it can be matched."""
        return f"{self.keyring.sign_reply(booking['id'], PLACE)}@{self.sender.domain}"

    @property
    def organizer(self) -> Address:
        """The address to which calendars send their replies."""
        address, domain = self.sender.address, self.settings.reply_domain
        return Address(address.name, f"calendar@{domain}") if domain else address


def tell_due(store: Store, settings: Settings, keyring: Keyring, now: int) -> int:
    """Queue due invitations, changes and reminders; return for how many bookings."""
    with store.read() as tx:
        untold = tx.bookings.untold(limit=AT_ONCE)
        soon = _soon(tx, now, AT_ONCE)
        off = tx.bookings.called_off(limit=AT_ONCE)
        held = brand.current(tx, settings)
    if not untold and not soon and not off:
        return 0
    desk = Desk(settings, keyring, compose.sender(settings, STREAM, keyring, signed=False, held=held))
    told = sum(store.write(lambda tx, row=row: _tell(tx, desk, row, now)) for row in untold)  # type: ignore[misc]
    reminded = [store.write(lambda tx, each=each: _remind(tx, desk, each[0], each[1], now)) for each in soon]  # type: ignore[misc]
    called_off = [store.write(lambda tx, row=row: _call_off(tx, desk, row, now)) for row in off]  # type: ignore[misc]
    return told + sum(reminded) + sum(called_off)


def count_due(tx: Session, before: int, now: int) -> int:
    """Count the appointments with due notices, among those last changed before `before` (ms UTC)."""
    untold, soon, off = _due(tx, before, now)
    return len(untold) + len(soon) + len(off)


def drop_due(tx: Session, before: int, now: int) -> int:
    """Mark those notices as sent without sending them, after a restore; return of how many appointments."""
    _clear(tx, now)
    untold, soon, off = _due(tx, before, now)
    for new in untold:
        tx.bookings.tell(contact_id=new["contact_id"], id=new["id"], told=new["told"], sequence=new["sequence"])
    for name, row in soon:
        tx.bookings.remind(contact_id=row["contact_id"], id=row["id"], reminder=name)
    for gone in off:
        tx.bookings.told_off(id=gone["id"])
    return len(untold) + len(soon) + len(off)


def _due(
    tx: Session, before: int, now: int
) -> tuple[list[BookingsUntoldRow], list[tuple[str, BookingsComingRow]], list[CalledOffRow]]:
    """Return the bookings to announce, to remind of and to call off; those cancelled `now` as a machine's are included."""
    untold = [row for row in tx.bookings.untold(limit=EVERY) if row["updated_at"] < before or row["updated_at"] == now]
    soon = [(name, row) for name, row in _soon(tx, now, EVERY) if row["created_at"] < before]
    return untold, soon, tx.bookings.called_off(limit=EVERY)


def _soon(tx: Session, now: int, limit: int) -> list[tuple[str, BookingsComingRow]]:
    return [
        (name, row)
        for name, since, until in REMINDERS
        for row in tx.bookings.to_remind(reminder=name, since_at=now + since, until_at=now + until, limit=limit)
    ]


def time_text(booking: Dated, language: str, zone: str) -> str:
    """Write the time of an appointment in words, in a language and a zone."""
    return times.written(
        datetime.fromtimestamp(booking["starts_at"] / 1000, zones.of(zone)),
        language,
        zones.display_name(zone, language),
    )


def _tell(tx: Session, desk: Desk, row: BookingsUntoldRow, now: int) -> bool:
    key = {"contact_id": row["contact_id"], "id": row["id"]}
    if not tx.bookings.tell(**key, told=row["told"], sequence=row["sequence"]):
        return False
    if row["told"] < 0 and row["state"] == "cancelled":  # its people were never told
        return False
    what = "cancelled" if row["state"] == "cancelled" else "booked" if row["told"] < 0 else "moved"
    _write(tx, desk, row, what, f"booking-{row['id']}-{row['sequence']}", now)
    starts = datetime.fromtimestamp(row["starts_at"] / 1000, zones.of(row["time_zone"])).isoformat(timespec="minutes")
    planning.appointment(tx, row, what, time_text(row, row["language"], row["time_zone"]), starts, now)
    return True


def _remind(tx: Session, desk: Desk, name: str, row: BookingsComingRow, now: int) -> bool:
    if not tx.bookings.remind(contact_id=row["contact_id"], id=row["id"], reminder=name):
        return False
    if now - row["updated_at"] < FRESH_MS:
        return False
    _write(tx, desk, row, "soon", f"booking-{row['id']}-{row['sequence']}-{name}", now)
    return True


def _write(tx: Session, desk: Desk, row: BookingsComingRow, what: str, notice_id: str, now: int) -> None:
    owner = tx.users.by_id(id=row["owner_id"])
    guest, head = Address(contacts.full_name(row), row["address"]), letterhead.of(tx, desk.settings)
    host = (owner and owner["name"]) or head.name
    shared = {
        "what": what,
        "title": row["title"],
        "place": row["place"],
        "sender": head.name,
        "letterhead": head,
    }
    minutes = (row["ends_at"] - row["starts_at"]) // MINUTE_MS
    when = time_text(row, row["language"], row["time_zone"])
    values = {**shared, "name": row["first_name"], "host": host, "when": when, "minutes": minutes}
    letter = notice_templates.render("booking", row["language"], **values, url=desk.url(row, now))
    entry = _entry(desk, row, guest, row["title"], what, now)
    notices.enqueue(tx, f"{notice_id}-guest", guest.email, *letter, now, entry, about=row["contact_id"])
    if owner and what != "soon":
        _write_owner(tx, desk, row, {**shared, "minutes": minutes}, guest, owner, notice_id, now)


def _write_owner(
    tx: Session,
    desk: Desk,
    row: BookingsComingRow,
    shared: Mapping[str, Any],
    guest: Address,
    owner: UsersRow,
    notice_id: str,
    now: int,
) -> None:
    language = owner["language"] or texts.LANGUAGES[0]
    who = guest.name or guest.email
    when = time_text(row, language, str(zones.first(owner["time_zone"], row["time_zone"])))
    values = {"person": who, "company": row["company"], "address": guest.email, "when": when}
    url = f"{desk.sender.base_url}/leads/{row['contact_id']}"
    letter = notice_templates.render("booking_owner", language, **shared, **values, url=url)
    entry = _entry(
        desk, row, Address(users.called(owner), owner["email"]), f"{row['title']}: {who}", shared["what"], now
    )
    notices.enqueue(tx, f"{notice_id}-owner", owner["email"], *letter, now, entry, about=row["contact_id"])


def _call_off(tx: Session, desk: Desk, row: CalledOffRow, now: int) -> bool:
    """Cancel the entry in the owner's calendar after the person was erased, without naming them."""
    owner = tx.users.by_id(id=row["owner_id"])
    if not tx.bookings.told_off(id=row["id"]) or owner is None or row["ends_at"] <= now:
        return False
    language = owner["language"] or texts.LANGUAGES[0]
    when = time_text(row, language, str(zones.first(owner["time_zone"], row["time_zone"])))
    url, sender = f"{desk.sender.base_url}/bookings", letterhead.of(tx, desk.settings).name
    letter = notice_templates.render("booking_gone", language, title=row["title"], when=when, sender=sender, url=url)
    to = Address(users.called(owner), owner["email"])
    entry = _entry(desk, row, to, row["title"], "cancelled", now)
    notices.enqueue(tx, f"booking-{row['id']}-gone", owner["email"], *letter, now, entry)
    return True


def _entry(desk: Desk, row: Dated, to: Address, title: str, what: str, now: int) -> list[Attachment]:
    """Return the calendar entry; none for a reminder."""
    if what == "soon":
        return []
    method: Method = "CANCEL" if what == "cancelled" else "REQUEST"
    return [Attachment("text/calendar", document(desk, row, to, title, method, now).encode("utf-8"), method)]


def document(desk: Desk, row: Dated, to: Address, title: str, method: Method, now: int) -> str:
    """Return the iCalendar document of an appointment."""
    start = datetime.fromtimestamp(row["starts_at"] / 1000, zones.of(row["time_zone"]))
    minutes = (row["ends_at"] - row["starts_at"]) // MINUTE_MS
    place = "" if method == "CANCEL" else row["place"]  # a cancelled meeting shows no link
    meeting = Meeting(desk.uid(row), title, start, minutes, place, sequence=row["sequence"])
    return wire.document(meeting, desk.organizer, to, now, method)


def _clear(tx: Session, now: int) -> None:
    for row in tx.bookings.of_machines(since_at=now):
        reservations.cancel(tx, row, MACHINE, now)
    tx.bookings.sweep_holds(piece=(now - DAY_MS) // PIECE_MS)
