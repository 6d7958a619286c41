"""One drawn history: campaigns, leaving, pauses, kills, restores and a clock that crosses weekends, holidays and changes of clocks."""

from __future__ import annotations

import random
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from server.campaigns import plans, steps
from server.campaigns.plans import Plan
from server.contacts import erase, suppressions
from server.errors import CannotDo
from server.sending import outbox, send
from server.settings import Settings
from server.store import Session, Store, new_id
from tests.campaigns import clocks, judge, outcomes
from tests.campaigns.judge import Spans
from tests.campaigns.places import Places
from tests.campaigns.restoring import Known, Restoring
from tests.campaigns.town import Person, Town

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
JUMPS = (MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 11 * HOUR, DAY)  # after a step; only the first three near a restore
STEPS = (
    *("campaign",) * 5,
    "leave",
    "bounce",
    *("pause", "resume") * 2,
    "stop",
    "order",
    "kill",
    "take back",
    "wait",
    *("back up",) * 3,
    *("restore",) * 2,
)


class History:
    """The events of one town. `run` gives the number of messages that left, `wrongs` what should not have happened."""

    def __init__(self, store: Store, settings: Settings, source: Any, seed: int, places: Places) -> None:
        dice = random.Random(seed)
        drawn: dict[str, Any] = {
            "marketing_hours": dice.choice(("law", "law", "any")),
            "marketing_per_day": dice.choice((0, 1, 2)),
            "marketing_per_week": dice.choice((0, 2, 3, 5)),
            "lease_seconds": 60,
        }
        self.begin = clocks.draw(dice)
        self.town = Town(store, replace(settings, **drawn), dice, self.begin.at)
        self.town.move_in(dice.randint(3, 10), str(seed), self.begin.zone)
        self.source, self.left, self.first_store, self.started = source, dict[str, int](), store, set[str]()
        self.known = Known(self.town.sent)
        self.restoring = Restoring(self.town, places, Path(tempfile.mkdtemp(dir=places.folder)))
        self.ways = dict[tuple[Person, str], None]()  # who left, and how
        self.messages, self.counted, self.wrongs = 0, 0, list[str]()  # `counted`: messages of an earlier store

    def run(self) -> int:
        for _ in range(self.town.dice.randint(8, 24)):
            self._step(self.town.dice.choice(STEPS))
            if self.town.dice.randrange(4):  # else the worker is down
                self.town.work()
        self._decide()
        for campaign, spans in self.known.spans.items():
            self._take("stop" if spans.paused and self.town.dice.random() < 0.2 else "resume", campaign)
        self._until_nothing_waits()
        self.wrongs += outcomes.wrongs(self.town, self.known, self.left)
        self._judge()
        return self.messages

    def leave_no_trace(self) -> None:
        """The next history begins with nobody, and with no campaign on its way."""
        self.restoring.close()
        for campaign in self.started:
            with suppress(CannotDo):
                self.first_store.write(lambda tx, id_=campaign: steps.stop(tx, id_, self.town.now))  # type: ignore[misc]
        for person in self.town.people:
            self.first_store.write(lambda tx, p=person: erase.erase(tx, p.id))  # type: ignore[misc]

    def crossings(self) -> int:
        """How many people had a change of clocks between the first and the last moment."""
        return sum(clocks.changed(person.zone, self.begin.at, self.town.now) for person in self.town.people)

    def _judge(self) -> None:
        town, known = self.town, self.known
        self.wrongs += judge.wrongs(known.sent, town.people, self.left, known.spans, known.dropped, town.settings)
        self.messages += len(known.sent) - self.counted

    def _back_up(self) -> None:
        """Now, or while one of the next messages is on its way."""
        if self.town.dice.randrange(2):
            self.restoring.back_up(self.known)
        else:
            self.town.call_at = self.town.dice.randint(1, 4)
            self.town.call = lambda: self.restoring.back_up(self.known)

    def _restore(self) -> None:
        """The store is lost, and judged for the last time; an older one takes its place."""
        if not self.restoring.backups:
            return
        self._judge()
        self.known = self.restoring.restore()
        self.town.sent, self.town.call_at = self.known.sent, 0
        self.counted = len(self.known.sent)

    def _decide(self) -> None:
        """Write down again who left, as the documentation asks, and then send or drop what is due."""
        if not self.restoring.since:
            return
        for person, name in self.ways:
            self._write_leaving(person, name)
        before = len(self.known.sent)
        self.wrongs += self.restoring.decide(self.known)
        self.counted += len(self.known.sent) - before

    def _step(self, name: str) -> None:
        town, dice = self.town, self.town.dice
        if self.restoring.since and dice.randrange(2):
            self._decide()
        if name == "campaign":
            self._campaign()
        elif name == "back up":
            self._back_up()
        elif name == "restore":
            self._restore()
        elif name in ("leave", "bounce"):
            self._leave(dice.choice(town.people), name)
        elif name in ("pause", "resume", "stop", "take back") and self.known.spans:
            self._take(name, dice.choice(sorted(self.known.spans)))
        elif name == "order":
            self._order(dice.choice(town.people).id)
        elif name == "kill":
            town.kill_at = dice.randint(1, 4)
        town.now += dice.choice(JUMPS[:3] if name in ("resume", "back up", "restore") else JUMPS)

    def _campaign(self) -> None:
        town, plan = self.town, self._plan()
        with suppress(CannotDo):
            campaign = town.store.write(lambda tx: plans.add(tx, plan, "mara", town.now))
            steps.start(town.store, town.settings, campaign, "mara", "en", town.now, others=False)
            self.known.spans[campaign] = Spans(plan, town.now + town.settings.undo_seconds * 1000)
            self.started.add(campaign)

    def _plan(self) -> Plan:
        """A campaign of the next days; some begin or end in the hour that a change of clocks skips or repeats."""
        dice, change = self.town.dice, self.begin.change
        local = datetime.fromtimestamp(self.town.now / 1000, UTC) + timedelta(hours=dice.randint(1, 60))
        times = [local, local + timedelta(hours=dice.randint(1, 90))]
        starts, ends = (each.strftime("%Y-%m-%dT%H:%M") for each in times)
        if change and dice.randrange(2):
            starts, ends = dice.choice(((change, max(change, ends)), (min(starts, change), change)))
        return Plan(
            "diagnosis",
            timing=dice.choice(plans.TIMINGS),
            starts_on=starts,
            time_zone=dice.choice(("America/Bogota", self.begin.zone or "Europe/Madrid")),
            deadline_on=ends if dice.random() < 0.3 else "",
        )

    def _take(self, name: str, campaign: str) -> None:
        town, spans = self.town, self.known.spans[campaign]
        take = {"pause": steps.pause, "resume": steps.resume, "stop": steps.stop, "take back": steps.take_back}[name]
        try:
            town.store.write(lambda tx: take(tx, campaign, town.now))
        except CannotDo:
            return
        if name == "pause":
            spans.hold(town.now)
        elif name in ("resume", "stop"):
            spans.let_go(town.now)
        if name == "stop":
            spans.stopped = town.now

    def _leave(self, person: Person, name: str) -> None:
        self.left.setdefault(person.id, self.town.now)
        self.ways[person, name] = None
        self._write_leaving(person, name)

    def _write_leaving(self, person: Person, name: str) -> None:
        town = self.town

        def write(tx: Session) -> object:
            if name == "leave":
                return suppressions.unsubscribe(tx, person.id, "", town.now)
            return suppressions.add(tx, person.address, "all", "bounced", town.now, person.id)

        town.store.write(write)

    def _order(self, contact: str) -> None:
        """A transactional message, which no rule of marketing may hold back or count."""
        town = self.town
        intent = replace(
            send.intent(self.source, {"id": contact, "language": "es"}, {}, new_id(town.now)),
            mail_class="transactional",
            stream="transactional",
        )
        town.store.write(lambda tx: outbox.enqueue(tx, intent, town.now))

    def _until_nothing_waits(self) -> None:
        """Jump from one due moment to the next, as a clock would pass over them."""
        town = self.town
        town.kill_at = 0
        for _ in range(400):
            town.work()
            upcoming = self._next()
            if upcoming is None:
                return
            town.now = max(town.now + 1000, upcoming)
        self.wrongs.append("something waits for ever")

    def _next(self) -> int | None:
        town = self.town
        with town.store.read() as tx:
            rows = [plans.find(tx, campaign) for campaign in self.known.spans]
            found = [
                each["next_attempt_at"]
                for person in town.people
                for each in tx.messages.of_contact(contact_id=person.id)
                if each["state"] in ("queued", "attempting")
            ]
        found += [row["starts_at"] for row in rows if row["state"] == "scheduled" and row["starts_at"]]
        return min(found, default=None)
