"""Records the choice of a page that a person opened from the mail, read and closed without pressing the button.

A page reports the first trusted input and that it was visible for two seconds. A report is a hit, never an answer. If the hold
ends without an answer, the worker answers with the option that the mail link had marked, as grade `left_open`.
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
    """The report of a page. `sign` names the first trusted input, '' for none so far; `viewed`: visible for two seconds;
    `declined`: the person asked not to keep the choice.
    """

    hit: Hit
    signed_at: int
    sign: str
    viewed: bool
    declined: bool


def is_kept(block: Block) -> bool:
    """Return whether a page's choice may become the answer if nobody presses the button."""
    return block.kind in KINDS and not block.many


def store(tx: Session, report: Report, rules: Rules, now: int) -> None:
    """Store what a page reported until its hold is over."""
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
    """Settle the pages whose hold is over and return how many became answers. The worker calls it every second."""
    with store.read() as tx:
        due = tx.open_pages.due(now=now, limit=AT_ONCE)
    return sum(store.write(lambda tx, row=row: _settle(tx, row, rules, now)) for row in due)  # type: ignore[misc]


def _settle(tx: Session, page: OpenPagesRow, rules: Rules, now: int) -> bool:
    key = {"contact_id": page["contact_id"], "message_id": page["message_id"], "block": page["block"]}
    if not tx.open_pages.remove(**key, page=page["page"]) or not page["viewed"] or page["declined"]:
        return False
    action = Action("answer", **key, signed_at=page["token_at"])
    asked = find(tx, action, lock=True)
    if asked is None or asked.is_test or not is_kept(asked.block) or _is_settled(tx, page):
        return False
    standing = _standing(tx, page)
    if standing and standing["state"] == "provisional":  # perhaps a machine's: checked again once it is confirmed
        later: OpenPagesRow = {**page, "due_at": standing["confirm_at"]}
        tx.open_pages.report(**later)
    if standing:
        return False
    hit = kept(page, judging.sent_at(asked.message), rules)
    receive_in_transaction(tx, action, (page["choice"],), hit, rules, now)
    return True


def kept(page: OpenPagesRow, sent_at: int, rules: Rules) -> Hit:
    """Make the hit that answers for a page left open; `page` is a row of `open_pages`."""
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
    """Return the answer to the page's question that counts now, from any client."""
    rows = tx.answers.of_message(contact_id=page["contact_id"], message_id=page["message_id"])
    return next((row for row in rows if row["block"] == page["block"] and row["state"] not in NOT_THEIRS), None)


def _is_settled(tx: Session, page: OpenPagesRow) -> bool:
    """Return whether the person said "not me" or unsubscribed, or acted after the page was opened."""
    key = {"contact_id": page["contact_id"], "message_id": page["message_id"]}
    if any(event["kind"] in STOPS for event in tx.events.of_message_itself(**key)):
        return True
    return is_overtaken(page, judging.hits_of(tx, **key))


def is_overtaken(page: OpenPagesRow, hits: Iterable[Observation]) -> bool:
    """Return whether the page or its client answered the question (undecided or machine included), or the client later opened
    another option.

    `page` is a row of `open_pages`; `hits` are those of its message.
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
