"""Backups of a town, the restore of one of them, and the decision about the work that was pending in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from server import store as stores
from server.backup import creation, held_work, restoration
from server.campaigns import plans
from server.capture import rules
from server.sending.gate import NEVER
from server.store import Session
from tests.campaigns.judge import Spans
from tests.campaigns.places import Places
from tests.campaigns.town import Sent, Town

KINDS = ("campaigns", "messages")


@dataclass
class Known:
    """What a store can know: the messages that left, its campaigns, and the messages that a person dropped and when (ms)."""

    sent: list[Sent] = field(default_factory=list)
    spans: dict[str, Spans] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)


@dataclass
class Restoring:
    """The backups of one history.

    `lost` are the messages that the last store sent after the backup which was restored, `ever` those of all lost stores, and
    `since_backup` the ids of those that left after that backup, from whichever store.
    """

    town: Town
    places: Places
    folder: Path
    backups: list[tuple[Path, int, Known]] = field(default_factory=list)
    lost: list[Sent] = field(default_factory=list)
    ever: list[Sent] = field(default_factory=list)
    since_backup: set[str] = field(default_factory=set)
    since: int = 0  # when the store was restored, while it waits for a decision
    restores: int = 0
    dropped: int = 0

    def back_up(self, known: Known) -> None:
        file = self.folder / f"{len(self.backups)}.zip"
        creation.make(self.town.store, file, None, self.town.now)
        self.backups.append((file, self.town.now, deepcopy(known)))

    def restore(self) -> Known:
        """Lose the store, take an older backup in its place, and return what that one knows."""
        choice = self.town.dice.choice
        file, made_at, known = choice((choice(self.backups), self.backups[-1]))
        there = set(known.sent)
        self.lost = [each for each in self.town.sent if each not in there]
        self.ever += self.lost
        self.since_backup = {each.message for each in self.ever if each.at >= made_at}
        self._leave_store()
        address = self.places.new()
        keys = self.folder / "keys"
        keys.write_text("only-key\n", encoding="utf-8")
        settings = replace(self.town.settings, database=address, data_dir=str(self.folder), keys_file=str(keys))
        restoration.restore(settings, file, None, self.town.now)
        self.town.store, self.since = stores.open(address), self.town.now
        self.restores += 1
        return deepcopy(known)

    def decide(self, known: Known) -> Iterator[str]:
        """Send or drop what is due, as drawn; what is wrong with it afterwards."""
        town, drop = self.town, [kind for kind in KINDS if self.town.dice.randrange(2)]
        if any(each.at >= self.since for each in town.sent):
            yield "something left before a person decided"
        campaigns, messages = self._campaigns(known), self._messages() if "messages" in drop else set()
        held_work.resume(town.store, rules.of(town.settings), drop, "mara", town.now)
        if held_work.is_waiting(town.store):
            yield "it waits for a second decision"
        yield from self._paused(known, campaigns, "campaigns" in drop)
        yield from self._dropped(messages)
        known.dropped |= dict.fromkeys(messages, town.now)
        self.dropped += len(messages)
        town.sent += [each for each in self.lost if each.message in messages]
        self.since = 0

    def close(self) -> None:
        self._leave_store()
        shutil.rmtree(self.folder)

    def _leave_store(self) -> None:
        if self.restores:
            self.town.store.close()
            self.places.remove_last()

    def _campaigns(self, known: Known) -> list[str]:
        """Those that must be paused if they are dropped."""
        with self.town.store.read() as tx:
            rows = [plans.find(tx, campaign) for campaign in known.spans]
        return [
            row["id"]
            for row in rows
            if row["state"] in ("scheduled", "sending")
            and row["created_at"] < self.since
            and (row["starts_at"] or NEVER) <= self.town.now
        ]

    def _messages(self) -> set[str]:
        """What must not leave any more: all that is due, and all that left already unless its campaign is paused or stopped, which
        holds it anyway.
        """
        with self.town.store.read() as tx:
            rows = self._rows(tx)
            names = {row["campaign_id"] for row in rows} - {""}
            held = {name for name in names if _state(tx, name) in ("paused", "stopped")}
        old = [row for row in rows if row["state"] == "queued" and row["created_at"] < self.since]
        return {row["id"] for row in old if row["next_attempt_at"] <= self.town.now} | {
            row["id"]
            for row in old
            if row["campaign_id"] not in held
            and (row["next_attempt_at"] % NEVER <= self.town.now or row["id"] in self.since_backup)
        }

    def _rows(self, tx: Session) -> list[Any]:
        return [row for person in self.town.people for row in tx.messages.of_contact(contact_id=person.id)]

    def _paused(self, known: Known, campaigns: list[str], dropped: bool) -> Iterator[str]:
        with self.town.store.read() as tx:
            rows = [plans.find(tx, campaign) for campaign in campaigns]
        for row in rows:
            if (row["state"] == "paused") != dropped or (row["reason"] == "restored") != dropped:
                yield f"{row['id']} is {row['state']} because of “{row['reason']}” and was {'' if dropped else 'not '}dropped"
            if dropped:
                known.spans[row["id"]].hold(self.town.now)

    def _dropped(self, messages: set[str]) -> Iterator[str]:
        with self.town.store.read() as tx:
            rows = self._rows(tx)
        for row in rows:
            if row["id"] in messages and (row["state"], row["reason"]) != ("unknown", "restored"):
                yield f"{row['id']} was dropped and is {row['state']} because of “{row['reason']}”"


def _state(tx: Session, campaign: str) -> str:
    return plans.find(tx, campaign)["state"]
