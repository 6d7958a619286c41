"""Backs up under load and restores, with kill -9 in the middle of each; the store that is lost goes on sending after its last backup."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from server import integrity
from server import store as stores
from server.backup import archive, held_work
from server.flows import flow_store
from server.sending import outbox, send
from server.sending.delivery import clock
from server.store import Store, StoreInUse
from server.webhooks import endpoints
from server.webhooks.endpoints import EndpointFields
from tests.backups import place
from tests.kills import asking, stored
from tests.kills.clients import Ask, Clients
from tests.server.flows.acting import Receiver, flow, receiving
from tests.server.sending.mailserver import Faults, mail_server

PEOPLE, CLIENTS, DAY_MS = 20, 4, 86_400_000
HELD_SECONDS, ON_SECONDS, PATIENCE_SECONDS = 3.0, 2.0, 60.0
EVERY = """
[when]
happens = "answered"

[[then]]
do = "alert"
to = ["sales@example.com"]

[[then]]
do = "webhook"
endpoint = "crm"
"""
Say = Callable[[str], None]


@dataclass
class Count:
    """`in_the_middle` kills hit a process at work; `told` counts mails and calls before the restore, and those of new answers after it."""

    kills: int = 0
    in_the_middle: int = 0
    acknowledged: int = 0
    restored: int = 0
    told_before: int = 0
    told_after: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass
class World:
    """What the outside hears, and who answers."""

    receiver: Receiver
    mail: Faults
    asks: list[Ask]

    def heard(self) -> set[str]:
        """Every call and every mail by its id."""
        calls = {each.headers["webhook-id"] for each in self.receiver.heard}
        return calls | set(self.mail.ids())


def run(
    lost: str, restored: str, times: int, say: Say = lambda line: None, decide: tuple[str, str] = ("--drop", "all")
) -> Count:
    """`times` kills of `acto backup` and as many of `acto restore`, on two empty databases; then `decide` about what was due."""
    count = Count()
    with (
        tempfile.TemporaryDirectory(prefix="acto-backups-") as name,
        receiving() as receiver,
        mail_server() as (mail, port),
    ):
        folder, file = Path(name), Path(name) / "acto.zip"
        before = place.environment(lost, folder / "lost", port)
        after = place.environment(restored, folder / "restored", port)
        world = World(receiver, mail, asking.everybody(asking.settings(before), PEOPLE))
        _set_up(before, receiver)
        acknowledged, covered = _back_up(before, world, file, times, count, say)
        known = world.heard()
        _restore(after, file, times, count, say)
        _look(restored, acknowledged, covered, count)
        _go_on(after, restored, world, known, count, decide)
        count.told_before = len(known)
    return count


def _set_up(environment: place.Environment, receiver: Receiver) -> None:
    settings, now = asking.settings(environment), clock()
    with stores.open(settings.database) as store:
        store.write(
            lambda tx: endpoints.add(tx, settings, "crm", EndpointFields(receiver.url), "mara@example.com", now)
        )
        store.write(lambda tx: flow_store.save(tx, flow(EVERY, "every"), "mara@example.com", now))


def _back_up(
    environment: place.Environment, world: World, file: Path, times: int, count: Count, say: Say
) -> tuple[list[str], set[str]]:
    """Returns the nonces of all answers that were acknowledged, and of those that were so before the last backup began."""
    clients = Clients(asking.settings(environment).port, world.asks, CLIENTS, "Mozilla/5.0")
    try:
        with place.running(environment):
            _answers(clients)
            for number in range(times):
                _kill("backup", file, environment, count)
                if file.exists():
                    archive.check(file)
                say(f"backup {number + 1} of {times} killed: {len(clients.acknowledged)} acknowledged")
            _queue_more(environment)  # some of it leaves after the backup
            covered = {sent.nonce for sent in clients.acknowledged}
            if place.start(("backup", str(file)), environment).wait(PATIENCE_SECONDS):
                count.broken.append("a backup that nobody killed failed")
            time.sleep(ON_SECONDS)
            clients.finish()
            count.broken += clients.refused
    finally:
        clients.abandon()
    count.acknowledged = len(clients.acknowledged)
    return [sent.nonce for sent in clients.acknowledged], covered


def _restore(environment: place.Environment, file: Path, times: int, count: Count, say: Say) -> None:
    """After each kill there is no store, or all of it."""
    for number in range(times):
        _kill("restore", file, environment, count)
        say(f"restore {number + 1} of {times} killed")
        with suppress(StoreInUse):
            stores.vacant(environment["ACTO_DATABASE"])
            continue
        return  # the kill came too late: it is there, and is looked at as a whole
    if place.start(("restore", str(file)), environment).wait(PATIENCE_SECONDS):
        count.broken.append("a restore that nobody killed failed")


def _kill(command: str, file: Path, environment: place.Environment, count: Count) -> None:
    """At a random moment after it has begun to work, which its working folder shows."""
    folders = [file.parent, Path(environment["ACTO_DATABASE"]).parent, Path(environment["ACTO_DATA_DIR"])]
    process = place.start((command, str(file)), environment)
    give_up = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and not _at_work(folders) and time.monotonic() < give_up:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.15))
    count.in_the_middle += process.poll() is None
    place.kill(process)
    count.kills += 1


def _at_work(folders: Collection[Path]) -> bool:
    """A folder that a killed one left is emptied by the next before it begins."""
    return any(path.is_file() for folder in folders if folder.is_dir() for path in folder.glob(".*.part/**/*"))


def _look(address: str, acknowledged: list[str], covered: set[str], count: Count) -> None:
    """Nothing acknowledged before the backup is lost, nothing stands twice, and the store is what it should be."""
    with stores.open(address) as store:
        store.migrate()
        there = stored.nonces(store)
        count.restored = len(there)
        count.broken += [
            f"{nonce} was acknowledged before the backup and is lost" for nonce in covered if not there[nonce]
        ]
        count.broken += [f"{nonce} stands {times} times" for nonce, times in there.items() if times != 1]
        count.broken += [f"{nonce} is stored, which nobody sent" for nonce in there if nonce not in acknowledged]
        count.broken += [finding.sentence for finding in integrity.check(store, clock())]
        if not held_work.is_waiting(store):
            count.broken.append("a restored store waits for nobody")


def _go_on(
    environment: place.Environment,
    address: str,
    world: World,
    known: set[str],
    count: Count,
    decide: tuple[str, str],
) -> None:
    """Held, nothing leaves; once dropped, only what new answers set off, and nothing that was told before."""
    with place.running(environment), stores.open(address) as store:
        time.sleep(HELD_SECONDS)
        count.broken += [f"{each} left before anybody decided" for each in world.heard() - known]
        calls, mails = len(world.receiver.heard), len(world.mail.received)
        _resume(environment, decide)
        settings = asking.settings(environment)
        clients = Clients(settings.port, asking.everybody(settings, PEOPLE, "en"), CLIENTS, "Mozilla/5.0")
        try:
            _answers(clients)
            clients.finish()
        finally:
            clients.abandon()
        _quiet(store)
    later = {each.headers["webhook-id"] for each in world.receiver.heard[calls:]} | set(world.mail.ids()[mails:])
    count.told_after = len(later)
    count.broken += [f"{each} was told before the restore and again after it" for each in later & known]
    if not later:
        count.broken.append("new answers told nobody anything")


def _resume(environment: place.Environment, decide: tuple[str, str]) -> None:
    """Again while answers of just before the backup wait for their check."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while place.start(("resume", *decide), environment).wait(PATIENCE_SECONDS):
        assert time.monotonic() < give_up, "the store does not go on"


def _queue_more(environment: place.Environment) -> None:
    settings, now = asking.settings(environment), clock()
    with stores.open(settings.database) as store:
        with store.read() as tx:
            people = tx.contacts.page(after="", limit=PEOPLE)
        for _ in range(5):
            send.queue(store, send.check(settings, asking.EMAIL), people, now)


def _answers(clients: Clients) -> None:
    before, give_up = len(clients.acknowledged), time.monotonic() + PATIENCE_SECONDS
    while len(clients.acknowledged) < before + 10 * CLIENTS:
        assert time.monotonic() < give_up, "the web server does not answer"
        time.sleep(0.005)


def _quiet(store: Store) -> None:
    """Until a worker has nothing to send and nothing to carry out."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while _unfinished(store) and time.monotonic() < give_up:
        time.sleep(0.1)


def _unfinished(store: Store) -> bool:
    now = clock()
    with store.read() as tx:
        states, waits = outbox.about(tx), tx.answers.due(now=now + DAY_MS, limit=1)
        due = tx.effects.is_due(endpoint="", now=now) or tx.effects.is_due(endpoint="crm", now=now)
        return bool(waits or due or tx.notices.is_due(now=now) or states["queued"] or states["attempting"])
