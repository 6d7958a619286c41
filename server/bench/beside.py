"""Measures sending a campaign, and what others notice of it: people who answer, and those who wait for transactional mail."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle

from builder.catalog import EmailSource
from server.bench import capture, place, taps
from server.bench.sink import Sink
from server.sending import outbox, send
from server.settings import Settings
from server.store import Store, new_id

TAPS_PER_SECOND = 40
QUIET_SECONDS = 45
WARM_SECONDS = 5
ORDERS, ORDER_SECONDS = 30, 0.5
SWITCH_SECONDS = (
    0.0005  # a reply waits no longer for the other threads of this process; Python's usual 0.005 would show
)
PEOPLE = 4_000  # who answer; each has several questions


@dataclass
class _Sending:
    """A campaign that is sent: how many messages left in how many seconds, and the ids of the transactional messages."""

    store: Store
    source: EmailSource
    sink: Sink
    least: int
    orders: list[str] = field(default_factory=list)
    sent: int = 0
    seconds: float = 0.0
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Wait until enough has left; put a transactional message into the outbox every half second."""
        before = self.sink.ask()
        while self.sink.ask() == before:  # until the worker has started
            time.sleep(ORDER_SECONDS / 10)
        began, before = time.perf_counter(), self.sink.ask()
        try:
            while self.sent < self.least or len(self.orders) < ORDERS or not self._all_ordered_left():
                if len(self.orders) < ORDERS:
                    self.orders.append(_order(self.store, self.source))
                time.sleep(ORDER_SECONDS)
                self.sent = self.sink.ask() - before
        finally:
            self.seconds = time.perf_counter() - began
            self.done.set()

    def _all_ordered_left(self) -> bool:
        return all(sent_at for sent_at, _ in _times(self.store, self.orders))


def answering(settings: Settings, store: Store) -> Iterator[bytes]:
    """Send a mail to people, and yield their answers as requests, again and again."""
    links = list(capture.asks(settings, *place.asked(store, settings, PEOPLE, new=True)))
    request = capture.answers(cycle(links), tap=True)
    while True:
        yield request()


def alone(settings: Settings, sink: Sink, answers: Iterator[bytes]) -> list[float]:
    """Return the ms of answers while web server and worker run and no mail is left to send."""
    with place.serving(settings) as port, place.working(settings):
        while not sink.ask() or _is_sending(sink):
            time.sleep(ORDER_SECONDS)
        return _answered(port, answers, lambda seconds: seconds > QUIET_SECONDS)


def measure(
    settings: Settings, store: Store, sink: Sink, answers: Iterator[bytes], least: int, quiet: list[float]
) -> Iterator[str]:
    """Send at least so many messages of the campaign that waits, while people answer; yield lines of figures.

    Web server and worker are processes of their own, as on a server. `quiet` has the ms of answers without a campaign.
    """
    # Compiled here: while Python compiles, the answers of this process would wait and seem slow.
    sending = _Sending(store, send.check_files(settings, place.EMAIL, place.files(settings)), sink, least)
    with place.serving(settings) as port, place.working(settings):
        watcher = threading.Thread(target=sending.run)
        watcher.start()
        busy = _answered(port, answers, lambda _: sending.done.is_set())
        watcher.join()
    waits = sorted((sent_at or _now()) - queued_at for sent_at, queued_at in _times(store, sending.orders))
    yield f"  sending               {sending.sent / sending.seconds:8,.0f} messages/s, {sending.sent:,} in {sending.seconds:.0f} s"
    yield f"  transactional beside  {_share(waits, 0.5):8.0f} ms to SMTP, p99 {_share(waits, 0.99):.0f} ms"
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        before, beside = _share(sorted(quiet), share), _share(sorted(busy), share)
        yield f"  answers, {name}          {beside:8.1f} ms beside it, {before:.1f} ms without, ratio {beside / before:.2f}"


def _is_sending(sink: Sink) -> bool:
    before = sink.ask()
    time.sleep(2 * ORDER_SECONDS)
    return sink.ask() > before


def _answered(port: int, answers: Iterator[bytes], ended: Callable[[float], bool]) -> list[float]:
    """Return the ms of answers until `ended(seconds)`; those of the first seconds warm the server and do not count."""
    sys.setswitchinterval(SWITCH_SECONDS)
    return taps.run(port, answers, TAPS_PER_SECOND, ended)[WARM_SECONDS * TAPS_PER_SECOND :]


def _order(store: Store, source: EmailSource) -> str:
    with store.read() as tx:
        person = tx.contacts.page(after="", limit=1)[0]
    intent = send.intent(source, person, {}, new_id(_now()))
    store.write(
        lambda tx: outbox.enqueue(tx, replace(intent, mail_class="transactional", stream="transactional"), _now())
    )
    return intent.id


def _times(store: Store, orders: list[str]) -> list[tuple[int | None, int]]:
    """Return when each transactional message left, if it has, and when it was queued (ms UTC)."""
    with store.read() as tx:
        person = tx.contacts.page(after="", limit=1)[0]
        rows = {row["id"]: row for row in tx.messages.of_contact(contact_id=person["id"])}
    return [(rows[each]["sent_at"], rows[each]["created_at"]) for each in orders]


def _share(ordered: list[float] | list[int], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _now() -> int:
    return time.time_ns() // 1_000_000
