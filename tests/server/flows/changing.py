"""Somebody says yes and changes their mind: the flows of a yes, and what is looked at afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from server.capture import overrides
from server.capture.overrides import Decision
from tests.server.flows.acting import Receiver
from tests.server.world import PAGE, World

if TYPE_CHECKING:
    from server.store.queries.notices import NoticesNewestRow
    from server.store.queries.tasks import TasksDoneRow

MINUTE = 60_000
CALL = '[when]\nhappens = "answered"\nblock = "call"\nvalues = ["yes"]\n'
TAG = '\n[[then]]\ndo = "tag"\ntag = "wants-to-talk"\n'
TASK = '\n[[then]]\ndo = "task"\ntitle = "Call {person}"\n'
ALERT = '\n[[then]]\ndo = "alert"\nto = ["sales@example.com"]\n'
EMAIL = '\n[[then]]\ndo = "email"\nemail = "diagnosis"\n'
STAGE = '\n[[then]]\ndo = "stage"\nstage = "hot"\n'
WEBHOOK = '\n[[then]]\ndo = "webhook"\nendpoint = "crm"\n'


def say(world: World, value: str, name: str = "ana", block: str = "call") -> None:
    assert world.post(name, block, value, gesture="pointer", nonce=world.nonce(PAGE)).status_code == 200


def tasks(world: World, done: bool = False) -> list[TasksDoneRow]:
    with world.store.read() as tx:
        return tx.tasks.done(owner="", limit=9) if done else tx.tasks.open(owner="", limit=9)


def tags(world: World) -> str:
    lead = world.lead("ana")
    assert lead
    return str(lead["tags"])


def notices(world: World) -> list[NoticesNewestRow]:
    with world.store.read() as tx:
        found = tx.notices.newest(limit=9, offset=0)
    return sorted(found, key=lambda row: (row["created_at"], row["id"]))


def sent(world: World) -> None:
    """Every notice has left."""
    with world.store.read() as tx:
        rows = tx.notices.newest(limit=99, offset=0)
    for row in rows:
        leaving = {"id": row["id"], "owner": "", "reason": "", "next_attempt_at": 0, "sent_at": world.now}
        world.store.write(lambda tx, leaving=leaving: tx.notices.finish(**leaving, state="sent"))  # type: ignore[misc]


def types(receiver: Receiver) -> list[str]:
    return [json.loads(each.body)["type"] for each in receiver.heard]


def decide(world: World, verdict: Literal["machine", "person"], at: int) -> None:
    message, rules = world.sent["ana"], world.app.extensions["acto"].rules
    decision = Decision(message["contact_id"], message["id"], "call", "nonce-of-a-page-of-ana", verdict, "seen", "mara")
    overrides.overrule(world.store, decision, rules, at)
