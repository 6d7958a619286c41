"""A world with a calendar in it: Lucía's diagnosis call in Bogotá, and an email to Ana and Grace that offers its times."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from builder import times
from builder.catalog import EmailSource
from server import settings as all_settings
from server.booking import availability, calendars, slots
from server.booking.calendars import Calendar
from server.sending import send
from tests.server.world import World

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsRow

TOML = """class = "transactional"
subject = "¿Cuándo hablamos?"
preheader = "Un toque y queda reservada."

[brief]
do = "Choose {slot}"
learn = "When they can"
then = "The time of {slot} is booked"
"""
BODY = """<mjml><mj-body><mj-section><mj-column>
<mj-text>Estas son las horas libres, {{ person.first_name }}.</mj-text>
<ac-book name="slot" question="¿Qué hora te viene bien?" calendar="call" interest="40"><ac-option value="none">Ninguna</ac-option></ac-book>
</mj-column></mj-section></mj-body></mjml>
"""
SAMPLE = {"data": {"calendars": {"call": [{"start": "2026-12-03T10:00-05:00", "minutes": 30}]}}}
OFFICE = tuple((time(hour), time(hour + 4)) for hour in (9, 14))
BOGOTA, MADRID = ZoneInfo("America/Bogota"), ZoneInfo("Europe/Madrid")


def calendar(*owners: str, **changes: object) -> Calendar:
    """From Monday to Sunday, so that a test may run on any day."""
    hours = dict.fromkeys(range(7), OFFICE)
    made = Calendar("call", "Llamada de diagnóstico", "America/Bogota", hours, notice_minutes=60, owners=owners)
    return replace(made, **changes)  # type: ignore[arg-type]


@dataclass
class Place:
    """The world, its calendar and whose it is; `sent` has the message of each person."""

    world: World
    calendar: Calendar
    lucia: str

    def change(self, **changes: object) -> None:
        self.calendar = replace(self.calendar, **changes)  # type: ignore[arg-type]
        self.world.store.write(lambda tx: calendars.save(tx, self.calendar, self.world.now))

    def free(self) -> list[str]:
        """What is offered now, as links name it."""
        with self.world.store.read() as tx:
            return [times.slot_value(start) for start in availability.next_free(tx, self.calendar, self.world.now)]

    def bookings(self, name: str) -> list[BookingsRow]:
        with self.world.store.read() as tx:
            return tx.bookings.of_contact(contact_id=self.world.people[name]["id"])

    def booked(self, name: str) -> list[str]:
        """The times that somebody has, as links name them."""
        rows = self.bookings(name)
        return [times.slot_value(int(str(row["starts_at"]))) for row in rows if row["state"] == "booked"]


def place(world: World, **changes: object) -> Place:
    world.add_member("sales", "lucia@example.com")
    with world.store.read() as tx:
        lucia = str(tx.users.by_email(email="lucia@example.com")["id"])
    made = Place(world, calendar(lucia, **changes), lucia)
    made.change()
    send.queue(world.store, source(), list(world.people.values()), world.now)
    with world.store.read() as tx:
        for name, row in world.people.items():
            messages = tx.messages.of_contact(contact_id=row["id"])
            world.sent[name] = next(message for message in messages if message["email"] == "meeting")
    return made


def colleague(made: Place, email: str) -> str:
    """Another owner, who takes turns."""
    made.world.add_member("sales", email)
    with made.world.store.read() as tx:
        found = str(tx.users.by_email(email=email)["id"])
    made.change(owners=(*made.calendar.owners, found))
    return found


@lru_cache
def source() -> EmailSource:
    with tempfile.TemporaryDirectory() as folder:
        email = Path(folder) / "meeting"
        email.mkdir()
        for name, text in (("email.toml", TOML), ("body.mjml", BODY), ("sample.json", json.dumps(SAMPLE))):
            (email / name).write_text(text, encoding="utf-8")
        return send.check(all_settings.load("none.toml", {}), email)


def at(text: str, zone: ZoneInfo = BOGOTA) -> int:
    """A local time as ms UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


def starts(made: Calendar, day: str, now: int) -> list[str]:
    """The free starts of one local day, as its clocks show them."""
    since = slots.midnight(datetime.fromisoformat(day).date(), made.zone)
    found = slots.free(made, slots.Occupied(), since, since + 26 * 3_600_000, now)
    local = [datetime.fromtimestamp(slot.starts_at / 1000, made.zone) for slot in found]
    return [f"{moment:%H:%M}" for moment in local if f"{moment:%Y-%m-%d}" == day]
