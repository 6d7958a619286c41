"""Carries out planned effects until it is stopped: those inside Acto in one thread, each endpoint in a thread of its own.

A slow endpoint therefore delays only its own calls. If a worker dies, its lease expires and another worker continues.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from builder.catalog import EmailSource
from server import jsontext
from server.emails import drafts
from server.emails.refusals import Refused
from server.errors import CannotDo
from server.flows import executors, outcomes, references, table, webhook_delivery
from server.flows.outcomes import EffectOutcome, Retry, Stopped
from server.http_client.client import Door
from server.reasons import reason
from server.settings import Settings
from server.store import Session, Store, StoreUnavailable, new_id
from server.webhooks import endpoints

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsRow

log = logging.getLogger("acto.flows")
CLAIM_MAX = 64
IDLE_SECONDS = 0.2
TROUBLE_SECONDS = 2.0
NO_ENDPOINT = ""  # the endpoint of effects inside Acto
Clock = Callable[[], int]
Ready = tuple[
    "EffectsRow", EmailSource | None, EffectOutcome | None
]  # with the email it sends, or what follows as it cannot be sent


class Effects:
    """The worker of effects. Any number of them may share a database."""

    def __init__(self, store: Store, settings: Settings, clock: Clock, door: Door | None = None) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._door = door or endpoints.door(settings)
        self._owner = f"effects/{new_id(clock())}"

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set and finish the current effects."""
        with ThreadPoolExecutor(self._settings.webhook_connections, thread_name_prefix="effects-call") as pool:
            outward = threading.Thread(target=self._loop, args=(stop, self._outward(pool, stop)), name="effects-out")
            outward.start()
            self._loop(stop, self.round)
            outward.join()

    def round(self) -> bool:
        """Carry out due effects inside Acto, up to CLAIM_MAX; return whether there were any."""
        now = self._clock()
        with self._store.read() as tx:
            due, lost = tx.effects.is_due(endpoint=NO_ENDPOINT, now=now), tx.effects.any_lost(now=now)
        if lost is not None:
            self._store.write(lambda tx: tx.effects.sweep(now=now))
        if due is None:
            return lost is not None
        effects = self._claim(now)
        prepared = [(effect, *self._prepared(effect)) for effect in effects]
        try:
            self._store.write(lambda tx: self._carry_all(tx, prepared, now))
        except StoreUnavailable:
            raise
        except Exception:  # one of them fails: each in its own transaction, so that the others succeed
            for each in prepared:
                self._alone(each, now)
        return True

    def _claim(self, now: int) -> list[EffectsRow]:
        until = now + self._settings.lease_seconds * 1000
        rows = self._store.write(
            lambda tx: tx.effects.claim(
                endpoint=NO_ENDPOINT, owner=self._owner, now=now, lease_until=until, limit=CLAIM_MAX
            )
        )
        return sorted(rows, key=lambda row: (row["next_attempt_at"], row["created_at"], row["place"]))

    def _prepared(self, effect: EffectsRow) -> tuple[EmailSource | None, EffectOutcome | None]:
        """Return the email that an effect sends, or the outcome if it cannot be sent: somebody took it out of use, which is a decision,
        or it must be corrected first. Checked outside the transaction because a check is slow.
        """
        if effect["kind"] not in table.MAILS:
            return None, None
        name = jsontext.loads(effect["details"])["email"]
        try:
            return references.sendable(self._store, self._settings, name), None
        except CannotDo as error:
            if isinstance(error, Refused) and error.rule in (drafts.ARCHIVED, drafts.TRASHED):
                return None, Stopped(reason(f"email_{error.rule}", name))
            return None, Retry(reason("cannot", error))

    def _carry_all(self, tx: Session, prepared: Sequence[Ready], now: int) -> None:
        for each in prepared:
            self._carry(tx, *each, now)

    def _carry(
        self, tx: Session, effect: EffectsRow, source: EmailSource | None, outcome: EffectOutcome | None, now: int
    ) -> None:
        if outcome is None:
            try:
                outcome = executors.carry(tx, self._settings, effect, source, now)
            except CannotDo as error:
                outcome = Stopped(reason("cannot", error))
        outcomes.finish(tx, effect, self._owner, outcome, now)

    def _alone(self, each: Ready, now: int) -> None:
        try:
            self._store.write(lambda tx: self._carry(tx, *each, now))
        except StoreUnavailable:
            raise
        except Exception as error:
            log.exception("effect %s of flow %s failed", each[0]["id"], each[0]["flow"])
            later = Retry(reason("error", f"{type(error).__name__}: {error}"))
            self._store.write(lambda tx: outcomes.finish(tx, each[0], self._owner, later, now))

    def _outward(self, pool: ThreadPoolExecutor, stop: threading.Event) -> Callable[[], bool]:
        """Return a round that starts a thread for each endpoint with due effects, unless it has one."""
        busy: dict[str, Future[None]] = {}

        def round_() -> bool:
            now = self._clock()
            with self._store.read() as tx:
                names = [row["name"] for row in tx.effects.due_endpoints(now=now)]
            for name in names:
                if name not in busy or busy[name].done():
                    busy[name] = pool.submit(self._call_all, name, stop)
            return False

        return round_

    def _call_all(self, name: str, stop: threading.Event) -> None:
        try:
            while not stop.is_set() and webhook_delivery.some(
                self._store, self._settings, self._door, name, self._owner, self._clock
            ):
                pass
        except StoreUnavailable as error:
            log.warning("webhook %s waits: %s", name, error.reason)
        except Exception:
            log.exception("webhook %s goes on after an error", name)

    def _loop(self, stop: threading.Event, round_: Callable[[], bool]) -> None:
        while not stop.is_set():
            try:
                if not round_():
                    stop.wait(IDLE_SECONDS)
            except StoreUnavailable as error:
                log.warning("effects wait: %s", error.reason)
                stop.wait(TROUBLE_SECONDS)
            except Exception:
                log.exception("effects go on after an error")
                stop.wait(TROUBLE_SECONDS)
