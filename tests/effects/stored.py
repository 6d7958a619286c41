"""What is stored of effects against what happened: every confirmed answer has its own, each is done once, none is lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from server import jsontext
from server.sending.delivery import clock
from server.store import Store
from tests.kills.clients import Clients
from tests.server.flows.acting import Receiver

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.effects import EffectsRow
    from server.store.queries.tasks import TasksRow
    from tests.effects.kills import Count

KINDS = ("task", "webhook", "tag")


def count(store: Store, receiver: Receiver, clients: Clients, into: Count) -> None:
    """Fills in what was counted, and every promise that was broken."""
    effects, answers, tasks = everything(store)
    heard = Counter(each.headers["webhook-id"] for each in receiver.heard)
    into.acknowledged, into.effects, into.calls = len(clients.acknowledged), len(effects), sum(heard.values())
    into.twice = sum(times - 1 for times in heard.values())
    if not effects:
        into.broken.append("no answer set off anything, so nothing was shown")
    into.broken += [*clients.refused, *breaches(effects, answers, tasks, receiver)]


def breaches(
    effects: list[EffectsRow], answers: list[AnswersRow], tasks: list[TasksRow], receiver: Receiver
) -> list[str]:
    heard = {each.headers["webhook-id"]: each.body for each in receiver.heard}
    open_ = {row["id"]: row["done_at"] is None for row in tasks}
    made = [row for row in effects if not row["corrects"]]
    counting = {(row["message_id"], row["block"], _values(row), row["kind"]): row for row in made if row["counts"]}
    broken = [f"{row['kind']} {row['id']} is {row['state']}" for row in counting.values() if not _fine(row)]
    for answer in answers:
        if answer["state"] == "confirmed":
            key = (answer["message_id"], answer["block"], answer["value"])
            broken += [f"{key} has no {kind}" for kind in KINDS if (*key, kind) not in counting]
    for row in made:
        if row["kind"] == "task" and (row["state"] == "done") != (row["id"] in open_):
            there = "there" if row["id"] in open_ else "not there"
            broken.append(f"task {row['id']} is {row['state']}, and {there}")
        if row["kind"] == "webhook" and row["state"] == "done" and row["id"] not in heard:
            broken.append(f"webhook {row['id']} is done and nobody heard of it")
    broken += _not_taken_back(effects, open_, heard)
    return broken + [f"{each} was sent in two wordings" for each in _differing(receiver)]


def _not_taken_back(effects: list[EffectsRow], open_: dict[str, bool], heard: dict[str, bytes]) -> list[str]:
    """What an answer that counts no more caused and nothing took back; and corrections of what nobody had heard of."""
    corrections = {row["corrects"]: row for row in effects if row["corrects"]}
    made = {row["id"]: row for row in effects if not row["corrects"]}
    broken = []
    for row in made.values():
        correction = corrections.get(row["id"])
        if not row["counts"] and row["state"] == "done" and not (correction and _fine(correction)):
            broken.append(f"{row['kind']} {row['id']} counts no more, and its correction is {correction}")
        if not row["counts"] and open_.get(row["id"]):
            broken.append(f"task {row['id']} is open for an answer that counts no more")
    for of, row in corrections.items():
        if row["id"] in heard and of not in heard and not made[of]["body"]:
            broken.append(f"correction {row['id']} was told of what nobody could have heard")
    return broken


def _fine(row: EffectsRow) -> bool:
    """Carried out, or standing until it is tried again since its receiver said no."""
    return row["state"] == "done" or (
        row["state"] == "planned" and row["next_attempt_at"] > clock() and row["attempts"] > 0
    )


def unfinished(store: Store) -> int:
    """Effects that are due or being done, and those that wait for a second try of the first minute."""
    effects, _, _ = everything(store)
    soon = clock() + 20_000
    return sum(
        row["state"] == "doing" or (row["state"] == "planned" and row["next_attempt_at"] < soon) for row in effects
    )


def everything(store: Store) -> tuple[list[EffectsRow], list[AnswersRow], list[TasksRow]]:
    effects: list[EffectsRow] = []
    answers: list[AnswersRow] = []
    tasks: list[TasksRow] = []
    with store.read() as tx:
        for person in tx.contacts.page(after="", limit=1000):
            effects += tx.effects.of_contact(contact_id=person["id"])
            answers += tx.answers.of_contact(contact_id=person["id"])
            tasks += tx.tasks.of_contact(contact_id=person["id"])
    return effects, answers, tasks


def _differing(receiver: Receiver) -> list[str]:
    first: dict[str, bytes] = {}
    return [
        each.headers["webhook-id"]
        for each in receiver.heard
        if first.setdefault(each.headers["webhook-id"], each.body) != each.body
    ]


def _values(row: EffectsRow) -> str:
    return jsontext.dumps(jsontext.loads(row["cause"])["values"])
