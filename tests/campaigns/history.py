"""One drawn history: campaigns, leaving, pauses, kills and a clock that crosses weekends, holidays and changes of clocks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from server.campaigns import plans, steps
from server.campaigns.plans import Plan
from server.contacts import erase, suppressions
from server.errors import CannotDo
from server.sending import outbox, send
from server.sending.gate import NEVER
from server.settings import Settings
from server.store import Session, Store, new_id
from tests.campaigns import judge
from tests.campaigns.judge import Spans
from tests.campaigns.town import Town

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
BEGINS = ("2026-10-30", "2026-11-30", "2026-12-04", "2026-12-23", "2027-03-12", "2027-03-24", "2027-04-02")
FINAL = {"sent", "failed", "unknown", "stopped"}
STEPS = (
    "campaign",
    "campaign",
    "leave",
    "bounce",
    "pause",
    "resume",
    "stop",
    "order",
    "kill",
    "take back",
    "wait",
    "wait",
)


class History:
    """The events of one town. `run` gives the number of messages that left, `wrongs` what should not have happened."""

    def __init__(self, store: Store, settings: Settings, source: Any, seed: int) -> None:
        dice = random.Random(seed)
        drawn: dict[str, Any] = {
            "marketing_hours": dice.choice(("law", "law", "any")),
            "marketing_per_day": dice.choice((0, 1, 2)),
            "marketing_per_week": dice.choice((0, 2, 3, 5)),
            "lease_seconds": 60,
        }
        begin = datetime.fromisoformat(dice.choice(BEGINS)).replace(tzinfo=UTC)
        now = int((begin + timedelta(minutes=dice.randrange(2880))).timestamp() * 1000)
        self.town = Town(store, replace(settings, **drawn), dice, now)
        self.town.move_in(dice.randint(2, 9), str(seed))
        self.source, self.spans, self.left = source, dict[str, Spans](), dict[str, int]()

    def run(self) -> int:
        for _ in range(self.town.dice.randint(8, 24)):
            self._step(self.town.dice.choice(STEPS))
            self.town.work()
        for campaign in self.spans:
            self._take("resume", campaign)
        self._until_nothing_waits()
        return len(self.town.sent)

    def wrongs(self) -> Iterator[str]:
        town = self.town
        yield from judge.wrongs(town.sent, town.people, self.left, self.spans, town.settings)
        for campaign, spans in self.spans.items():
            yield from self._states(campaign, spans)

    def leave_no_trace(self) -> None:
        """The next history begins with nobody, and with no campaign on its way."""
        for campaign in self.spans:
            self._take("stop", campaign)
        for person in self.town.people:
            self.town.store.write(lambda tx, p=person: erase.erase(tx, p.id))  # type: ignore[misc]

    def _states(self, campaign: str, spans: Spans) -> Iterator[str]:
        """Each person has one state that is explained, and everybody who may get it has got it."""
        town = self.town
        with town.store.read() as tx:
            row = plans.find(tx, campaign)
            rows = tx.campaigns.people(id=campaign, state="", reason="", answered="", after="", limit=1000)
        if row["state"] in ("draft", "stopped") and not row["expanded"]:
            return
        if {each["contact_id"] for each in rows} != {person.id for person in town.people}:
            yield f"{campaign} has rows for {len(rows)} of {len(town.people)} people"
        for each in rows:
            if each["state"] not in FINAL or (each["state"] != "sent" and not each["reason"]):
                yield f"{campaign} {each['contact_id']} ends as {each['state']} because of “{each['reason']}”"
            if each["state"] == "stopped" and not self._may_be_stopped(each, spans):
                yield f"{campaign} {each['contact_id']} was stopped by {each['reason']} without a cause"

    def _may_be_stopped(self, row: Any, spans: Spans) -> bool:
        return {
            "past_deadline": spans.deadline is not None,
            "campaign_stopped": spans.stopped is not None,
            "suppressed_marketing": row["contact_id"] in self.left,
            "suppressed_all": row["contact_id"] in self.left,
            "unsubscribed": row["contact_id"] in self.left,
        }.get(row["reason"], False)

    def _step(self, name: str) -> None:
        town, dice = self.town, self.town.dice
        if name == "campaign":
            self._campaign()
        elif name in ("leave", "bounce"):
            self._leave(dice.choice(town.people), name)
        elif name in ("pause", "resume", "stop", "take back") and self.spans:
            self._take(name, dice.choice(sorted(self.spans)))
        elif name == "order":
            self._order(dice.choice(town.people).id)
        elif name == "kill":
            town.kill_at = dice.randint(1, 4)
        town.now += dice.choice((MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 11 * HOUR, DAY))

    def _campaign(self) -> None:
        town, dice = self.town, self.town.dice
        local = datetime.fromtimestamp(town.now / 1000, UTC) + timedelta(hours=dice.randint(1, 60))
        plan = Plan(
            "diagnosis",
            timing=dice.choice(plans.TIMINGS),
            starts_on=local.strftime("%Y-%m-%dT%H:%M"),
            time_zone=dice.choice(("America/Bogota", "Europe/Madrid")),
            deadline_on=(local + timedelta(hours=dice.randint(1, 90))).strftime("%Y-%m-%dT%H:%M")
            if dice.random() < 0.3
            else "",
        )
        campaign = town.store.write(lambda tx: plans.add(tx, plan, "mara", town.now))
        try:
            row = steps.start(town.store, town.settings, campaign, "mara", "en", town.now, others=False)
        except CannotDo:
            return
        self.spans[campaign] = Spans(row["deadline_at"])

    def _take(self, name: str, campaign: str) -> None:
        town, spans = self.town, self.spans[campaign]
        take = {"pause": steps.pause, "resume": steps.resume, "stop": steps.stop, "take back": steps.take_back}[name]
        try:
            town.store.write(lambda tx: take(tx, campaign, town.now))
        except CannotDo:
            return
        if name == "pause":
            spans.paused.append((town.now, NEVER))
        elif spans.paused and spans.paused[-1][1] == NEVER and name in ("resume", "stop"):
            spans.paused[-1] = (spans.paused[-1][0], town.now)
        if name == "stop":
            spans.stopped = town.now

    def _leave(self, person: Any, name: str) -> None:
        town = self.town
        self.left.setdefault(person.id, town.now)

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
        raise AssertionError("something waits for ever")

    def _next(self) -> int | None:
        town = self.town
        with town.store.read() as tx:
            rows = [plans.find(tx, campaign) for campaign in self.spans]
            found = [
                each["next_attempt_at"]
                for person in town.people
                for each in tx.messages.of_contact(contact_id=person.id)
                if each["state"] in ("queued", "attempting")
            ]
        found += [row["starts_at"] for row in rows if row["state"] == "scheduled" and row["starts_at"]]
        return min(found, default=None)
