"""Plays drawn traces through the web application, with a clock that is driven, and reads the verdicts it stored.

Each browser has cookies of its own; a visitor that keeps none asks anew each time. Between two steps the worker does what fell due.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import Client

from server.capture import confirmation, left_open
from tests.range.town import Town
from tests.range.trace import Step, Trace

NONCE = re.compile(r'name="nonce" value="([^"]+)"')
JSON = {"Accept": "application/json"}
Verdicts = list[tuple[str, str, str]]  # question, choice and verdict of each answer, in order


@dataclass
class Visitor:
    """The browsers of one mail, and the nonces of the pages they opened."""

    clients: dict[str, Client] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)


def play(town: Town, traces: Sequence[Trace]) -> list[Verdicts]:
    """The verdicts of every trace, each played on a mail of its own."""
    started = town.clock.now
    visitors = [Visitor() for _ in traces]
    steps = sorted(
        ((started + round(step.at * 1000), place, step) for place, trace in enumerate(traces) for step in trace.steps),
        key=lambda row: row[0],
    )
    for at, place, step in steps:
        _work(town, at)
        town.clock.now = max(at, town.clock.now)
        _do(town, visitors[place], place, step)
        town.later.flush()
    _work(town, town.clock.now + 10 * town.rules.hold_ms)
    return [_verdicts(town, place) for place in range(len(traces))]


def _do(town: Town, visitor: Visitor, place: int, step: Step) -> None:
    mail = town.mails[place]
    client = _client(town, visitor, step)
    headers = {name: value for name, value in step.facts.items() if name.startswith("Sec-")}
    form = {name: value for name, value in step.facts.items() if not name.startswith("Sec-")}
    how: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": _address(step.network)}}
    agent = {"User-Agent": step.agent}
    if step.what == "open":
        path = f"{mail.asks[step.question]}/{step.option}"
        reply = client.open(path, method=step.method, headers={**headers, **agent}, **how)
        if found := NONCE.search(reply.get_data(as_text=True)):
            visitor.nonces[step.page] = found[1]
    elif step.what == "leave":
        client.get(mail.leave, headers={**headers, **agent}, **how)
    elif step.channel == "amp":
        sender = {"AMP-Email-Sender": town.sender}
        client.post(mail.in_mail[step.question], data={"choice": step.option}, headers={**sender, **agent}, **how)
    else:
        page = visitor.nonces[step.page][:24]
        sign = "/sign" if step.what == "sign" else ""
        asks_json = JSON if step.gesture or sign else {}
        given = {"choice": step.option, "nonce": _nonce(visitor, page, sign), "gesture": step.gesture, **form}
        client.post(mail.asks[step.question] + sign, data=given, headers={**headers, **agent, **asks_json}, **how)


def _nonce(visitor: Visitor, page: str, sign: str) -> str:
    """As the page names its answers: the first by the page alone, each further one apart."""
    if sign:
        return page
    number = visitor.answers[page] = visitor.answers.get(page, 0) + 1
    return page if number == 1 else f"{page}-{number}"


def _client(town: Town, visitor: Visitor, step: Step) -> Client:
    if not step.visit:
        return Client(town.app)
    return visitor.clients.setdefault(step.visit, Client(town.app))


def _address(network: str) -> str:
    address = network.partition("/")[0]
    return address.removesuffix("::") + "::7" if ":" in address else address.rpartition(".")[0] + ".7"


def _work(town: Town, until: int) -> None:
    """The worker's seconds up to `until`: only those in which something falls due cost anything."""
    while True:
        with town.store.read() as tx:
            due = [at for at in (tx.answers.next_due(), tx.open_pages.next_due()) if at is not None and at <= until]
        if not due:
            return
        town.clock.now = max(town.clock.now, min(due))
        left_open.settle_due(town.store, town.clock.now, town.rules)
        confirmation.confirm_due(town.store, town.clock.now, town.rules)


def _verdicts(town: Town, place: int) -> Verdicts:
    mail = town.mails[place]
    with town.store.read() as tx:
        events = tx.events.of_message(contact_id=mail.contact_id, message_id=mail.message_id)
    return [(row["block"], row["value"], row["verdict"]) for row in events]


def differences(traces: Sequence[Trace], verdicts: Sequence[Verdicts], straight: Sequence[Verdicts]) -> Iterator[str]:
    """A line for each trace whose verdicts over HTTP are not those of the judge alone."""
    for trace, ours, theirs in zip(traces, verdicts, straight, strict=True):
        if sorted(ours) != sorted(theirs):
            yield f"{trace.kind}: {sorted(set(ours) ^ set(theirs))[:4]}"
