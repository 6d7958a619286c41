"""The ways in which a mail answers, in the order they are tried: a table. The first that recognises the mail reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from builder.eligibility import carried
from server.inbound import answer_words, calendar_reply, quote_cutter, reactions
from server.inbound.inbound_mail import Mail
from server.inbound.mime_parts import REACTION
from server.inbound.reply_context import Desk, Reading, Sent, by_id, by_token
from server.store import Session

ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
THREAD = ("in-reply-to", "references")
MAX_THREAD = 20
_OUR_ID = re.compile(r"<\s*([0-9a-hjkmnp-tv-z]{20})@[^<>\s]+>")  # by its id alone: the domain may have changed since


def read(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """None for a mail that concerns no message of ours."""
    for reader in READERS:
        if found := reader(tx, mail, nonce, desk, now):
            return found
    return None


def reply_address(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """A mail to r+TOKEN@reply_domain, which a link of ours began."""
    for header, token in _tokens(mail, desk.reply_domain):
        if found := by_token(tx, desk.keyring, token):
            sent, block = found
            said = quote_cutter.written(quote_cutter.above_line(mail.text))
            values = None
            if block.kind in carried("mailto"):
                values = answer_words.values(sent.spoken(block), said, letters=sent.letters_hold(block))
            return Reading("reply", sent.message, block.name, values, header, said, words=bool(block.limit))
    return None


def calendar(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """What a calendar sends when its button is pressed."""
    part = mail.part("text/calendar")
    reply = calendar_reply.read(part) if part else None
    found = by_token(tx, desk.keyring, reply.token) if reply else None
    if not reply or not found:
        return None
    sent, block = found
    values, why = calendar_reply.values(reply, block, str(sent.message["address"]))
    return Reading("calendar", sent.message, block.name, values, said=reply.said, why=why)


def reaction(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """An emoji under our mail. https://developers.google.com/workspace/gmail/reactions/format"""
    part = mail.part(REACTION)
    threaded = _thread(tx, mail) if part else None
    if not part or not threaded:
        return None
    header, sent = threaded
    emoji = reactions.read(part.text)
    block = reactions.reacted_to(sent.asked(tx))
    value = reactions.value(block, emoji) if block else None
    name = block.name if block else ""
    return Reading("reaction", sent.message, name, (value,) if value else None, header, emoji)


def free_reply(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """A reply to our mail in a person's own words."""
    threaded = _thread(tx, mail)
    if not threaded:
        return None
    header, sent = threaded
    said = quote_cutter.written(mail.text)
    before = [row["block"] for row in tx.events.of_nonce(contact_id=sent.message["contact_id"], nonce=nonce)]
    blocks = [block for name, block in sent.email.blocks.items() if name in before] or list(sent.open(tx, now))
    for block in blocks:
        if block.limit:
            return Reading(
                "reply", sent.message, block.name, answer_words.values(block, said), header, said, words=True
            )
    read = {
        block.name: answer_words.values(sent.spoken(block), said, letters=False, free=True, names=sent.names)
        for block in blocks
        if block.kind in carried("mailto")
    }
    clear = [(name, values) for name, values in read.items() if values]
    name, values = clear[0] if len(clear) == 1 else ("", None)
    return Reading("reply", sent.message, name, values, header, said)


Reader = Callable[[Session, Mail, str, Desk, int], Reading | None]
READERS: tuple[Reader, ...] = (reply_address, calendar, reaction, free_reply)


def _tokens(mail: Mail, domain: str) -> Iterator[tuple[str, str]]:
    """(header, token) of every reply address of ours."""
    if not domain:
        return
    pattern = re.compile(rf"(?<![\w.+-])r\+([0-9a-z.]{{30,50}})@{re.escape(domain)}(?![\w.-])", re.IGNORECASE)
    for header in ADDRESSED:
        for value in mail.all(header):
            yield from ((header, token) for token in pattern.findall(value))


def _thread(tx: Session, mail: Mail) -> tuple[str, Sent] | None:
    """The message of ours that a mail replies to, and the header that says so: the newest first."""
    for header in THREAD:
        ids = [found for value in mail.all(header) for found in _OUR_ID.findall(value)]
        for message_id in reversed(ids[-MAX_THREAD:]):
            if sent := by_id(tx, message_id):
                return header, sent
    return None
