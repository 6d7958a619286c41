"""Receives one mail: what it answers, whether it can be trusted, and what became of it."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from builder.tokens import DAY_SECONDS, MAX_AGE_DAYS, Action
from server import capture
from server.capture import Closed, Gone, Hit, NotAnAnswer, Receipt, Taken, hits
from server.inbound import appointment_replies, auto_replies, dkim_verification, inbound_mail, reply_readers
from server.inbound.dkim_verification import Unsigned
from server.inbound.inbound_mail import Mail, Unreadable
from server.inbound.outcome import Outcome
from server.inbound.reply_context import Desk, Reading
from server.people import addresses
from server.people.addresses import BadAddress
from server.store import Session, Store

MAX_AGE_MS = MAX_AGE_DAYS["answer"] * DAY_SECONDS * 1000  # as long as the links beside it
MOST_KEPT = 2_000  # characters of what a mail said
REFUSED: dict[type[Exception], str] = {Gone: "gone", NotAnAnswer: "not_taken", Closed: "closed", Taken: "taken"}


def receive(store: Store, desk: Desk, raw: bytes, now: int) -> Outcome:
    """Returns once it is on stable storage. Raises StoreUnavailable and DnsUnavailable: the same mail may be tried again."""
    try:
        mail = inbound_mail.read(raw)
    except Unreadable as error:
        return Outcome("ignored", error.why)
    if auto_replies.is_report(mail):
        return Outcome("ignored", "report")
    if (about := appointment_replies.receive(store, desk, mail, now)) is not None:
        return about
    nonce = _nonce(mail)
    with store.read() as tx:
        reading = reply_readers.read(tx, mail, nonce, desk, now)
        why = _doubt(tx, mail, reading, nonce, now) if reading else ""
    if reading is None:
        return Outcome("ignored", "not_ours")
    hit = _hit(mail, reading, nonce)
    if why or reading.values is None:
        return _keep(store, reading, hit, why or reading.why, now)
    try:
        vouching = _vouching(mail, reading, desk)
    except Unsigned as error:
        return _keep(store, reading, hit, error.why, now)
    return _answer(store, desk, reading, reading.values, hit._replace(vouched="dkim", facts={"signed": vouching}), now)


def _doubt(tx: Session, mail: Mail, reading: Reading, nonce: str, now: int) -> str:
    """Why it is no answer, whoever signed it; empty where nothing speaks against it."""
    if auto_replies.is_automatic(mail, calendar=reading.channel == "calendar"):
        return "automatic"
    if not _same(mail.sender, str(reading.message["address"])):
        return "somebody_else"
    if now - int(reading.message["created_at"]) > MAX_AGE_MS:
        return "too_old"
    before = {
        (row["message_id"], row["block"]) for row in tx.events.of_nonce(contact_id=_contact(reading), nonce=nonce)
    }
    # one mail is one answer: a signature may leave out To, and then an old mail could be sent to another question
    return "used" if before - {(reading.message["id"], reading.block)} else ""


def _vouching(mail: Mail, reading: Reading, desk: Desk) -> str:
    """The domain that signed it. Raises Unsigned, DnsUnavailable."""
    found = dkim_verification.verify(mail, addresses.key(mail.sender).rpartition("@")[2], desk.lookup)
    # not every domain signs To (Microsoft does not); where it does, another To or a header added on the way is a forgery
    if reading.header in reply_readers.ADDRESSED and "to" in found.headers and reading.header not in found.headers:
        raise Unsigned("readdressed")
    return found.domain


def _answer(store: Store, desk: Desk, reading: Reading, values: tuple[str, ...], hit: Hit, now: int) -> Outcome:
    action = Action("answer", hit.contact_id, hit.message_id, hit.block, int(reading.message["created_at"]) // 1000)
    try:
        receipt = capture.receive(store, action, values, hit, desk.rules, now)
    except (Closed, Taken) as error:  # the hit is kept by now
        return _outcome("kept", reading, REFUSED[type(error)], values)
    except NotAnAnswer:
        return _keep(store, reading, hit, REFUSED[NotAnAnswer], now)
    except Gone:
        return _outcome("ignored", reading, REFUSED[Gone])
    return _answered(reading, values, receipt)


def _answered(reading: Reading, values: tuple[str, ...], receipt: Receipt) -> Outcome:
    return Outcome(
        "answered",
        channel=reading.channel,
        message=str(reading.message["id"]),
        block=reading.block,
        values=values,
        words=reading.words,
        replay=receipt.replay,
        stands=not receipt.kept,
    )


def _keep(store: Store, reading: Reading, hit: Hit, why: str, now: int) -> Outcome:
    kept = hit._replace(facts={**(hit.facts or {}), "why": why}, vouched="")
    store.write(lambda tx: hits.add(tx, kept, now))
    return _outcome("kept", reading, why)


def _outcome(result: Literal["kept", "ignored"], reading: Reading, why: str, values: tuple[str, ...] = ()) -> Outcome:
    return Outcome(result, why, reading.channel, str(reading.message["id"]), reading.block, values)


def _hit(mail: Mail, reading: Reading, nonce: str) -> Hit:
    agent = mail.first("user-agent") or mail.first("x-mailer")
    return Hit(
        contact_id=_contact(reading),
        message_id=str(reading.message["id"]),
        block=reading.block,
        purpose="answer",
        method="MAIL",
        choice=(",".join(reading.values) if reading.values else reading.said)[:MOST_KEPT],
        agent=agent[:200],
        nonce=nonce,
        channel=reading.channel,
    )


def _nonce(mail: Mail) -> str:
    """The same mail twice is one answer: by its Message-ID, which the signature covers."""
    named = mail.first("message-id").encode("utf-8", "replace") or mail.raw
    return f"mail-{hashlib.sha256(named).hexdigest()[:32]}"


def _contact(reading: Reading) -> str:
    return str(reading.message["contact_id"])


def _same(one: Any, other: str) -> bool:
    try:
        return addresses.key(one) == addresses.key(other)
    except BadAddress:
        return False
