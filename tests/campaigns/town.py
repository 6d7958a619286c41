"""People of many places, and a mail server and a worker that a history drives."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from server.backup import held_work
from server.campaigns import expanding
from server.contacts import contacts
from server.sending import outbox
from server.sending.connection_worker import ConnectionWorker
from server.sending.outcomes import Deferred, Delivered, Rejected, SendOutcome, Unknown, Wire
from server.sending.queues import Messages
from server.sending.rate_limit import RateLimit
from server.settings import Settings
from server.store import Store

if TYPE_CHECKING:
    from server.sending.transport import Transport
    from server.store.queries.contacts import ContactsRow

PLACES = (  # country and zone as written down, and the law's country and the zone that follow from them
    ("CO", "America/Bogota", "CO", "America/Bogota"),
    ("CO", "", "CO", "America/Bogota"),
    ("", "", "CO", "America/Bogota"),
    ("CO", "Europe/Madrid", "CO", "Europe/Madrid"),
    ("CO", "America/New_York", "CO", "America/New_York"),
    ("CO", "America/Santiago", "CO", "America/Santiago"),
    ("", "Europe/Madrid", "ES", "Europe/Madrid"),
    ("ES", "", "ES", "Europe/Madrid"),
    ("US", "America/Los_Angeles", "US", "America/Los_Angeles"),
    ("MX", "", "MX", "America/Mexico_City"),
)


REST = ("country", "time_zone", "tags", "fields", "search_text")


class Killed(BaseException):
    """The process is gone."""


class Person(NamedTuple):
    id: str
    address: str
    country: str
    zone: str


class Sent(NamedTuple):
    """A message that reached the mail server, or may have."""

    at: int
    contact: str
    campaign: str
    message: str
    mail_class: str


class OnceIdle:
    """The event that ends a worker when it has nothing to do."""

    def __init__(self) -> None:
        self._set = False

    def is_set(self) -> bool:
        return self._set

    def wait(self, seconds: float | None = None) -> bool:
        self._set = True
        return True


def live_in(store: Store, contact: ContactsRow, country: str, zone: str) -> None:
    """Write down where a person lives."""
    moved = {**contact, "country": country, "time_zone": zone}
    columns = (*("id", "first_name", "last_name", "company", "language", "phone", "whatsapp"), *REST)
    row: Any = {name: moved[name] for name in columns} | {"now": contact["updated_at"]}
    store.write(lambda tx: tx.contacts.change_many(rows=[row]))


@dataclass
class Town:
    """A store, its people, a clock that moves while mail is sent, and everything that left."""

    store: Store
    settings: Settings
    dice: random.Random
    now: int
    people: list[Person] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    kill_at: int = 0  # the number of messages after which the worker dies; 0 never
    lives: int = 0
    troubled: set[str] = field(default_factory=set)  # messages whose outcome may be other than sent
    call_at: int = 0  # the number of messages after which `call` is called while the last one is on its way; 0 never
    call: Callable[[], None] = lambda: None

    def move_in(self, number: int, mark: str, first_zone: str = "") -> None:
        """`first_zone` is the zone of the first person; '' for any."""
        for count in range(number):
            near = [place for place in PLACES if count == 0 and place[3] == first_zone]
            country, zone, law, clock = self.dice.choice(near or PLACES)
            address = f"p{count}-{mark}@example.com"
            contact = self.store.write(lambda tx, a=address: contacts.upsert(tx, a, self.now))  # type: ignore[misc]
            live_in(self.store, contact, country, zone)
            self.people.append(Person(contact["id"], address, law, clock))

    def work(self) -> None:
        """One look of the worker, until nothing is due or it dies; none while a person is to decide after a restore."""
        if held_work.is_waiting(self.store):
            return
        self.lives += 1
        expanding.advance(self.store, self.settings, self.now)
        outbox.sweep(self.store, self.now)
        for stream in self.settings.streams:
            queue = Messages(self.store, self.settings, self._compose, stream)
            worker = ConnectionWorker(
                self.store, queue, lambda: self.now, f"{self.lives}/{stream}", self._transport(), RateLimit(0)
            )
            try:
                worker.run(OnceIdle())  # type: ignore[arg-type]
            except Killed:
                return

    def _compose(self, message: Any, contact: Any, answers: Any, now: int) -> Wire:
        line = "\n".join((contact["id"], message["campaign_id"], message["id"], message["mail_class"]))
        return Wire("news@example.com", contact["email"], line.encode())

    def _transport(self) -> Transport:
        return _Server(self)  # type: ignore[return-value]


class _Server:
    """A mail server that takes its time, and sometimes asks to wait, refuses, or breaks off."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def ready(self) -> None:
        return None

    def close(self) -> None:
        return None

    def send(self, wire: Wire) -> SendOutcome:
        town, parts = self._town, wire.data.decode().split("\n")
        outcome = town.dice.choices(
            (Delivered("250"), Deferred("451"), Rejected("550"), Unknown("cut")), (88, 7, 2, 3)
        )[0]
        if isinstance(outcome, Delivered | Unknown):
            town.sent.append(Sent(town.now, *parts))
        if not isinstance(outcome, Delivered) or 1 in (town.kill_at, town.call_at):
            town.troubled.add(parts[2])
        if town.call_at == 1:
            town.call()
        town.now += town.dice.choice((50, 400, 3_000, 40_000))
        town.call_at, town.kill_at, dies = max(0, town.call_at - 1), max(0, town.kill_at - 1), town.kill_at == 1
        if dies:
            raise Killed
        return outcome
