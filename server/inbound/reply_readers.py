"""Lists the readers of incoming mail: reply address, calendar, reaction, free reply. The first that recognises the mail reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from builder.blocks import Block
from builder.eligibility import carried
from server.inbound import calendar_reply, own_words, reactions, reply_reader
from server.inbound.inbound_mail import Mail
from server.inbound.mime_parts import REACTION
from server.inbound.reply_context import Desk, Reading, Sent, by_id, by_token
from server.store import Session

ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
THREAD = ("in-reply-to", "references")
MAX_THREAD = 20
_OUR_ID = re.compile(
    r"<\s*([0-9a-hjkmnp-tv-z]{20})@[^<>\s]+>"
)  # only the id counts, because the domain may have changed since


def read(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """Read a mail with the first reader that recognises it; None for a mail about no message of ours."""
    for reader in READERS:
        if found := reader(tx, mail, nonce, desk, now):
            return found
    return None


def reply_address(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """Read a mail to r+TOKEN@reply_domain, which a mailto link of ours began."""
    for header, token in _tokens(mail, desk.reply_domain):
        if found := by_token(tx, desk.keyring, token):
            sent, block = found
            said = own_words.of(mail, _names(sent, mail), above_line=True)
            if block.kind not in carried("mailto"):
                return Reading("reply", sent.message, block.name, header=header, said=said)
            return _reading(sent, [block], said, header, mail, block.name)
    return None


def calendar(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """Read a calendar's reply to an invitation that a block sent."""
    part = mail.part("text/calendar")
    reply = calendar_reply.read(part) if part else None
    found = by_token(tx, desk.keyring, reply.token) if reply else None
    if not reply or not found:
        return None
    sent, block = found
    values, why = calendar_reply.values(reply, block, str(sent.message["address"]))
    said = own_words.of(mail, _names(sent, mail)) or reply.method
    return Reading("calendar", sent.message, block.name, {block.name: values} if values else {}, said=said, why=why)


def reaction(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """Read an emoji reaction to our mail. https://developers.google.com/workspace/gmail/reactions/format"""
    part = mail.part(REACTION)
    threaded = _thread(tx, mail) if part else None
    if not part or not threaded:
        return None
    header, sent = threaded
    emoji = reactions.read(part.text)
    block = reactions.reacted_to(sent.asked(tx))
    value = reactions.value(block, emoji) if block else None
    answers = {block.name: (value,)} if block and value else {}
    return Reading("reaction", sent.message, block.name if block else "", answers, header, emoji)


def free_reply(tx: Session, mail: Mail, nonce: str, desk: Desk, now: int) -> Reading | None:
    """Read a reply to our mail in free text. All of its questions count, so that a later reply can change an earlier answer."""
    threaded = _thread(tx, mail)
    if not threaded:
        return None
    header, sent = threaded
    said = own_words.of(mail, _names(sent, mail))
    before = {row["block"] for row in tx.events.of_nonce(contact_id=sent.message["contact_id"], nonce=nonce)}
    open_ = sent.open(tx, now)
    asked = [block for block in sent.email.blocks.values() if block.name in before] or sent.askable(tx, now)
    blocks = [block for block in asked if block.kind in carried("mailto")]
    return _reading(sent, blocks, said, header, mail, "", open_=[block.name for block in open_] or None)


def _reading(
    sent: Sent,
    blocks: Sequence[Block],
    said: str,
    header: str,
    mail: Mail,
    block: str,
    open_: Sequence[str] | None = None,
) -> Reading:
    spoken = [each if each.limit else sent.spoken(each) for each in blocks]
    understood = reply_reader.understand(
        spoken,
        said,
        unsure=[each.name for each in blocks if not sent.letters_hold(each)],
        names=_names(sent, mail),
        language=sent.email.language,
        open_=open_ if open_ is not None else [each.name for each in blocks],
    )
    words = frozenset(each.name for each in blocks if each.limit)
    first = block or next(iter(understood.answers), "")
    leaves = understood.reading == "unsubscribe"
    return Reading(
        "reply", sent.message, first, understood.answers, header, said, leaves=leaves, more=understood.more, words=words
    )


def _names(sent: Sent, mail: Mail) -> tuple[str, ...]:
    """Return the names that the person may sign with: the contact's, and the name in their mail."""
    return (*filter(None, sent.names), *filter(None, (mail.sender_name,)))


Reader = Callable[[Session, Mail, str, Desk, int], Reading | None]
READERS: tuple[Reader, ...] = (reply_address, calendar, reaction, free_reply)


def _tokens(mail: Mail, domain: str) -> Iterator[tuple[str, str]]:
    """Yield (header, token) of every reply address of ours."""
    if not domain:
        return
    pattern = re.compile(rf"(?<![\w.+-])r\+([0-9a-z.]{{30,50}})@{re.escape(domain)}(?![\w.-])", re.IGNORECASE)
    for header in ADDRESSED:
        for value in mail.all(header):
            yield from ((header, token) for token in pattern.findall(value))


def _thread(tx: Session, mail: Mail) -> tuple[str, Sent] | None:
    """Return the message of ours that a mail replies to, newest first, and the header that names it."""
    for header in THREAD:
        ids = [found for value in mail.all(header) for found in _OUR_ID.findall(value)]
        for message_id in reversed(ids[-MAX_THREAD:]):
            if sent := by_id(tx, message_id):
                return header, sent
    return None
