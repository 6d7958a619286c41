"""Runs `acto work`: a worker with its periodic tasks. In a restored store it first waits for a person's decision."""

from __future__ import annotations

import logging
import threading

from builder.tokens import Keyring
from server import idempotency, notices, signing
from server import store as stores
from server.backup import held_work
from server.booking import availability
from server.booking.busy import BusyTimes
from server.booking.notifications import Appointments
from server.campaigns import expanding
from server.capture import confirmation, left_open, rules
from server.contacts.imports import worker as imports
from server.flows.effect_worker import Effects
from server.notices.notice_queue import Notices
from server.push.worker import Pushes
from server.qualify import rescoring
from server.reports import snapshots
from server.sales import digest
from server.sending import delivery
from server.sending.compose import composer
from server.settings import Settings
from server.store import Store, StoreUnavailable
from server.webhooks import endpoints

log = logging.getLogger("acto.sending")
LOOK_SECONDS = 1.0
WAITS = "this store was restored, and nothing leaves until somebody decides what was due: acto resume, or the page “Backups”"


def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; messages being sent are finished, the others stay queued."""
    stop = threading.Event()
    delivery.stop_on_signals(stop)
    with stores.open(settings.database, settings.group_commit_max) as store:
        store.migrate()
        keyring = Keyring(signing.remember(store, settings, delivery.clock()))
        _wait_for_a_person(store, stop)
        by = rules.of(settings)
        hooks: list[delivery.Hook] = [
            lambda now: left_open.settle_due(store, now, by),
            lambda now: confirmation.confirm_due(store, now, by),
            lambda now: rescoring.due(store, now),
            lambda now: notices.sweep(store, now),
            digest.Digests(store, settings),
            snapshots.Snapshots(store),
            idempotency.Forgetting(store),
            expanding.hook(store, settings),
        ]
        hooks += [Appointments(store, settings, keyring), BusyTimes(store, endpoints.door(settings))]
        beside = [Notices(store, settings, keyring)]
        effects = threading.Thread(target=Effects(store, settings, delivery.clock).run, args=(stop,), name="effects")
        effects.start()
        pushes = threading.Thread(target=Pushes(store, settings, delivery.clock).run, args=(stop,), name="pushes")
        pushes.start()
        lists = threading.Thread(
            target=imports.run, args=(store, settings.default_country, delivery.clock, stop), name="imports"
        )
        lists.start()
        delivery.Worker(
            store, settings, composer(store, settings, keyring, availability.write_down), hooks, beside=beside
        ).run(stop)
        effects.join()
        pushes.join()
        lists.join()


def _wait_for_a_person(store: Store, stop: threading.Event) -> None:
    """Wait until somebody has decided about the pending items of a restored store.

    Only a start needs this check, because a store is restored into an empty database, on which no worker runs.
    """
    if held_work.is_waiting(store):
        log.warning(WAITS)
    while not stop.is_set() and _waits(store):
        stop.wait(LOOK_SECONDS)


def _waits(store: Store) -> bool:
    try:
        return held_work.is_waiting(store)
    except StoreUnavailable as error:
        log.warning("the worker waits: %s", error.reason)
        return True
