"""Receives one mail: finds the message it answers, verifies its sender, and stores its answers or its text."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from builder.tokens import DAY_SECONDS, MAX_AGE_DAYS, Action
from server import capture
from server.capture import Closed, Gone, Hit, NotAnAnswer, Receipt, TimeTaken, hits
from server.contacts import addresses, aliases
from server.contacts.addresses import BadAddress
from server.inbound import (
    appointment_replies,
    auto_replies,
    dkim_verification,
    inbound_mail,
    own_address,
    reply_readers,
    unanswered,
)
from server.inbound.dkim_verification import Signature, Unsigned
from server.inbound.inbound_mail import Mail, Unreadable
from server.inbound.outcome import InboundOutcome
from server.inbound.reply_context import Desk, Reading
from server.store import Session, Store

MAX_AGE_MS = MAX_AGE_DAYS["answer"] * DAY_SECONDS * 1000  # as long as the links of the mail are valid
MOST_KEPT = 2_000  # characters of the text in the hit
REFUSED: dict[type[Exception], str] = {Gone: "gone", NotAnAnswer: "not_taken", Closed: "closed", TimeTaken: "taken"}


def receive(store: Store, desk: Desk, raw: bytes, now: int) -> InboundOutcome:
    """Receive a mail and return after it is on stable storage. Raises StoreUnavailable and DnsUnavailable: the mail may be
    tried again.
    """
    try:
        mail = inbound_mail.read(raw)
    except Unreadable as error:
        return InboundOutcome("ignored", error.why)
    if auto_replies.is_report(mail):
        return InboundOutcome("ignored", "report")
    if (about := appointment_replies.receive(store, desk, mail, now)) is not None:
        return about
    claimed = dkim_verification.claimed(mail, _domain(mail))
    reading, why = _read(store, desk, mail, claimed.nonce(mail), now)
    if reading is None:
        return InboundOutcome("ignored", "not_ours")
    hit = _hit(mail, reading, claimed.nonce(mail))
    if why or not (reading.answers or reading.leaves):
        return _keep(store, mail, reading, hit, why or reading.why, now)
    try:
        signature = _vouching(mail, reading, desk)
    except Unsigned as error:
        return _keep(store, mail, reading, hit, error.why, now)
    if signature.nonce(mail) != hit.nonce:  # another signature than the first is the valid one and gives another id
        reading, why = _read(store, desk, mail, signature.nonce(mail), now)
        if reading is None or why or not (reading.answers or reading.leaves):
            return (
                _keep(store, mail, reading, hit, why or reading.why, now)
                if reading
                else InboundOutcome("ignored", "not_ours")
            )
    hit = _hit(mail, reading, signature.nonce(mail))._replace(vouched="dkim", facts={"signed": signature.domain})
    return _leave(store, reading, hit, now) if reading.leaves else _answer(store, desk, mail, reading, hit, now)


def _read(store: Store, desk: Desk, mail: Mail, nonce: str, now: int) -> tuple[Reading | None, str]:
    with store.read() as tx:
        reading = reply_readers.read(tx, mail, nonce, desk, now)
        return reading, _doubt(tx, mail, reading, nonce, now) if reading else ""


def _doubt(tx: Session, mail: Mail, reading: Reading, nonce: str, now: int) -> str:
    """Return why the mail is no answer, before any signature is checked; else ''."""
    if auto_replies.is_automatic(mail, calendar=reading.channel == "calendar"):
        return "automatic"
    own = aliases.addresses_of(tx, _contact(reading), str(reading.message["address"]))
    if not any(own_address.is_theirs(mail.sender, each) for each in own):
        return "somebody_else"
    if now - int(reading.message["created_at"]) > MAX_AGE_MS and not reading.leaves:
        return "too_old"
    rows = tx.events.of_nonce(contact_id=_contact(reading), nonce=nonce)
    before = {(row["message_id"], row["block"]) for row in rows}
    # a mail answers once: if its signature leaves out To, it could be sent again to another question
    return "used" if before - {(reading.message["id"], block) for block in reading.answers} else ""


def _vouching(mail: Mail, reading: Reading, desk: Desk) -> Signature:
    """Return the valid signature. Raises Unsigned, DnsUnavailable."""
    found = dkim_verification.verify(mail, _domain(mail), desk.lookup)
    # not every domain signs To (Microsoft does not); if it does, another To or an added header is a forgery
    addressed = reading.header in reply_readers.ADDRESSED
    if addressed and "to" in found.headers and reading.header not in found.headers:
        raise Unsigned("readdressed")
    return found


def _leave(store: Store, reading: Reading, hit: Hit, now: int) -> InboundOutcome:
    """Unsubscribe the person and store their text, so that the team sees why."""
    store.write(lambda tx: _keep_text(tx, reading, hit, "unsubscribed", now))
    capture.leave(store, hit, now)
    return InboundOutcome("unsubscribed", channel=reading.channel, message=str(reading.message["id"]))


def _answer(store: Store, desk: Desk, mail: Mail, reading: Reading, hit: Hit, now: int) -> InboundOutcome:
    """Store the answer to each question in its own transaction; the outcome is that of the first, or of a refused one."""
    outcomes = [
        _answer_one(store, desk, mail, replace(reading, block=block), hit._replace(block=block), now)
        for block in reading.answers
    ]
    if reading.more and all(outcome.result == "answered" for outcome in outcomes):
        store.write(lambda tx: _keep_text(tx, reading, hit, "more", now))
    refused = next((outcome for outcome in outcomes if outcome.result != "answered"), None)
    return refused or replace(outcomes[0], others=tuple(outcome.block for outcome in outcomes[1:]))


def _answer_one(store: Store, desk: Desk, mail: Mail, reading: Reading, hit: Hit, now: int) -> InboundOutcome:
    values = reading.answers[hit.block]
    action = Action("answer", hit.contact_id, hit.message_id, hit.block, int(reading.message["created_at"]) // 1000)
    hit = hit._replace(choice=",".join(values)[:MOST_KEPT])
    try:
        receipt = capture.receive(store, action, values, hit, desk.rules, now)
    except (Closed, TimeTaken) as error:  # the hit is stored already
        why = REFUSED[type(error)]
        store.write(lambda tx: _keep_text(tx, reading, hit, why, now))
        return _outcome("kept", reading, why, values)
    except NotAnAnswer:
        return _keep(store, mail, reading, hit, REFUSED[NotAnAnswer], now)
    except Gone:
        return _outcome("ignored", reading, REFUSED[Gone])
    return _answered(reading, values, receipt)


def _answered(reading: Reading, values: tuple[str, ...], receipt: Receipt) -> InboundOutcome:
    return InboundOutcome(
        "answered",
        channel=reading.channel,
        message=str(reading.message["id"]),
        block=reading.block,
        values=values,
        words=reading.block in reading.words,
        replay=receipt.replay,
        stands=not receipt.kept,
    )


def _keep(store: Store, mail: Mail, reading: Reading, hit: Hit, why: str, now: int) -> InboundOutcome:
    """Store the hit as evidence and the text for the team, in one transaction."""
    kept = hit._replace(facts={**(hit.facts or {}), "why": why}, vouched="")
    sender = mail.sender[:254] if why == "somebody_else" else ""

    def keep(tx: Session) -> None:
        hits.add(tx, kept, now)
        if why != "automatic":
            _keep_text(tx, reading, kept, why, now, sender)

    store.write(keep)
    return _outcome("kept", reading, why)


def _keep_text(tx: Session, reading: Reading, hit: Hit, why: str, now: int, sender: str = "") -> None:
    about = (hit.contact_id, hit.message_id, hit.block)
    unanswered.keep(tx, *about, why, reading.said, hit.nonce, now, sender)


def _outcome(
    result: Literal["kept", "ignored"], reading: Reading, why: str, values: tuple[str, ...] = ()
) -> InboundOutcome:
    return InboundOutcome(result, why, reading.channel, str(reading.message["id"]), reading.block, values)


def _hit(mail: Mail, reading: Reading, nonce: str) -> Hit:
    agent = mail.first("user-agent") or mail.first("x-mailer")
    values = [value for values in reading.answers.values() for value in values]
    return Hit(
        contact_id=_contact(reading),
        message_id=str(reading.message["id"]),
        block=reading.block,
        purpose="unsubscribe" if reading.leaves else "answer",
        method="MAIL",
        choice=(",".join(values) if values else reading.said)[:MOST_KEPT],
        agent=agent[:200],
        nonce=nonce,
        channel=reading.channel,
    )


def _domain(mail: Mail) -> str:
    """Return the sender's domain; '' for an invalid address."""
    try:
        return addresses.key(mail.sender).rpartition("@")[2]
    except BadAddress:
        return ""


def _contact(reading: Reading) -> str:
    return str(reading.message["contact_id"])
