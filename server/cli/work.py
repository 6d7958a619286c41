"""`acto work`: a worker, with what happens every second beside sending."""

from __future__ import annotations

import threading

from builder.tokens import Keyring
from server import notices, repeats
from server import settings as all_settings
from server import store as stores
from server.booking.busy import BusyTimes
from server.booking.telling import Appointments
from server.capture import confirmation, left_open, rules
from server.flows.lane import Effects
from server.notices.leaving import Notices
from server.qualify import rescoring
from server.reports import snapshots
from server.sales import digest
from server.sending import delivery
from server.sending.compose import composer
from server.settings import Settings
from server.webhooks import endpoints


def run(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT; what is being sent is finished, the rest stays queued."""
    stop = threading.Event()
    delivery.stop_on_signals(stop)
    with stores.open(settings.database, settings.group_commit_max) as store:
        store.migrate()
        keyring = Keyring(all_settings.keys(settings))
        by = rules.of(settings)
        hooks: list[delivery.Hook] = [
            lambda now: left_open.settle_due(store, now, by),
            lambda now: confirmation.confirm_due(store, now, by),
            lambda now: rescoring.due(store, now),
            lambda now: notices.sweep(store, now),
            digest.Digests(store, settings),
            snapshots.Snapshots(store),
            repeats.Forgetting(store),
        ]
        hooks += [Appointments(store, settings, keyring), BusyTimes(store, endpoints.door(settings))]
        beside = [Notices(store, settings, keyring)]
        effects = threading.Thread(target=Effects(store, settings, delivery.clock).run, args=(stop,), name="effects")
        effects.start()
        delivery.Worker(store, settings, composer(store, settings, keyring), hooks, beside=beside).run(stop)
        effects.join()
