"""Settles the choice of a page that a person left open: they tapped in the mail, looked at the page, and closed it.

A page reports the first trusted input on it and that it stood in view for two seconds. A report is a hit and never an answer. Once the
hold has passed without an answer, the worker gives the choice that the mail had marked, as grade `left_open`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from builder.blocks import Block
from builder.tokens import Action
from server.capture import judging
from server.capture.asked import find
from server.capture.hits import Hit
from server.capture.observation import PAGE_CHARACTERS, Observation
from server.capture.receive import receive_in_transaction
from server.capture.rules import Rules
from server.contacts.known_answers import NOT_THEIRS
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.open_pages import OpenPagesRow

KINDS = ("rate", "choose")  # confirm, book, consent and leaving always take the button
AT_ONCE = 200
STOPS = ("not_me", "unsubscribed")  # events about the message after which nothing is kept


class Report(NamedTuple):
    """What a page reports of its visit. `sign` names the first trusted input, '' for none so far; `viewed`: two seconds in view;
    `declined`: the person said not to keep the choice.
    """

    hit: Hit
    signed_at: int
    sign: str
    viewed: bool
    declined: bool


def is_kept(block: Block) -> bool:
    """Whether the choice of a page may be kept when nobody presses anything."""
    return block.kind in KINDS and not block.many


def store(tx: Session, report: Report, rules: Rules, now: int) -> None:
    """Keeps what a page reported until its hold is over."""
    hit = report.hit
    tx.open_pages.report(
        contact_id=hit.contact_id,
        message_id=hit.message_id,
        block=hit.block,
        page=hit.nonce[:PAGE_CHARACTERS],
        choice=hit.choice,
        token_at=report.signed_at,
        agent=hit.agent,
        network=hit.network,
        visit=(hit.facts or {}).get("visit", ""),
        sign=report.sign,
        viewed=int(report.viewed),
        declined=int(report.declined),
        opened_at=now,
        due_at=now + rules.hold_ms,
    )


def settle_due(store: Store, now: int, rules: Rules) -> int:
    """Settles the pages whose hold is over; returns how many became answers. A worker calls it every second."""
    with store.read() as tx:
        due = tx.open_pages.due(now=now, limit=AT_ONCE)
    return sum(store.write(lambda tx, row=row: _settle(tx, row, rules, now)) for row in due)  # type: ignore[misc]


def _settle(tx: Session, page: OpenPagesRow, rules: Rules, now: int) -> bool:
    key = {"contact_id": page["contact_id"], "message_id": page["message_id"], "block": page["block"]}
    if not tx.open_pages.remove(**key, page=page["page"]) or not page["viewed"] or page["declined"]:
        return False
    action = Action("answer", **key, signed_at=page["token_at"])
    asked = find(tx, action, lock=True)
    if asked is None or not is_kept(asked.block) or _is_settled(tx, page):
        return False
    standing = _standing(tx, page)
    if standing and standing["state"] == "provisional":  # a machine's, perhaps: looked at again once that is known
        later: OpenPagesRow = {**page, "due_at": standing["confirm_at"]}
        tx.open_pages.report(**later)
    if standing:
        return False
    hit = kept(page, judging.sent_at(asked.message), rules)
    receive_in_transaction(tx, action, (page["choice"],), hit, rules, now)
    return True


def kept(page: OpenPagesRow, sent_at: int, rules: Rules) -> Hit:
    """Makes the answer that a page left open gives; `page` is a row of `open_pages`."""
    late = page["opened_at"] - sent_at >= rules.early_ms
    facts = {"left": "1", "sign": page["sign"], "late": "1" if late else "", "visit": page["visit"]}
    return Hit(
        contact_id=page["contact_id"],
        message_id=page["message_id"],
        block=page["block"],
        purpose="answer",
        method="POST",
        choice=page["choice"],
        agent=page["agent"],
        network=page["network"],
        nonce=f"{page['page']}-left",
        facts={name: value for name, value in facts.items() if value},
    )


def _standing(tx: Session, page: OpenPagesRow) -> AnswersRow | None:
    """The answer to its question that stands, whoever's client gave it."""
    rows = tx.answers.of_message(contact_id=page["contact_id"], message_id=page["message_id"])
    return next((row for row in rows if row["block"] == page["block"] and row["state"] not in NOT_THEIRS), None)


def _is_settled(tx: Session, page: OpenPagesRow) -> bool:
    """Whether the person said that it is not them or left the list, or what their client did afterwards overtakes the page."""
    key = {"contact_id": page["contact_id"], "message_id": page["message_id"]}
    if any(event["kind"] in STOPS for event in tx.events.of_message_itself(**key)):
        return True
    return is_overtaken(page, judging.hits_of(tx, **key))


def is_overtaken(page: OpenPagesRow, hits: Iterable[Observation]) -> bool:
    """Whether the page or its client answered the question, even if that answer is undecided or a machine's, or its client opened
    another option of it later. `page` is a row of `open_pages`; `hits` are those of its message.
    """
    client = page["network"], page["agent"]
    for hit in hits:
        if hit.block != page["block"]:
            continue
        if hit.acts and (hit.client == client or hit.page == page["page"]):
            return True
        opens = hit.method == "GET" and hit.follows_link and hit.client == client
        if opens and hit.choice not in ("", page["choice"]) and hit.at > page["opened_at"]:
            return True
    return False
